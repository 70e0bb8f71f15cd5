"""Waits until Audiobookshelf shows an imported book."""

from datetime import timedelta
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError, TryAgainLater
from shared.contracts.library.imports import ConfirmImport, ImportConfirmed, ImportUnconfirmed

from library_scanner.domain.item import Item
from library_scanner.domain.joint_series import owner_of
from library_scanner.domain.ports import AudiobookLibrary, ExpectedImport, Transactions
from library_scanner.domain.scan_requests import may_ask_for_scan
from library_scanner.workflow.close_missing_books import close_as_owned
from library_scanner.workflow.series_reading import read_series_of
from library_scanner.workflow.sync_items import take_items_over

_MOST_SECONDS_BETWEEN_LOOKS = 30.0


class Confirming:
    """Confirms imports. Each step can be repeated: the item is found by its path."""

    def __init__(
        self,
        transaction: Transactions,
        library: AudiobookLibrary,
        clock: Clock,
        *,
        confirm_seconds: float,
        watcher_seconds: float,
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._clock = clock
        self._within = timedelta(seconds=confirm_seconds)
        self._watcher = timedelta(seconds=watcher_seconds)

    async def confirm(self, command: ConfirmImport) -> None:
        path = command.relative_path.strip("/")
        async with self._transaction() as tx:
            expected = await tx.imports.expect(command, path, self._clock.now())
        if expected.book_id is not None:
            await self._confirm_again(command, expected.book_id)
            return
        try:
            item = await self._find(path)
        except RemoteError as error:
            await self._wait(command.download_id, expected, str(error))
            return
        if item is None:
            await self._wait(
                command.download_id, expected, f"Audiobookshelf does not show {path!r} yet", awaits_scan=True
            )
            return
        await self._remember(command, item)

    async def _confirm_again(self, command: ConfirmImport, book_id: UUID) -> None:
        """Whoever asks again after the import was confirmed has not heard of it: the event was lost."""
        async with self._transaction() as tx:
            tx.announce(_confirmed(command, book_id))

    async def _find(self, path: str) -> Item | None:
        """The item at a path: one that a scan has taken over, else one of the newest.

        A scan is asked for when the watcher has had its time.
        """
        async with self._transaction() as tx:
            known = await tx.books.by_path(path)
        if known is not None and known.book.abs_id is not None:
            item = await self._library.item(known.book.abs_id)
            if item is not None and not item.missing and item.path == path:
                return item
        libraries = await self._library.libraries()
        for shown in libraries:
            there = [mark for mark in await self._library.newest(shown.id) if mark.path == path and not mark.missing]
            if there:
                return await self._library.item(there[-1].abs_id)  # the eldest of two items for one folder
        if await self._may_ask_for_scan():
            for shown in libraries:
                await self._library.scan(shown.id)
        return None

    async def _may_ask_for_scan(self) -> bool:
        """Decide on one scan for all imports that wait, and note it before it is asked for."""
        async with self._transaction() as tx:
            await tx.lock()
            now = self._clock.now()
            if not may_ask_for_scan(await tx.imports.placements(), now, watcher=self._watcher):
                return False
            await tx.imports.scan_asked(now)
            return True

    async def _wait(self, download_id: UUID, expected: ExpectedImport, why: str, *, awaits_scan: bool = False) -> None:
        """Come again later; when it took too long say so, once. Scans go on looking.

        While placements go on no scan is asked for, so nothing that only the scan may find is given up.
        """
        waited = self._clock.now() - expected.first_attempt_at
        if waited < self._within or (awaits_scan and expected.scan_asked_at is None):
            raise TryAgainLater(_delay_seconds(waited), why)
        if expected.given_up_at is None:
            async with self._transaction() as tx:
                await tx.imports.note(download_id, given_up_at=self._clock.now())
                words = f"{why}, {waited.total_seconds():.0f} s after it was placed"
                tx.announce(ImportUnconfirmed(download_id=download_id, why=words))

    async def _remember(self, command: ConfirmImport, item: Item) -> None:
        now = self._clock.now()
        async with self._transaction() as tx:
            took = await take_items_over(tx, [item], self._clock)
            await read_series_of(tx, [owner_of(book) for book in took.appeared], self._clock)
            expected = await tx.imports.expect(command, item.path, now)
            if expected.book_id is not None:
                return
            book = (await tx.books.by_abs_ids([item.abs_id]))[item.abs_id].book
            kept = await tx.missing_books.by_id(command.missing_book_id) if command.missing_book_id else None
            if kept is not None:
                await close_as_owned(tx, kept, book.id, "it was downloaded and imported", now)
            await tx.imports.note(command.download_id, book_id=book.id)
            await tx.counts.renew_around([book.id], [kept.missing_book.id] if kept else [])
            tx.announce(_confirmed(command, book.id))


def _confirmed(command: ConfirmImport, book_id: UUID) -> ImportConfirmed:
    return ImportConfirmed(download_id=command.download_id, missing_book_id=command.missing_book_id, book_id=book_id)


def _delay_seconds(waited: timedelta) -> float:
    """First a second, then half as long as was waited so far."""
    return min(_MOST_SECONDS_BETWEEN_LOOKS, max(1.0, waited.total_seconds() / 2))
