"""Writes corrections to Audiobookshelf and to the library's own record, field by field and never against a person.

A book that was entered by hand stands in the library's own record alone.
"""

from collections.abc import Sequence
from datetime import datetime
from textwrap import shorten
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteRefusedUs, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.library.books import Book, BookStatus
from shared.contracts.library.metadata_writes import FieldChange, FieldName, MetadataWritten, WriteMetadata
from shared.contracts.metadata.refreshes import BookRefreshed

from library_scanner.domain.catalogue import StoredBook, about_to_write, as_ours, take_over
from library_scanner.domain.field_writes import Judged, judge_changes, taken
from library_scanner.domain.fields import MANUAL, shown
from library_scanner.domain.item import Item
from library_scanner.domain.manual_entry import corrected
from library_scanner.domain.ports import AudiobookLibrary, Transaction, Transactions
from library_scanner.workflow.backoff import Patience
from library_scanner.workflow.sync_items import keep

NONSENSE_TIMES = 5
SHOWN_SECONDS = 1.0
LONGEST_LOGGED = 200
"""Characters of a value in a line of the log."""
GONE = "Audiobookshelf does not have this book any more"
SHOWN_TWICE = "another item of Audiobookshelf shows the same folder, and metadata is written to that one alone"


class Correcting:
    """Fetches the item as it is now, refuses what somebody was faster with, and writes the rest in one call."""

    def __init__(
        self, transaction: Transactions, library: AudiobookLibrary, clock: Clock, *, series_min_books: int
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._clock = clock
        self._series_min_books = series_min_books
        self._log = logger()
        self._patience = Patience()

    async def write(self, command: WriteMetadata) -> None:
        async with self._transaction() as tx:
            known = await tx.books.by_id(command.book_id)
            is_twin = known is not None and await _is_shown_as_another(tx, known)
        if is_twin:
            await self._refuse_all(command, SHOWN_TWICE)
            return
        if known is None or known.book.status is BookStatus.ARCHIVED:
            await self._refuse_all(command, GONE)
            return
        if known.book.abs_id is None:
            if not await self._write_ours(command):
                raise TryAgainLater(SHOWN_SECONDS, "Audiobookshelf has begun to show the book")
            return
        try:
            await self._write(command, known.book.abs_id)
        except RemoteError as error:
            if isinstance(error, RemoteRefusedUs) or self._is_no_use(command, error):
                await self._refuse_all(command, str(error))
            else:
                raise self._patience.later(str(command.book_id), error) from error
        self._patience.forget(str(command.book_id))

    async def refreshed(self, event: BookRefreshed) -> None:
        """Note that the book had its turn, also with nothing to change: the daily refresh goes round by it."""
        async with self._transaction() as tx:
            await tx.books.refreshed(event.book_id, self._clock.now())

    def _is_no_use(self, command: WriteMetadata, error: RemoteError) -> bool:
        """Nonsense comes from a proxy for a while, or for good from what Audiobookshelf cannot take."""
        return (
            isinstance(error, RemoteAnsweredNonsense) and self._patience.times(str(command.book_id)) >= NONSENSE_TIMES
        )

    async def _write_ours(self, command: WriteMetadata) -> bool:
        """Write to the library's own record. False when the book is in Audiobookshelf by now, or gone."""
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.lock()
            stored = await tx.books.by_id(command.book_id)
            if stored is None or stored.book.abs_id is not None or stored.book.status is BookStatus.ARCHIVED:
                return False
            judged = judge_changes(stored, command.changes, by_person=command.by_person)
            sources = _sources(judged.to_write + (judged.there if command.by_person else []), command)
            after = corrected(stored, {each.field: each.new for each in judged.to_write}, sources, now=now)
            await tx.books.save([after])
            await tx.counts.renew_around([after.book.id])
            await tx.links.renew([after.book])
            await tx.counts.renew_around([after.book.id])
            await self._note(tx, after.book, judged.to_write, now)
            done = [change.correction_id for change in (*judged.there, *judged.to_write)]
            await self._announce(tx, command.book_id, done, judged.refused, written=judged.to_write)
        return True

    async def _write(self, command: WriteMetadata, abs_id: str) -> None:
        item = await self._library.item(abs_id)
        if item is None:
            await self._refuse_all(command, GONE)
            return
        judged = await self._decide(command, item)
        if judged.to_write:
            item = await self._library.write(abs_id, {change.field: change.new for change in judged.to_write})
        await self._remember(command, item, judged)

    async def _decide(self, command: WriteMetadata, item: Item) -> Judged:
        async with self._transaction() as tx:
            await tx.lock()
            fresh = await _take(tx, item, self._clock)
            judged = judge_changes(fresh, command.changes, by_person=command.by_person)
            if judged.to_write:
                values = {change.field: change.new for change in judged.to_write}
                await tx.books.save([about_to_write(fresh, values, _sources(judged.to_write, command))])
        return judged

    async def _remember(self, command: WriteMetadata, item: Item, judged: Judged) -> None:
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.lock()
            known = await tx.books.by_abs_ids([item.abs_id])
            after = take_over(known.get(item.abs_id), item, now=now, new_id=command.book_id)
            written = [change for change in judged.to_write if taken(change, after.stored)]
            ours = written + (judged.there if command.by_person else [])
            await keep(tx, [as_ours(after, _sources(ours, command), now=now)], known)
            await tx.counts.renew_around([after.stored.book.id])
            values = after.stored.values()
            refused = judged.refused | {
                change.correction_id: f"Audiobookshelf has kept {shown(values[change.field])!r} as {change.field}"
                for change in judged.to_write
                if change not in written
            }
            done = [change.correction_id for change in (*judged.there, *written)]
            await self._note(tx, after.stored.book, written, now)
            await self._announce(tx, command.book_id, done, refused, written=written)

    async def _refuse_all(self, command: WriteMetadata, why: str) -> None:
        async with self._transaction() as tx:
            await self._announce(tx, command.book_id, [], {change.correction_id: why for change in command.changes})

    async def _note(self, tx: Transaction, book: Book, written: Sequence[FieldChange], now: datetime) -> None:
        """Keep each change in the book's history, and log it."""
        for change in written:
            old, new = shown(change.old), shown(change.new)
            words = f"{change.field} was {old!r}, is {new!r} by {change.source}"
            await tx.history.note("field_written", words, now, book_id=book.id)
            self._log.info(
                "correction_written",
                book=book.title,
                book_id=str(book.id),
                field=change.field,
                old=shorten(old, LONGEST_LOGGED, placeholder=" …"),
                new=shorten(new, LONGEST_LOGGED, placeholder=" …"),
                source=change.source,
            )

    async def _announce(
        self,
        tx: Transaction,
        book_id: UUID,
        done: list[UUID],
        refused: dict[UUID, str],
        *,
        written: Sequence[FieldChange] = (),
    ) -> None:
        if not await tx.first_time():
            return
        to_compare = False
        if any(change.field in ("series", "authors") for change in written):
            to_compare = await tx.subjects.has_series_to_compare(book_id, self._series_min_books)
        tx.announce(MetadataWritten(book_id=book_id, written=done, refused=refused, series_to_compare=to_compare))


async def _is_shown_as_another(tx: Transaction, known: StoredBook) -> bool:
    """Whether a duplicate is the second item for the folder of a book that counts."""
    if known.book.status is not BookStatus.DUPLICATE or known.book.abs_id is None:
        return False
    return await tx.books.by_path(known.book.path) is not None


async def _take(tx: Transaction, item: Item, clock: Clock) -> StoredBook:
    """The book as it is in Audiobookshelf right now, with what others changed noted as theirs."""
    known = await tx.books.by_abs_ids([item.abs_id])
    before = known[item.abs_id]
    fresh = take_over(before, item, now=clock.now(), new_id=before.book.id)
    if fresh.changed or fresh.stored.pending != before.pending:
        await keep(tx, [fresh], known)
    return fresh.stored


def _sources(changes: Sequence[FieldChange], command: WriteMetadata) -> dict[FieldName, str]:
    return {change.field: MANUAL if command.by_person else change.source for change in changes}
