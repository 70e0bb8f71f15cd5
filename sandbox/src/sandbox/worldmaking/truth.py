"""Derives the truth of a world from what its maker meant: gaps, acceptable releases, right corrections.

This knows what each record, book and offer is about, so it never has to recognise one: that is the services' work.
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
from sandbox.worldmaking.maker import Fit, Telling, WorldMaker

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
    """The truth of the world, with SERIES_MIN_BOOKS = 2 and AUTHOR_MIN_BOOKS = 3."""
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
            releases[work_id].append(key)
    return releases


class _Gaps:
    """Which works are gaps, and why."""

    def __init__(self, maker: WorldMaker) -> None:
        self._optional = maker.optional
        held = [work_id for others in maker.held.values() for work_id in others]
        works = [maker.works[work_id] for work_id in [*(each for each, _ in maker.owned_as.values()), *held]]
        self._owned = {work.id for work in works} | {part for work in works for part in work.contains}
        self._series = Counter(place.name for work in works for place in work.series)
        self._authors = Counter(author for work in works for author in work.authors)
        self._heard = {told.work for told in maker.tellings() if _is_whole_audiobook(told.record)}

    def verdict(self, work: Work) -> Literal["series_gap", "author_gap", "optional"] | None:
        """`series_gap`, `author_gap`, `optional`, or None: not missing."""
        if work.id in self._owned or work.id not in self._heard or not _may_be_missing(work):
            return None
        if work.id in self._optional:
            return "optional"
        followed = [place for place in work.series if self._series[place.name] >= SERIES_MIN_BOOKS]
        if followed:
            return "series_gap" if _is_core(work, followed) else "optional"
        if any(self._authors[author] >= AUTHOR_MIN_BOOKS for author in work.authors):
            return "author_gap" if work.kind is WorkKind.NOVEL and _is_core(work, work.series) else "optional"
        return None


def _is_whole_audiobook(record: ProviderRecord) -> bool:
    return record.format == "audio" and not record.abridged and not record.dramatized


def _may_be_missing(work: Work) -> bool:
    published = work.published is not None and work.published < _LAST_DAY_PUBLISHED
    return work.kind not in _NEVER_MISSING and work.language == "English" and published


def _is_core(work: Work, places: list[SeriesPlace]) -> bool:
    """A full book, at a whole place from 1 upwards where it has one."""
    whole = all(place.sequence and place.sequence.isdigit() and int(place.sequence) > 0 for place in places)
    return whole and work.kind is not WorkKind.NOVELLA


def _corrections(maker: WorldMaker) -> Iterator[CorrectionTruth]:
    tellings = defaultdict(list)
    for telling in maker.tellings():
        tellings[telling.work].append(telling)
    for book in maker.books:
        if book.id in maker.settled:
            continue
        work_id, edition = maker.owned_as[book.id]
        about = [told for told in tellings[work_id] if told.edition is None or told.edition.id == edition.id]
        for field, told_values in _told_values(about, tellings[work_id]).items():
            yield from _correction(book, field, told_values)


def _told_values(about: list[Telling], about_work: list[Telling]) -> dict[CorrectedField, list[str]]:
    """What right records say, field by field: of the owned edition where editions differ, else of the work."""
    edition = [told for told in about if told.edition is not None]
    return {
        "title": _values("title", about_work, lambda record: [record.title]),
        "subtitle": _values("subtitle", about_work, lambda record: [record.subtitle]),
        "authors": _values("authors", about_work, lambda record: [", ".join(record.authors)]),
        "narrators": _values("narrators", edition, lambda record: [", ".join(record.narrators)]),
        "series": _values("series", about_work, lambda record: [place.name for place in record.series]),
        "sequence": _values("sequence", about_work, lambda record: [place.sequence for place in record.series]),
        "asin": _values("asin", edition, lambda record: [record.asin]),
        "isbn": _values("isbn", about_work, lambda record: [record.isbn]),
        "publisher": _values("publisher", about, lambda record: [record.publisher]),
        "published_year": _values(
            "published", about, lambda record: [str(record.published.year) if record.published else None]
        ),
        "language": _values("language", about_work, lambda record: _ENGLISH if record.language == "English" else []),
    }


def _values(field: str, tellings: list[Telling], read: Callable[[ProviderRecord], Sequence[str | None]]) -> list[str]:
    found = (value for told in tellings if field not in told.wrong for value in read(told.record))
    return list(dict.fromkeys(value for value in found if value))


def _correction(book: OwnedBook, field: CorrectedField, told: list[str]) -> Iterator[CorrectionTruth]:
    """Required where the book says nothing, or has its series wrong; else what may be changed without harm."""
    now = _current(book, field)
    if not told or told == [now] or (field == "language" and now in told):
        return
    wrong = not now or (field in ("series", "sequence") and now not in told)
    required = wrong and field not in ("title", "subtitle", "authors")
    yield CorrectionTruth(book=book.id, field=field, accepted=told, required=required)


def _current(book: OwnedBook, field: str) -> str | None:
    if field == "series":
        return book.series[0].name if book.series else None
    if field == "sequence":
        return book.series[0].sequence if book.series else None
    value = getattr(book, field)
    return ", ".join(value) if isinstance(value, list) else value
