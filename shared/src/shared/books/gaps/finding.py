"""Finds the works of a series or an author that the library lacks, each once and with evidence."""

from collections.abc import Iterable, Sequence

from shared.books.description import BookDescription, Reason, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry, Gap, GapAnswer, GapPolicy, JudgedWork, LeftOut, LeftOutBecause
from shared.books.gaps.boxes import boxes_of, listing_others
from shared.books.gaps.owned_index import Shelf
from shared.books.gaps.ownership import Ownership, Sought, find_owned
from shared.books.gaps.sorting import sort_out
from shared.books.gaps.works import CatalogueWork, works_of_author, works_of_series
from shared.books.matching.work_kinds import is_core_place
from shared.books.text.languages import same_language
from shared.translatable import translatable

__all__ = ["CatalogueEntry", "Gap", "GapAnswer", "GapPolicy", "LeftOut", "LeftOutBecause", "author_gaps", "series_gaps"]

_NOT_OWNED = translatable("work.not_owned", "no book in the library is this work")
_NO_DATE = translatable("work.no_date", "no date is given, assumed to be published")


def series_gaps(
    series: SeriesPlace,
    authors: Sequence[str],
    catalogue: Iterable[CatalogueEntry],
    owned: Iterable[BookDescription] | Shelf,
    policy: GapPolicy,
) -> GapAnswer:
    """The missing works of a series: the whole places 1, 2, 3 … that are published, in the language, and not owned.

    Pass a `Shelf` instead of books to check many series of one library. The places that an owned omnibus names are
    owned. If an owned book may be the work, the gap is doubtful and not missing.
    """
    shelf = owned if isinstance(owned, Shelf) else Shelf(owned)
    entries = list(catalogue)
    candidates, left_out = sort_out(entries, policy, ())
    works = works_of_series(candidates, series, policy.language)
    ownership = find_owned(Sought(works, boxes_of(entries), series.name), shelf, authors)
    return _answer(works, ownership, left_out, policy, in_series=True)


def author_gaps(
    authors: Sequence[str],
    catalogue: Iterable[CatalogueEntry],
    owned: Iterable[BookDescription] | Shelf,
    policy: GapPolicy,
) -> GapAnswer:
    """The missing works of an author under all of `authors` (pen names), with the editions of one work as one gap."""
    shelf = owned if isinstance(owned, Shelf) else Shelf(owned)
    entries = list(catalogue)
    candidates, left_out = sort_out(entries, policy, authors)
    listing = listing_others(candidates)
    boxes = {one.id for one in listing}
    works = works_of_author([entry for entry in candidates if entry.id not in boxes], policy.language)
    ownership = find_owned(Sought(works, boxes_of(entries)), shelf, authors)
    return _answer(works, ownership, left_out + listing, policy, in_series=False)


def _answer(
    works: Sequence[CatalogueWork], ownership: Ownership, left_out: list[LeftOut], policy: GapPolicy, *, in_series: bool
) -> GapAnswer:
    missing: list[Gap] = []
    doubtful: list[Gap] = []
    judged: list[JudgedWork] = []
    for number, work in enumerate(works):
        why = _why_not_missing(work, number, ownership, policy, in_series=in_series)
        if why is None and policy.max_missing is not None and len(missing) >= policy.max_missing:
            words = f"more than {policy.max_missing} works are missing"
            why = LeftOutBecause.BEYOND_LIMIT, translatable("work.beyond_limit", words, most=policy.max_missing)
        if why is None:
            missing.append(_gap(work, policy, None))
        else:
            left_out += [LeftOut(entry_id, why[0], why[1]) for entry_id in work.ids]
            if why[0] is LeftOutBecause.MAYBE_OWNED:
                doubtful.append(_gap(work, policy, why[1]))
        judged.append(_judged(work, why, _held_at(ownership, number)))
    owned_works = len(ownership.owned.keys() | ownership.omnibus.keys())
    return GapAnswer(tuple(missing), tuple(doubtful), tuple(left_out), owned_works, tuple(judged))


def _judged(work: CatalogueWork, why: tuple[LeftOutBecause, str] | None, held_at: int | None) -> JudgedWork:
    code, words = why or (None, _NOT_OWNED)
    return JudgedWork(work.ids, work.entries[0], work.place, code, words, held_at)


def _held_at(ownership: Ownership, number: int) -> int | None:
    if number in ownership.owned:
        return ownership.owned[number].position
    return ownership.omnibus[number].position if number in ownership.omnibus else None


def _why_not_missing(
    work: CatalogueWork, number: int, ownership: Ownership, policy: GapPolicy, *, in_series: bool
) -> tuple[LeftOutBecause, str] | None:
    if number in ownership.owned:
        found = ownership.owned[number]
        label = (found.book.path or found.book.title)[:120]
        distance = found.verdict.distance
        words = f"owned as “{label}” (distance {distance:g})"
        return LeftOutBecause.OWNED, translatable("work.owned_as", words, name=label, distance=distance)
    if number in ownership.omnibus:
        label = ownership.omnibus[number].label
        return LeftOutBecause.OWNED_IN_OMNIBUS, translatable("work.owned_in", f"owned within “{label}”", name=label)
    if in_series and not is_core_place(work.place) and not (policy.novellas and work.place):
        words = f"its place in the series is not a whole number from 1 ({work.place or 'none'})"
        return LeftOutBecause.NO_PLACE, translatable("work.no_place", words, place=work.place)
    if number in ownership.maybe:
        name = ownership.maybe[number]
        return LeftOutBecause.MAYBE_OWNED, translatable("work.maybe_owned", f"“{name}” may be this work", name=name)
    return None


def _gap(work: CatalogueWork, policy: GapPolicy, doubt: str | None) -> Gap:
    lead = work.entries[0]
    book = lead.description
    evidence = [Reason("not owned", _NOT_OWNED, 1.0)]
    confidence = 0.95
    if same_language(book.language, policy.language) is None:
        confidence -= 0.1
        words = f"no language is given, assumed to be {policy.language}"
        evidence.append(Reason("language", translatable("work.no_language", words, language=policy.language), -0.1))
    if book.published is None and book.published_year is None:
        confidence -= 0.15
        evidence.append(Reason("date", _NO_DATE, -0.15))
    if work.place:
        words = f"its place in the series is {work.place}"
        evidence.append(Reason("place", translatable("work.place", words, place=work.place), 0.5))
    if doubt:
        confidence -= 0.5
        evidence.append(Reason("maybe owned", doubt, -0.5))
    return Gap(work.ids, lead.id, book, work.place, round(max(0.0, confidence), 2), tuple(evidence))
