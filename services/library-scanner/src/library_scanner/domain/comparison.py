"""Compares a bibliography with the owned books: which works are gaps, and why the others are not."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry, Gap, GapAnswer, GapPolicy, LeftOutBecause
from shared.books.gaps.finding import author_gaps, series_gaps
from shared.books.gaps.owned_index import Shelf
from shared.books.matching.same_work import best_match
from shared.books.text.names import same_people
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import fold, main_title
from shared.contracts.metadata.bibliographies import BibliographyOf, CataloguedWork
from shared.contracts.values import Reason

from library_scanner.domain.alternative_names import other_authors, other_titles
from library_scanner.domain.editions import Editions, editions_of
from library_scanner.domain.identity import key_of_series, keys_of_series
from library_scanner.domain.places import with_agreed_places
from library_scanner.domain.ports import Subject


@dataclass(frozen=True, slots=True)
class GapRules:
    """`languages` are two-letter codes, the first preferred; `as_of` is today; `max_missing` limits one subject.

    A series has gaps only if at least `least_owned` of its works are owned, according to the library or the catalogue.
    """

    languages: tuple[str, ...]
    as_of: date
    max_missing: int
    least_owned: int = 0


@dataclass(frozen=True, slots=True)
class FoundGap:
    """A work that the library does not contain: ids of its entries, description, audio editions and evidence.

    `was_owned`: the library contained it once. `other_titles` and `other_authors` are the alternative names under which
    providers list it.
    """

    catalogue_ids: tuple[str, ...]
    description: BookDescription
    series: SeriesPlace | None
    editions: Editions
    evidence: tuple[Reason, ...]
    was_owned: bool = False
    other_titles: tuple[str, ...] = ()
    other_authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """`gaps` are to be stored, `over_limit` are over the limit, `left_out` says for each entry why it is no gap."""

    gaps: tuple[FoundGap, ...]
    over_limit: tuple[FoundGap, ...]
    left_out: dict[str, str]

    def has_gap(self, catalogue_ids: Iterable[str]) -> bool:
        """Whether one of these entries belongs to a gap, within the limit or over it."""
        ids = set(catalogue_ids)
        return any(ids & set(gap.catalogue_ids) for gap in (*self.gaps, *self.over_limit))


def without_unmonitored(comparison: Comparison, unmonitored: Container[str]) -> Comparison:
    """Return the comparison without the gaps of series that are not monitored; `unmonitored` are keys of series."""
    remaining = [_without(gaps, unmonitored) for gaps in (comparison.gaps, comparison.over_limit)]
    removed = [
        gap for gap in (*comparison.gaps, *comparison.over_limit) if gap not in remaining[0] and gap not in remaining[1]
    ]
    why = {each: "its series is not monitored" for gap in removed for each in gap.catalogue_ids}
    return Comparison(remaining[0], remaining[1], comparison.left_out | why)


def _without(gaps: Iterable[FoundGap], unmonitored: Container[str]) -> tuple[FoundGap, ...]:
    return tuple(gap for gap in gaps if gap.series is None or not _is_unmonitored(gap.series.name, unmonitored))


def _is_unmonitored(series: str, unmonitored: Container[str]) -> bool:
    return any(key in unmonitored for key in keys_of_series(series))


def compare_with_owned(
    subject: Subject, works: Sequence[CataloguedWork], shelf: Shelf, rules: GapRules, archived: Shelf | None = None
) -> Comparison:
    """Return the gaps of a series or an author. A work without a known audiobook edition is not a gap.

    `archived` contains the books that the library no longer has.
    """
    entries = [CatalogueEntry(work.id, _description(work)) for work in works if _may_belong_to(subject, work)]
    by_id = {work.id: work for work in works}
    providers = {work.id: work.provider for work in works}
    found: list[FoundGap] = []
    left_out: dict[str, str] = {}
    for language in rules.languages:
        policy = GapPolicy(as_of=rules.as_of, language=language)
        answer = _find_gaps(subject, entries, shelf, policy, providers)
        left_out |= {each.id: each.words for each in answer.left_out}
        if max(subject.owned, answer.owned_works) < rules.least_owned:
            words = f"fewer than {rules.least_owned} works of the series are owned"
            left_out |= {each: words for gap in answer.missing for each in gap.work_ids}
            continue
        owned_once = (
            _owned(_find_gaps(subject, entries, archived, policy, providers))
            if archived and answer.missing
            else frozenset()
        )
        for gap in answer.missing:
            editions = editions_of([by_id[each] for each in gap.work_ids], language)
            if editions is None:
                left_out |= dict.fromkeys(gap.work_ids, "no audiobook edition is known")
            elif best_match(gap.description, [(None, each.description) for each in found]) is None:
                gap_found = _found(subject, gap, editions, was_owned=not owned_once.isdisjoint(gap.work_ids))
                found.append(_with_other_names(gap_found, [by_id[each] for each in gap.work_ids], subject, language))
    if subject.of is BibliographyOf.AUTHOR:
        found.sort(key=lambda gap: -gap.editions.popularity)
    gap_ids = {each for gap in found for each in gap.catalogue_ids}
    why = {each: words for each, words in left_out.items() if each not in gap_ids}
    return Comparison(tuple(found[: rules.max_missing]), tuple(found[rules.max_missing :]), why)


def _find_gaps(
    subject: Subject, entries: list[CatalogueEntry], shelf: Shelf, policy: GapPolicy, providers: Mapping[str, str]
) -> GapAnswer:
    if subject.of is BibliographyOf.SERIES:
        placed = with_agreed_places(entries, subject.name, providers)
        return series_gaps(SeriesPlace(subject.name), subject.authors, placed, shelf, policy)
    return author_gaps(subject.authors, entries, shelf, policy)


def _owned(answer: GapAnswer) -> frozenset[str]:
    """The entries of works that are owned, are part of an owned omnibus, or may be owned."""
    return frozenset(each.id for each in answer.left_out if each.why in _OWNED_REASONS)


_OWNED_REASONS = (LeftOutBecause.OWNED, LeftOutBecause.OWNED_IN_OMNIBUS, LeftOutBecause.MAYBE_OWNED)


def _may_belong_to(subject: Subject, work: CataloguedWork) -> bool:
    """Whether a work can belong to a series: it has the same authors, or exactly the same series name.

    A similar name ("Penham Tales", "Penholm Tales") by other authors is another series. If two series of the library
    have the same name, only the authors distinguish them.
    """
    if subject.of is BibliographyOf.AUTHOR or not work.authors or same_people(work.authors, subject.authors):
        return True
    key = key_of_series(subject.name)
    return not subject.name_is_shared and any(key_of_series(place.name) == key for place in work.series)


def _found(subject: Subject, gap: Gap, editions: Editions, *, was_owned: bool) -> FoundGap:
    book = gap.description
    place: SeriesPlace | None
    if subject.of is BibliographyOf.SERIES:
        place = SeriesPlace(_series_name(subject, book), gap.sequence)
    else:
        place = next((each for each in book.series if each.sequence), book.series[0] if book.series else None)
    evidence = [Reason(rule=each.rule, words=each.words, weight=each.weight) for each in gap.evidence]
    evidence.append(Reason(rule="confidence", words=f"confidence {gap.confidence:g} of 1", weight=gap.confidence))
    evidence.append(Reason(rule="audio edition", words=editions.words, weight=0.5))
    if was_owned:
        evidence.append(Reason(rule="was owned", words="the library contained this work once", weight=-1.0))
    description = _with_audiobook_title(book, editions.best)
    return FoundGap(gap.work_ids, description, place, editions, tuple(evidence), was_owned)


def _series_name(subject: Subject, book: BookDescription) -> str:
    """The name of the series. One without capitals, as in a file name, is spelled as the providers spell it."""
    name = subject.name
    spellings = (place.name for place in book.series if place.name.casefold() == name)
    return next(spellings, name) if name.islower() else name


def _with_other_names(gap: FoundGap, works: Sequence[CataloguedWork], subject: Subject, language: str) -> FoundGap:
    authors = gap.editions.authors or gap.description.authors or subject.authors
    return replace(
        gap,
        other_titles=other_titles(gap.description.title, works, language),
        other_authors=other_authors(authors, works),
    )


def _with_audiobook_title(book: BookDescription, audiobook: CataloguedWork) -> BookDescription:
    """The work with the title of its audiobook if that differs, because its releases have that title too.

    A title that only adds the series, the author or a position ("Oz, Book 3: Ozma of Oz") does not count as different.
    """
    mine, theirs = (one_spelling(fold(main_title(title), drop_article=True)) for title in (book.title, audiobook.title))
    whole = one_spelling(fold(f"{audiobook.title} {audiobook.subtitle or ''}"))
    if mine.startswith(theirs) or theirs.startswith(mine) or f" {mine} " in f" {whole} ":
        return book
    return replace(book, title=audiobook.title, subtitle=audiobook.subtitle)


def _description(work: CataloguedWork) -> BookDescription:
    return BookDescription(
        title=work.title,
        subtitle=work.subtitle,
        authors=tuple(work.authors),
        narrators=tuple(work.narrators),
        series=tuple(SeriesPlace(place.name, place.sequence) for place in work.series),
        isbn=work.isbn,
        asin=work.asin,
        language=work.language,
        published=work.published,
        published_year=work.published_year,
        duration_minutes=work.duration_minutes,
        abridged=work.abridged,
        compilation=work.compilation,
        publisher=work.publisher,
    )
