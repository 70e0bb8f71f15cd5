"""Writes corrections to Audiobookshelf and to the database, field by field.

A value that a person set is not overwritten. A book that was entered by hand exists only in the database.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from textwrap import shorten
from uuid import UUID

from shared.chassis.backoff import FailureCounter
from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteRefusedUs, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.library.books import Book, BookStatus
from shared.contracts.library.field_values import MANUAL, display_text
from shared.contracts.library.metadata_writes import FieldChange, FieldName, MetadataWritten, WriteMetadata
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from library_scanner.domain.catalogue import (
    StoredBook,
    is_outdated,
    sync_book,
    with_our_changes,
    with_pending_writes,
    with_written_cover,
)
from library_scanner.domain.contents import CONTENTS, Refused
from library_scanner.domain.field_writes import JudgedChanges, WritableItems, judge_changes, written_changes
from library_scanner.domain.item import Item
from library_scanner.domain.manual_entry import with_corrections
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.workflow.content_writes import ContentWrites
from library_scanner.workflow.sync_items import save_synced

MAX_BAD_RESPONSES = 5
"""Invalid responses in a row after which a correction is refused."""
SHOWN_RETRY_SECONDS = 1.0
LONGEST_LOGGED = 200
"""Characters of a value in the log."""
NOT_IN_AUDIOBOOKSHELF = translatable("plan.gone", "Audiobookshelf no longer has this book")
DUPLICATE = translatable(
    "change.duplicate", "another item of Audiobookshelf shows the same folder; metadata is written to that item only"
)


class WriteMetadataHandler:
    """Fetches the current item, refuses changes whose old value is outdated, and writes the others in one call.

    Several commands are handled at a time, so that their items are fetched and written together.
    """

    def __init__(
        self,
        transaction: Transactions,
        library: WritableItems,
        contents: ContentWrites,
        clock: Clock,
        *,
        series_min_books: int,
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._contents = contents
        self._clock = clock
        self._series_min_books = series_min_books
        self._log = logger()
        self._backoff = FailureCounter()
        self._turn = asyncio.Lock()

    async def write(self, command: WriteMetadata) -> None:
        """Announce `MetadataWritten` with the result of each change. Raises `TryAgainLater` on a temporary failure."""
        async with self._transaction() as tx:
            known = await tx.books.by_id(command.book_id)
            is_duplicate = known is not None and await _is_duplicate_of_active_book(tx, known)
        if is_duplicate:
            await self._refuse_all(command, DUPLICATE)
            return
        if known is None or known.book.status is BookStatus.ARCHIVED:
            await self._refuse_all(command, NOT_IN_AUDIOBOOKSHELF)
            return
        if known.book.abs_id is None:
            if not await self._write_to_database(command):
                raise TryAgainLater(SHOWN_RETRY_SECONDS, "the book has just appeared in Audiobookshelf")
            return
        try:
            await self._write(command, known.book.abs_id)
        except RemoteError as error:
            if isinstance(error, RemoteRefusedUs) or self._should_give_up(command, error):
                await self._refuse_all(command, error.words)
            else:
                raise self._backoff.retry_later(str(command.book_id), error) from error
        self._backoff.reset(str(command.book_id))

    def _should_give_up(self, command: WriteMetadata, error: RemoteError) -> bool:
        """An invalid response may be temporary, from a proxy, or permanent, for a value that Audiobookshelf rejects."""
        return (
            isinstance(error, RemoteAnsweredNonsense)
            and self._backoff.failures(str(command.book_id)) >= MAX_BAD_RESPONSES
        )

    async def _write_to_database(self, command: WriteMetadata) -> bool:
        """Write to the database. Returns False if the book is in Audiobookshelf by now, or gone."""
        now = self._clock.now()
        async with self._locked() as tx:
            stored = await tx.books.by_id(command.book_id)
            if stored is None or stored.book.abs_id is not None or stored.book.status is BookStatus.ARCHIVED:
                return False
            judged = judge_changes(stored, command.changes, by_person=command.by_person)
            for change in _contents_of(judged):
                judged.abandon(change, f"the book is not in Audiobookshelf, so it has no {change.field}")
            sources = _sources(judged.to_write + (judged.already_set if command.by_person else []), command)
            after = with_corrections(stored, {each.field: each.new for each in judged.to_write}, sources, now=now)
            await tx.books.save([after])
            await tx.counts.update_for([after.book.id])
            await tx.links.replace([after.book])
            await tx.counts.update_for([after.book.id])
            await self._note(tx, after.book, judged.to_write, now)
            done = _settled([*judged.already_set, *judged.to_write])
            await self._announce(tx, command.book_id, done, judged.refused, written=judged.to_write)
        return True

    async def _write(self, command: WriteMetadata, abs_id: str) -> None:
        read_at = self._clock.now()
        item = await self._library.item(abs_id)
        if item is None:
            await self._refuse_all(command, NOT_IN_AUDIOBOOKSHELF)
            return
        judged = await self._judge(command, item, read_at)
        values = {change.field: change.new for change in judged.to_write if change.field not in CONTENTS}
        if judged.to_write:
            read_at = self._clock.now()
        if values:
            item = await self._library.write(abs_id, values)
        if _contents_of(judged):
            item = await self._write_contents(command, item, judged)
        while not await self._store(command, item, judged, read_at):
            read_at = self._clock.now()
            item = await self._library.item(abs_id) or item

    async def _write_contents(self, command: WriteMetadata, item: Item, judged: JudgedChanges) -> Item:
        """Write the cover and the chapters, and return the item as it is then. What is refused is abandoned."""
        for change in _contents_of(judged):
            try:
                await self._contents.write(item, command.book_id, change, by_person=command.by_person)
            except Refused as refused:
                judged.abandon(change, _not_written(change.field, str(refused)))
        return await self._library.item(item.abs_id) or item

    async def _judge(self, command: WriteMetadata, item: Item, read_at: datetime) -> JudgedChanges:
        async with self._locked() as tx:
            fresh = await _sync_current(tx, item, self._clock, read_at)
            judged = judge_changes(fresh, command.changes, by_person=command.by_person)
            if judged.to_write:
                values = {change.field: change.new for change in judged.to_write}
                await tx.books.save([with_pending_writes(fresh, values, _sources(judged.to_write, command))])
        return judged

    async def _store(self, command: WriteMetadata, item: Item, judged: JudgedChanges, read_at: datetime) -> bool:
        """Store the item as it is now, with the result. Returns False if it has to be read again before."""
        now = self._clock.now()
        async with self._locked() as tx:
            known = await tx.books.by_abs_ids([item.abs_id])
            if is_outdated(known.get(item.abs_id), item, read_at=read_at):
                return False
            if any(change.field == "cover" for change in judged.to_write):
                known = {abs_id: with_written_cover(stored) for abs_id, stored in known.items()}
            after = sync_book(known.get(item.abs_id), item, now=now, new_id=command.book_id)
            written = written_changes(judged, after.stored)
            set_by_us = written + (judged.already_set if command.by_person else [])
            requested = {change.field for change in (*judged.to_write, *judged.already_set, *judged.abandoned)}
            ours = with_our_changes(after, _sources(set_by_us, command), requested=requested, now=now)
            await save_synced(tx, [ours], known)
            await tx.counts.update_for([after.stored.book.id])
            values = after.stored.values()
            refused = judged.refused | {
                settled: _kept(change.field, display_text(values[change.field]))
                for change in judged.to_write
                if change not in written
                for settled in change.settled_ids
            }
            done = _settled([*judged.already_set, *written])
            await self._contents.settle(tx, written, judged.abandoned)
            await self._note(tx, after.stored.book, written, now)
            await self._announce(tx, command.book_id, done, refused, written=written)
        return True

    @asynccontextmanager
    async def _locked(self) -> AsyncIterator[Transaction]:
        """A transaction with the library lock. Within this replica, nobody waits for the lock with a connection."""
        async with self._turn, self._transaction() as tx:
            await tx.lock()
            yield tx

    async def _refuse_all(self, command: WriteMetadata, why: str) -> None:
        async with self._transaction() as tx:
            await self._announce(tx, command.book_id, [], dict.fromkeys(_settled(command.changes), why))

    async def _note(self, tx: Transaction, book: Book, written: Sequence[FieldChange], now: datetime) -> None:
        """Add each change to the history of the book, and log it."""
        for change in written:
            old, new = display_text(change.old), display_text(change.new)
            await tx.history.note("field_written", _written(change, old, new), now, book_id=book.id)
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
        codes = {change: parts for change, why in refused.items() for parts in translatables(why=why).values()}
        tx.announce(
            MetadataWritten(
                book_id=book_id, written=done, refused=refused, translatable=codes, series_to_compare=to_compare
            )
        )


async def _is_duplicate_of_active_book(tx: Transaction, known: StoredBook) -> bool:
    """Whether the book is the second item for the folder of an active book."""
    if known.book.status is not BookStatus.DUPLICATE or known.book.abs_id is None:
        return False
    return await tx.books.by_path(known.book.path) is not None


async def _sync_current(tx: Transaction, item: Item, clock: Clock, read_at: datetime) -> StoredBook:
    """Store and return the book as it is in Audiobookshelf now; changes made there are marked as manual.

    Raises `TryAgainLater` if a newer version was stored after the item was requested.
    """
    known = await tx.books.by_abs_ids([item.abs_id])
    before = known[item.abs_id]
    if is_outdated(before, item, read_at=read_at):
        raise TryAgainLater(SHOWN_RETRY_SECONDS, "a newer version of the item has just been stored")
    fresh = sync_book(before, item, now=clock.now(), new_id=before.book.id)
    if fresh.changed or fresh.stored.pending != before.pending:
        await save_synced(tx, [fresh], known)
    return fresh.stored


def _contents_of(judged: JudgedChanges) -> list[FieldChange]:
    return [change for change in judged.to_write if change.field in CONTENTS]


def _settled(changes: Sequence[FieldChange]) -> list[UUID]:
    """The corrections that these changes settle."""
    return [each for change in changes for each in change.settled_ids]


def _sources(changes: Sequence[FieldChange], command: WriteMetadata) -> dict[FieldName, str]:
    return {change.field: MANUAL if command.by_person else change.source for change in changes}


def _not_written(field: FieldName, why: str) -> str:
    return translatable("change.not_written", f"{field} was not written: {why}", field=field, why=why)


def _kept(field: FieldName, value: str) -> str:
    return translatable("change.kept", f"Audiobookshelf kept {value!r} as {field}", field=field, value=value)


def _written(change: FieldChange, old: str, new: str) -> str:
    field, source = change.field, change.source
    words = f"{field} changed from {old!r} to {new!r}, source {source}"
    return translatable("library.field_written", words, field=field, old=old, new=new, source=source)
