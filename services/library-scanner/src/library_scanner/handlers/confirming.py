"""Waits until Audiobookshelf shows an imported book, and fills its empty fields with what was learnt on the way."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError, RemoteRefusedUs, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.library.books import FieldName, FieldValue, MetadataTakenAlong
from shared.contracts.library.scans import ConfirmImport, ImportConfirmed, ImportUnconfirmed

from library_scanner.domain.catalogue import StoredBook, about_to_write, as_ours, take_over
from library_scanner.domain.fields import is_empty
from library_scanner.domain.item import Item
from library_scanner.domain.ports import AudiobookLibrary, ExpectedImport, Transaction, Transactions
from library_scanner.domain.writing import fills
from library_scanner.handlers.closing_gaps import close_as_owned
from library_scanner.handlers.taking_over import keep, take_items_over

_SCAN_AGAIN = timedelta(seconds=20)
_MOST_SECONDS_BETWEEN_LOOKS = 30.0


class Confirming:
    """Confirms imports. Each step can be repeated: the item is found by its path, filled fields are full."""

    def __init__(
        self, transaction: Transactions, library: AudiobookLibrary, clock: Clock, *, confirm_seconds: float
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._clock = clock
        self._within = timedelta(seconds=confirm_seconds)
        self._log = logger()

    async def confirm(self, command: ConfirmImport) -> None:
        path = command.relative_path.strip("/")
        async with self._transaction() as tx:
            expected = await tx.imports.expect(command, path, self._clock.now())
        if expected.book_id is not None:
            return
        try:
            item = await self._find(command.download_id, path, expected)
        except RemoteError as error:
            await self._wait(command.download_id, expected, str(error))
            return
        if item is None:
            await self._wait(command.download_id, expected, f"Audiobookshelf does not show {path!r} yet")
            return
        values = await self._take_over(item, command.taken_along)
        await self._remember(command, await self._fill(item, values, expected), command.taken_along.source, values)

    async def _find(self, download_id: UUID, path: str, expected: ExpectedImport) -> Item | None:
        """The item at a path: one that a scan has taken over, else one of the newest. A scan is asked for at need."""
        async with self._transaction() as tx:
            known = await tx.books.by_path(path)
        if known is not None and known.book.abs_id is not None:
            item = await self._library.item(known.book.abs_id)
            if item is not None and not item.missing and item.path == path:
                return item
        libraries = await self._library.libraries()
        for shown in libraries:
            for mark in await self._library.newest(shown.id):
                if mark.path == path and not mark.missing:
                    return await self._library.item(mark.abs_id)
        now = self._clock.now()
        if expected.scan_asked_at is None or now - expected.scan_asked_at >= _SCAN_AGAIN:
            for shown in libraries:
                await self._library.scan(shown.id)
            async with self._transaction() as tx:
                await tx.imports.note(download_id, scan_asked_at=now)
        return None

    async def _wait(self, download_id: UUID, expected: ExpectedImport, why: str) -> None:
        """Come again later; when it took too long say so, once. Scans go on looking."""
        waited = self._clock.now() - expected.first_attempt_at
        if waited < self._within:
            raise TryAgainLater(_delay_seconds(waited), why)
        if expected.given_up_at is None:
            async with self._transaction() as tx:
                await tx.imports.note(download_id, given_up_at=self._clock.now())
                words = f"{why}, {waited.total_seconds():.0f} s after it was placed"
                tx.announce(ImportUnconfirmed(download_id=download_id, why=words))

    async def _take_over(self, item: Item, taken_along: MetadataTakenAlong) -> dict[FieldName, FieldValue]:
        """The book enters the record; what is about to be filled is noted, so that no scan takes it for a person's."""
        async with self._transaction() as tx:
            await take_items_over(tx, [item], self._clock)
            stored = (await tx.books.by_abs_ids([item.abs_id]))[item.abs_id]
            values = fills(stored, taken_along)
            if values:
                await tx.books.save([about_to_write(stored, values, dict.fromkeys(values, taken_along.source))])
        return values

    async def _fill(self, item: Item, values: dict[FieldName, FieldValue], expected: ExpectedImport) -> Item:
        if not values:
            return item
        try:
            return await self._library.write(item.abs_id, values)
        except RemoteError as error:
            waited = self._clock.now() - expected.first_attempt_at
            if waited < self._within and not isinstance(error, RemoteRefusedUs):
                raise TryAgainLater(_delay_seconds(waited), str(error)) from error
            self._log.warning("metadata_not_filled", abs_id=item.abs_id, because=str(error))
            return item

    async def _remember(
        self, command: ConfirmImport, item: Item, source: str, values: dict[FieldName, FieldValue]
    ) -> None:
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.lock()
            expected = await tx.imports.expect(command, item.path, now)
            if expected.book_id is not None:
                return
            known = await tx.books.by_abs_ids([item.abs_id])
            book = await _keep_filled(tx, item, known, dict.fromkeys(values, source), now)
            kept = await tx.missing_books.by_id(command.missing_book_id) if command.missing_book_id else None
            if kept is not None:
                await close_as_owned(tx, kept, book.book.id, "it was downloaded and imported", now)
            await tx.imports.note(command.download_id, book_id=book.book.id)
            await tx.counts.renew_around([book.book.id], [kept.missing_book.id] if kept else [])
            tx.announce(
                ImportConfirmed(
                    download_id=command.download_id, missing_book_id=command.missing_book_id, book_id=book.book.id
                )
            )


async def _keep_filled(
    tx: Transaction, item: Item, known: dict[str, StoredBook], sources: dict[FieldName, str], now: datetime
) -> StoredBook:
    before = known.get(item.abs_id)
    after = take_over(before, item, now=now, new_id=uuid4())
    filled = {name: source for name, source in sources.items() if not is_empty(after.stored.values()[name])}
    if filled:
        after = as_ours(after, filled, now=now)
    await keep(tx, [after], known)
    return after.stored


def _delay_seconds(waited: timedelta) -> float:
    """First a second, then half as long as was waited so far."""
    return min(_MOST_SECONDS_BETWEEN_LOOKS, max(1.0, waited.total_seconds() / 2))
