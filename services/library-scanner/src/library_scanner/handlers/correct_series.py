"""Stores a person's corrections of the lists of series, and undoes them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from shared.chassis.clock import Clock
from shared.chassis.errors import NotFound, Refused
from shared.contracts.library.following import FollowMode
from shared.contracts.library.series import Series, SeriesEntry
from shared.contracts.library.series_corrections import (
    AddWork,
    CorrectedWork,
    CorrectSeries,
    ListSeriesCorrections,
    MergeSeries,
    RemoveWorks,
    RenumberWork,
    SeriesCorrectionKind,
    SplitSeries,
    UndoSeriesCorrection,
)
from shared.contracts.library.series_corrections import SeriesCorrection as ShownCorrection
from shared.contracts.library.work_lists import EntryKind, EntryState, ListEntry
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.page import Page
from shared.contracts.values import MissingStatus
from shared.translatable import translatable

from library_scanner.domain.live_entries import owned_only
from library_scanner.domain.ports import Following
from library_scanner.domain.series_corrections import SeriesCorrection, catalogue_id
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.domain.work_refs import WorkRef
from library_scanner.workflow.close_missing_books import close_as_no_gap
from library_scanner.workflow.lookups import require
from library_scanner.workflow.move_missing_books import missing_books_of, move_missing_books
from library_scanner.workflow.request_bibliographies import compare_again
from library_scanner.workflow.series_names import require_free_series_name


class WrongMerge(Refused):
    """The series cannot be merged, or it was merged into another."""

    code: ClassVar[str] = "wrong_merge"
    title: ClassVar[str] = "Cannot be merged"


class WrongSplit(Refused):
    """This series cannot be split."""

    code: ClassVar[str] = "wrong_split"
    title: ClassVar[str] = "Cannot be split"


class CorrectSeriesHandlers:
    """Each request is one transaction, which links the books again and requests a comparison.

    Requests that name an unknown series, work or correction raise `NotFound`.
    """

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def correct(self, request: CorrectSeries) -> ShownCorrection:
        """Store a correction and apply it. Raises `AlreadyExists`, `WrongMerge` and `WrongSplit`."""
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.lock()
            series = await _unmerged(tx, request.id)
            change = request.correction
            kind, by = SeriesCorrectionKind(change.kind), request.decided_by
            made = SeriesCorrection(uuid4(), series.id, series.name, kind, (), now, note=change.note, made_by=by)
            match change:
                case AddWork():
                    ref = WorkRef((change.title,), tuple(change.authors or series.authors), place=change.place)
                    made = replace(made, works=(ref,), isbn=change.isbn, asin=change.asin)
                case RenumberWork():
                    [entry] = await _entries(tx, series, [change.entry_id])
                    made = replace(made, works=(replace(_ref(entry), place=change.place),))
                case RemoveWorks():
                    made = await _remove(tx, made, await _entries(tx, series, change.entry_ids), now)
                case MergeSeries():
                    made = await _merge(tx, made, series, await _unmerged(tx, change.series_id), now)
                case SplitSeries():
                    made = await _split(tx, made, series, change, now)
            await tx.series_corrections.add(made)
            await _apply(tx, made)
        return _shown(made)

    async def list(self, request: ListSeriesCorrections) -> Page[ShownCorrection]:
        """Return a page of the corrections that concern a series."""
        async with self._transaction() as tx:
            await _series(tx, request.id)
            found, total = await tx.series_corrections.of_series(request.id, request.limit, request.offset)
        items = [_shown(each) for each in found]
        return Page(items=items, total=total, limit=request.limit, offset=request.offset)

    async def undo(self, request: UndoSeriesCorrection) -> ShownCorrection:
        """Undo a correction. The series that a split created is hidden unless it has books of its own."""
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.lock()
            found = await tx.series_corrections.get(request.id)
            if found is None or request.series_id not in (found.series_id, found.other_id):
                raise NotFound(f"the series {request.series_id} has no correction {request.id}")
            if found.undone_at is not None:
                return _shown(found)
            undone = replace(found, undone_at=now, undone_by=request.decided_by)
            await tx.series_corrections.undo(found.id, request.decided_by, now)
            await _restore(tx, undone, now)
            await _apply(tx, undone)
            if undone.kind is SeriesCorrectionKind.SPLIT and undone.other_id is not None:
                await _hide_if_empty(tx, undone.other_id, undone.series_id)
        return _shown(undone)


async def _remove(
    tx: Transaction, made: SeriesCorrection, entries: Sequence[ListEntry], now: datetime
) -> SeriesCorrection:
    ids = [entry.missing_book_id for entry in entries if entry.missing_book_id]
    for stored in await missing_books_of(tx, ids):
        if stored.missing_book.status is not MissingStatus.DOWNLOADING:
            await close_as_no_gap(tx, stored, f"a person removed it from the series “{made.series_name}”", now)
    await tx.counts.update_for([], ids)
    return replace(made, works=tuple(_ref(entry) for entry in entries))


async def _merge(
    tx: Transaction, made: SeriesCorrection, series: Series, other: Series, now: datetime
) -> SeriesCorrection:
    if other.id == series.id:
        raise WrongMerge(translatable("refused.merged_into_itself", "a series cannot be merged into itself"))
    moved = await move_missing_books(tx, await tx.missing_books.of_series(other.id), series, now)
    await tx.watchlist.set_merged(other.id, series.id)
    return replace(made, other_id=other.id, other_name=other.name, moved_missing=tuple(moved))


async def _split(
    tx: Transaction, made: SeriesCorrection, series: Series, change: SplitSeries, now: datetime
) -> SeriesCorrection:
    entries = await _entries(tx, series, change.entry_ids)
    authors = series.authors or list(dict.fromkeys(name for entry in entries for name in entry.authors))
    if not authors:
        raise WrongSplit(
            translatable(
                "refused.split_without_author",
                f"no author of “{series.name}” is known, so a new series of it could not be recognized",
                name=series.name,
            )
        )
    await require_free_series_name(tx, change.name, authors)
    new_id = await tx.watchlist.add_series(SeriesEntry(name=change.name, authors=authors[:20]))
    await tx.watchlist.follow(BibliographyOf.SERIES, new_id, Following(series.follow, series.follow_from))
    new = await _series(tx, new_id)
    stored = await missing_books_of(tx, [entry.missing_book_id for entry in entries if entry.missing_book_id])
    moved = await move_missing_books(tx, stored, new, now)
    works = tuple(_ref(entry) for entry in entries)
    return replace(made, works=works, other_id=new.id, other_name=new.name, moved_missing=tuple(moved))


async def _restore(tx: Transaction, undone: SeriesCorrection, now: datetime) -> None:
    """Close the gap of an added work, and give back the missing books that a merge or a split moved."""
    if undone.kind is SeriesCorrectionKind.ADD:
        for stored in await tx.missing_books.near((), [catalogue_id(undone)]):
            if stored.catalogue_ids == (catalogue_id(undone),):
                await close_as_no_gap(tx, stored, "a person removed the work that was added to the series", now)
    if undone.other_id is None:
        return
    merged = undone.kind is SeriesCorrectionKind.MERGE
    back = await _series(tx, undone.other_id if merged else undone.series_id)
    await move_missing_books(tx, await missing_books_of(tx, undone.moved_missing), back, now)
    if merged:
        await tx.watchlist.set_merged(undone.other_id, None)


async def _hide_if_empty(tx: Transaction, split_off: UUID, series_id: UUID) -> None:
    """Hide a series whose works went back to the series that they came from."""
    if (await _series(tx, split_off)).owned == 0:
        await tx.watchlist.set_merged(split_off, series_id)


async def _apply(tx: Transaction, correction: SeriesCorrection) -> None:
    """Link the books of the series by the corrections that are now in force, count them, and compare again."""
    series_ids = [each for each in (correction.series_id, correction.other_id) if each is not None]
    names = [each for each in (correction.series_name, correction.other_name) if each is not None]
    book_ids = [ref.book_id for ref in correction.works if ref.book_id is not None]
    await tx.links.replace(await tx.work_lists.books_concerned(series_ids, names, book_ids))
    await tx.counts.update(series_ids, [])
    for series_id in series_ids:
        series = await _series(tx, series_id)
        if series.follow is not FollowMode.NONE and series.merged_into is None:
            await compare_again(tx, BibliographyOf.SERIES, series_id)


async def _unmerged(tx: Transaction, series_id: UUID) -> Series:
    series = await _series(tx, series_id)
    if series.merged_into is not None:
        target = f"/api/series/{series.merged_into}"
        raise WrongMerge(
            translatable(
                "refused.already_merged",
                f"“{series.name}” was already merged into {target}: correct that one, or undo the merge",
                name=series.name,
            )
        )
    return series


async def _series(tx: Transaction, series_id: UUID) -> Series:
    return require(await tx.lists.one_series(series_id), f"series {series_id}")


async def _entries(tx: Transaction, series: Series, ids: Collection[UUID]) -> list[ListEntry]:
    """The works of the list with these ids, in their order. Raises `NotFound` for an unknown id."""
    stored = await tx.work_lists.entries(BibliographyOf.SERIES, series.id)
    listed = [each.now() for each in stored]
    known = {entry.id: entry for entry in listed}
    known |= {entry.id: entry for entry in owned_only(await tx.work_lists.books_of_series(series.id), listed)}
    return [require(known.get(each), f"work {each} in the series “{series.name}”") for each in dict.fromkeys(ids)]


def _ref(entry: ListEntry) -> WorkRef:
    return WorkRef(
        (entry.title,),
        tuple(entry.authors),
        tuple(entry.catalogue_ids),
        entry.place,
        entry.book_id if entry.state is EntryState.OWNED else None,
        entry.language,
        entry.kind is EntryKind.PRIMARY,
    )


def _shown(each: SeriesCorrection) -> ShownCorrection:
    return ShownCorrection(
        id=each.id,
        series_id=each.series_id,
        kind=each.kind,
        works=[
            CorrectedWork(title=ref.titles[0], authors=list(ref.authors), place=ref.place, book_id=ref.book_id)
            for ref in each.works
        ],
        other_series_id=each.other_id,
        other_series_name=each.other_name,
        note=each.note,
        made_at=each.made_at,
        made_by=each.made_by,
        undone_at=each.undone_at,
        undone_by=each.undone_by,
    )
