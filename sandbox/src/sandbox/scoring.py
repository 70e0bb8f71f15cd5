"""Compares the results of a cycle in a world with the truth of that world."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from sandbox.text_comparison import folded, folded_list, folded_sequence, folded_series, same_person, short_titles
from sandbox.world import CorrectionTruth, Work, World

Truths = dict[tuple[str, str], CorrectionTruth]
"""The right corrections, by book and field."""


@dataclass(frozen=True, slots=True)
class ObservedBook:
    """A missing book as Gapless described it. `reason` is shown but not judged."""

    title: str
    authors: tuple[str, ...] = ()
    series: str | None = None
    sequence: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ObservedGrab:
    """A release that was added to the client for a missing book: 'mam:ID' or 'prowlarr:ID'."""

    book: ObservedBook
    release: str


@dataclass(frozen=True, slots=True)
class ObservedCorrection:
    """A change of one field of one library book. Values are strings: lists 'A, B', a series 'Name' or 'Name #2'."""

    book: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ObservedImport:
    """A missing book, and the metadata of its library item after the import."""

    book: ObservedBook
    shelved: ObservedBook


@dataclass(frozen=True, slots=True)
class Observed:
    """The results of one cycle: every book reported missing, every grab, every import, every correction."""

    missing: tuple[ObservedBook, ...] = ()
    grabs: tuple[ObservedGrab, ...] = ()
    imports: tuple[ObservedImport, ...] = ()
    corrections: tuple[ObservedCorrection, ...] = ()


@dataclass(slots=True)
class Score:
    """What was right and wrong, one line for each case."""

    found: list[str] = field(default_factory=list)
    not_found: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    right_release: list[str] = field(default_factory=list)
    wrong_release: list[str] = field(default_factory=list)
    neutral_release: list[str] = field(default_factory=list)
    release_not_taken: list[str] = field(default_factory=list)
    named_right: list[str] = field(default_factory=list)
    named_wrong: list[str] = field(default_factory=list)
    right_correction: list[str] = field(default_factory=list)
    wrong_correction: list[str] = field(default_factory=list)
    neutral_correction: list[str] = field(default_factory=list)
    correction_not_made: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The number of cases of each kind, in the order of the fields."""
        return {each.name: len(getattr(self, each.name)) for each in fields(self)}

    @property
    def nothing_wrong(self) -> bool:
        """No false gap, no wrong release, no import under a wrong name, no wrong correction."""
        return not (self.false or self.wrong_release or self.named_wrong or self.wrong_correction)

    @property
    def perfect(self) -> bool:
        """Nothing is wrong and nothing is left out."""
        left_out = self.not_found or self.release_not_taken or self.correction_not_made
        return self.nothing_wrong and not left_out


def score(world: World, observed: Observed) -> Score:
    """Judge one cycle. For books imported during the cycle, only title, authors and series are judged."""
    result = Score()
    works = Works(world)
    _score_missing(world, works, observed.missing, result)
    _score_grabs(world, works, observed.grabs, result)
    _score_imports(works, observed.imports, result)
    _score_corrections(world, observed.corrections, result)
    return result


class Works:
    """Finds the work that a description matches, by title, then author, then sequence."""

    def __init__(self, world: World) -> None:
        self._by_title: dict[str, list[Work]] = defaultdict(list)
        for work in world.works:
            for title in titles_of(work):
                self._by_title[title].append(work)

    def find(self, book: ObservedBook) -> Work | None:
        """The matching work, or None. A match of the whole title beats a match of a shortened one."""
        whole = self._by_title.get(folded(book.title), [])
        shortened = [work for title in sorted(short_titles(book.title)) for work in self._by_title.get(title, [])]
        for candidates in (whole, shortened):
            by_author = [work for work in candidates if _author_matches(work, book)]
            by_sequence = [work for work in by_author if _sequence_matches(work, book)]
            if by_author:
                return (by_sequence or by_author)[0]
        return None


def titles_of(work: Work) -> set[str]:
    """All titles of a work, folded."""
    names = {work.title, *work.other_titles}
    if work.subtitle:
        names.add(f"{work.title}: {work.subtitle}")
    return {folded(name) for name in names}


def _author_matches(work: Work, book: ObservedBook) -> bool:
    """A description without an author matches. `LM Montgomery` and `Sir Arthur Conan Doyle` match their usual names."""
    return not book.authors or any(same_person(mine, theirs) for mine in work.authors for theirs in book.authors)


def _sequence_matches(work: Work, book: ObservedBook) -> bool:
    return any(
        book.series is not None
        and folded_series(place.name) == folded_series(book.series)
        and (book.sequence is None or place.sequence == book.sequence)
        for place in work.series
    )


def _score_missing(world: World, works: Works, reported: tuple[ObservedBook, ...], result: Score) -> None:
    required = {each.work for each in world.truth.missing}
    optional = set(world.truth.optional)
    seen: set[str] = set()
    for book in reported:
        work = works.find(book)
        line = _describe(book)
        if work is None or (work.id in seen and work.id in required):
            result.false.append(line if work is None else f"{line} (reported twice)")
        elif work.id in required:
            result.found.append(line)
        else:
            (result.optional if work.id in optional else result.false).append(line)
        if work is not None:
            seen.add(work.id)
    result.not_found += [f"{each.work} ({each.reason})" for each in world.truth.missing if each.work not in seen]


def _score_grabs(world: World, works: Works, grabs: tuple[ObservedGrab, ...], result: Score) -> None:
    acceptable = {each.work: set(each.acceptable_releases) for each in world.truth.missing}
    covered: set[str] = set()
    for grab in grabs:
        work = works.find(grab.book)
        line = f"{_describe(grab.book)} <- {grab.release}"
        if work is not None and grab.release in acceptable.get(work.id, ()):
            result.right_release.append(line)
            covered.add(work.id)
        elif grab.release in world.truth.neutral_releases:
            result.neutral_release.append(line)
        else:
            result.wrong_release.append(line)
    for work_id, releases in acceptable.items():
        if releases and work_id not in covered:
            result.release_not_taken.append(f"{work_id}: {', '.join(sorted(releases))}")


def _score_imports(works: Works, imports: tuple[ObservedImport, ...], result: Score) -> None:
    for each in imports:
        work = works.find(each.book)
        if work is not None:
            named = result.named_right if _is_named_right(work, each.shelved) else result.named_wrong
            named.append(f"{_describe(each.book)}: {_describe(each.shelved)}")


def _is_named_right(work: Work, shelved: ObservedBook) -> bool:
    """Whether title and authors are those of the work, and also series and sequence if the item has a series."""
    authors_right = shelved.authors and all(
        any(same_person(expected, author) for expected in work.authors) for author in shelved.authors
    )
    series_right = shelved.series is None or not work.series or _sequence_matches(work, shelved)
    return folded(shelved.title) in titles_of(work) and bool(authors_right) and series_right


def _score_corrections(world: World, corrections: tuple[ObservedCorrection, ...], result: Score) -> None:
    owned = {book.id for book in world.library}
    truths: Truths = {(truth.book, truth.field): truth for truth in world.truth.corrections}
    made: set[tuple[str, str]] = set()
    for correction in corrections:
        if correction.book not in owned or correction.old == correction.new:
            continue
        line = f"{correction.book}.{correction.field}: {correction.old!r} -> {correction.new!r}"
        matching = _matching_truths(truths, correction)
        made |= {(truth.book, truth.field) for truth in matching}
        if any(truth.required for truth in matching):
            result.right_correction.append(line)
        elif matching or (not correction.old and correction.field in world.truth.harmless_fields):
            result.neutral_correction.append(line)
        else:
            result.wrong_correction.append(line)
    result.correction_not_made += [
        f"{truth.book}.{truth.field}: {' or '.join(truth.accepted)}"
        for key, truth in truths.items()
        if truth.required and key not in made
    ]


def _matching_truths(truths: Truths, correction: ObservedCorrection) -> list[CorrectionTruth]:
    """The truths that the new value matches; empty if any part of it is wrong."""
    matching = []
    for name, value in _changed_fields(correction):
        truth = truths.get((correction.book, name))
        if truth is None or not any(_same(name, value, accepted) for accepted in truth.accepted):
            return []
        matching.append(truth)
    return matching


def _changed_fields(correction: ObservedCorrection) -> Iterator[tuple[str, str]]:
    """The fields that a correction sets. 'Oz #2' sets series and sequence, but only the sequence if 'Oz' was set."""
    if correction.field != "series" or "#" not in correction.new:
        yield correction.field, correction.new
        return
    before = {folded_series(part.partition("#")[0]) for part in correction.old.split(",")}
    for part in re.split(r"(?<=\d),", correction.new):
        name, _, sequence = part.partition("#")
        if folded_series(name) not in before:
            yield "series", name
        if sequence.strip():
            yield "sequence", sequence


def _same(name: str, value: str, accepted: str) -> bool:
    match name:
        case "series":
            return folded_series(value) == folded_series(accepted)
        case "sequence":
            return folded_sequence(value) == folded_sequence(accepted)
        case "authors" | "narrators":
            return folded_list(value) == folded_list(accepted)
        case "isbn" | "asin":
            return folded(value).replace(" ", "") == folded(accepted)
    return folded(value) == folded(accepted)


def _describe(book: ObservedBook) -> str:
    series = f" ({book.series}{f' #{book.sequence}' if book.sequence else ''})" if book.series else ""
    authors = f" by {', '.join(book.authors)}" if book.authors else ""
    return f"{book.title}{authors}{series}"
