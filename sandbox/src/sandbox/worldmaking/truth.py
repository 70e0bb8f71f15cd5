"""Derives the truth of a world: gaps, acceptable releases and right corrections.

The world maker knows the work behind each record, book and offer, so nothing has to be matched here.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal

from sandbox.world import (
    CorrectedField,
    CorrectionTruth,
    MissingTruth,
    OwnedBook,
    ProviderRecord,
    SeriesPlace,
    Truth,
    Work,
    WorkKind,
)
from sandbox.worldmaking.maker import Fit, WorkRecord, WorldMaker

SERIES_MIN_BOOKS = 2
AUTHOR_MIN_BOOKS = 3
_LAST_DAY_PUBLISHED = date(2026, 1, 1)
_NEVER_MISSING = {
    WorkKind.OMNIBUS,
    WorkKind.COMPANION,
    WorkKind.TRANSLATION,
    WorkKind.EXCERPT,
    WorkKind.SUMMARY,
    WorkKind.UNPUBLISHED,
}
_ENGLISH = ["English", "en", "eng"]


def derive(maker: WorldMaker) -> Truth:
    """The truth of the world for SERIES_MIN_BOOKS = 2 and AUTHOR_MIN_BOOKS = 3."""
    gaps = _Gaps(maker)
    missing, optional = [], []
    releases = _right_releases(maker)
    for work in maker.works.values():
        verdict = gaps.verdict(work)
        if verdict == "optional":
            optional.append(work.id)
        elif verdict is not None:
            missing.append(MissingTruth(work=work.id, reason=verdict, acceptable_releases=releases[work.id]))
    return Truth(
        missing=missing,
        optional=optional,
        neutral_releases=[
            key
            for key, (work_id, fit) in maker.offered_as.items()
            if fit is Fit.HIDDEN_FAULT or (fit is Fit.RIGHT and work_id in optional)
        ],
        corrections=list(_corrections(maker)),
    )


def _right_releases(maker: WorldMaker) -> dict[str, list[str]]:
    releases = defaultdict(list)
    for key, (work_id, fit) in maker.offered_as.items():
        if fit is Fit.RIGHT:
            for filled in (work_id, *maker.also_fills.get(key, ())):
                releases[filled].append(key)
    return releases


class _Gaps:
    """Decides which works are gaps, and why."""

    def __init__(self, maker: WorldMaker) -> None:
        self._optional = maker.optional
        contained = [work_id for others in maker.contained.values() for work_id in others]
        works = [maker.works[work_id] for work_id in [*(each for each, _ in maker.owned_as.values()), *contained]]
        self._owned = {work.id for work in works} | {part for work in works for part in work.contains}
        self._series = Counter(place.name for work in works for place in work.series)
        self._authors = Counter(author for work in works for author in work.authors)
        self._with_audiobook = {each.work for each in maker.all_records() if _is_complete_audiobook(each.record)}

    def verdict(self, work: Work) -> Literal["series_gap", "author_gap", "optional"] | None:
        """`series_gap`, `author_gap`, `optional`, or None if the work is not missing."""
        if work.id in self._owned or work.id not in self._with_audiobook or not _may_be_missing(work):
            return None
        if work.id in self._optional:
            return "optional"
        followed = [place for place in work.series if self._series[place.name] >= SERIES_MIN_BOOKS]
        if followed:
            return "series_gap" if _is_core(work, followed) else "optional"
        if any(self._authors[author] >= AUTHOR_MIN_BOOKS for author in work.authors):
            return "author_gap" if work.kind is WorkKind.NOVEL and _is_core(work, work.series) else "optional"
        return None


def _is_complete_audiobook(record: ProviderRecord) -> bool:
    return record.format == "audio" and not record.abridged and not record.dramatized


def _may_be_missing(work: Work) -> bool:
    published = work.published is not None and work.published < _LAST_DAY_PUBLISHED
    return work.kind not in _NEVER_MISSING and work.language == "English" and published


def _is_core(work: Work, places: list[SeriesPlace]) -> bool:
    """Whether a work is not a novella and its sequences, if any, are whole numbers from 1."""
    whole_numbers = all(place.sequence and place.sequence.isdigit() and int(place.sequence) > 0 for place in places)
    return whole_numbers and work.kind is not WorkKind.NOVELLA


def _corrections(maker: WorldMaker) -> Iterator[CorrectionTruth]:
    records = defaultdict(list)
    for record in maker.all_records():
        records[record.work].append(record)
    for book in maker.books:
        if book.id in maker.uncorrectable:
            continue
        work_id, edition = maker.owned_as[book.id]
        of_work = records[work_id]
        of_edition = [each for each in of_work if each.edition is None or each.edition.id == edition.id]
        for field, values in _right_values(of_edition, of_work).items():
            yield from _correction(book, field, values)


def _right_values(of_edition: list[WorkRecord], of_work: list[WorkRecord]) -> dict[CorrectedField, list[str]]:
    """The right values of each field: of the owned edition for fields in which editions differ, else of the work."""
    audio = [each for each in of_edition if each.edition is not None]
    return {
        "title": _values("title", of_work, lambda record: [record.title]),
        "subtitle": _values("subtitle", of_work, lambda record: [record.subtitle]),
        "authors": _values("authors", of_work, lambda record: [", ".join(record.authors)]),
        "narrators": _values("narrators", audio, lambda record: [", ".join(record.narrators)]),
        "series": _values("series", of_work, lambda record: [place.name for place in record.series]),
        "sequence": _values("sequence", of_work, lambda record: [place.sequence for place in record.series]),
        "asin": _values("asin", audio, lambda record: [record.asin]),
        "isbn": _values("isbn", of_work, lambda record: [record.isbn]),
        "publisher": _values("publisher", of_edition, lambda record: [record.publisher]),
        "published_year": _values(
            "published", of_edition, lambda record: [str(record.published.year) if record.published else None]
        ),
        "language": _values("language", of_work, lambda record: _ENGLISH if record.language == "English" else []),
    }


def _values(field: str, records: list[WorkRecord], read: Callable[[ProviderRecord], Sequence[str | None]]) -> list[str]:
    found = (value for each in records if field not in each.wrong for value in read(each.record))
    return list(dict.fromkeys(value for value in found if value))


def _correction(book: OwnedBook, field: CorrectedField, values: list[str]) -> Iterator[CorrectionTruth]:
    """The correction of one field: required if the field is empty or the series is wrong, otherwise optional."""
    current = _current(book, field)
    if not values or values == [current] or (field == "language" and current in values):
        return
    wrong = not current or (field in ("series", "sequence") and current not in values)
    required = wrong and field not in ("title", "subtitle", "authors")
    yield CorrectionTruth(book=book.id, field=field, accepted=values, required=required)


def _current(book: OwnedBook, field: str) -> str | None:
    if field == "series":
        return book.series[0].name if book.series else None
    if field == "sequence":
        return book.series[0].sequence if book.series else None
    value = getattr(book, field)
    return ", ".join(value) if isinstance(value, list) else value
