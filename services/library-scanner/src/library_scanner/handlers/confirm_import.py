"""Waits until Audiobookshelf shows an imported book."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError, TryAgainLater
from shared.contracts.library.imports import ConfirmImport, ImportConfirmed, ImportUnconfirmed
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from library_scanner.domain.imported_item import is_imported_item
from library_scanner.domain.item import Item
from library_scanner.domain.joint_series import owner_of
from library_scanner.domain.ports import AudiobookLibrary, ExpectedImport
from library_scanner.domain.scan_requests import may_request_scan
from library_scanner.domain.transaction import Transactions
from library_scanner.workflow.close_missing_books import close_as_owned
from library_scanner.workflow.read_series import read_series_of
from library_scanner.workflow.sync_items import sync_items

_LONGEST_DELAY_SECONDS = 30.0
_NEWER_THAN = timedelta(minutes=10)


class ConfirmImportHandler:
    """Confirms imports. Each step is repeatable: the item is found by its path, and after a scan also by its title.

    Audiobookshelf has `watcher_seconds` to find the folder itself before a scan is requested, and `confirm_seconds`
    before the import is reported as unconfirmed.
    """

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
        self._timeout = timedelta(seconds=confirm_seconds)
        self._watcher = timedelta(seconds=watcher_seconds)

    async def confirm(self, command: ConfirmImport) -> None:
        """Announce `ImportConfirmed`, or `ImportUnconfirmed` after the timeout. Raises `TryAgainLater` until then."""
        path = command.relative_path.strip("/")
        async with self._transaction() as tx:
            expected = await tx.imports.expect(command, path, self._clock.now())
        if expected.book_id is not None:
            await self._confirm_again(command, expected.book_id)
            return
        read_at = self._clock.now()
        try:
            item = await self._find(path) or await self._find_by_title(command, expected)
        except RemoteError as error:
            await self._wait(command.download_id, expected, error.words)
            return
        if item is None:
            await self._wait(command.download_id, expected, _not_shown(path), awaits_scan=True)
            return
        await self._store(command, item, read_at)

    async def _confirm_again(self, command: ConfirmImport, book_id: UUID) -> None:
        """A command for a confirmed import means that the first event was lost."""
        async with self._transaction() as tx:
            tx.announce(_confirmed(command, book_id))

    async def _find(self, path: str) -> Item | None:
        """Return the item at a path: one that a scan has stored, or else one of the newest.

        Requests a scan if none is found and the watcher has had its time.
        """
        async with self._transaction() as tx:
            known = await tx.books.by_path(path)
        if known is not None and known.book.abs_id is not None:
            item = await self._library.item(known.book.abs_id)
            if item is not None and not item.missing and item.path == path:
                return item
        libraries = await self._library.libraries()
        for library in libraries:
            marks = [mark for mark in await self._library.newest(library.id) if mark.path == path and not mark.missing]
            if marks:
                return await self._library.item(marks[-1].abs_id)  # the oldest, if one folder has two items
        if await self._may_request_scan():
            for library in libraries:
                await self._library.scan(library.id)
        return None

    async def _find_by_title(self, command: ConfirmImport, expected: ExpectedImport) -> Item | None:
        """Return the one new item that is the import, although its path is another; None before a scan was requested.

        If several items may be it, the import stays unconfirmed.
        """
        if expected.scan_asked_at is None:
            return None
        since_ms = (expected.first_attempt_at - _NEWER_THAN).timestamp() * 1000
        found: list[Item] = []
        for library in await self._library.libraries():
            marks = [mark for mark in await self._library.newest(library.id) if mark.updated_ms >= since_ms]
            found += await self._library.items([mark.abs_id for mark in marks])
        matching = [item for item in found if is_imported_item(item, command, expected.first_attempt_at)]
        if len(matching) != 1:
            return None
        async with self._transaction() as tx:
            of_another = await tx.imports.is_of_another(matching[0].path, command.download_id)
        return None if of_another else matching[0]

    async def _may_request_scan(self) -> bool:
        """Decide on one scan for all waiting imports, and store the decision before the request is sent."""
        async with self._transaction() as tx:
            await tx.lock()
            now = self._clock.now()
            if not may_request_scan(await tx.imports.placements(), now, watcher=self._watcher):
                return False
            await tx.imports.scan_requested(now)
            return True

    async def _wait(self, download_id: UUID, expected: ExpectedImport, why: str, *, awaits_scan: bool = False) -> None:
        """Retry later; after the timeout announce `ImportUnconfirmed` once. Later scans still find the import.

        No scan is requested while imports are being placed, so an import that needs the scan does not time out before.
        """
        waited = self._clock.now() - expected.first_attempt_at
        if waited < self._timeout or (awaits_scan and expected.scan_asked_at is None):
            raise TryAgainLater(_delay_seconds(waited), why)
        if expected.given_up_at is None:
            async with self._transaction() as tx:
                await tx.imports.update(download_id, given_up_at=self._clock.now())
                seconds = round(waited.total_seconds())
                words = f"{why}, {seconds} s after the files were placed"
                reason = translatable("library.unconfirmed", words, why=why, seconds=seconds)
                parts = translatables(why=reason)
                tx.announce(ImportUnconfirmed(download_id=download_id, why=reason, translatable=parts))

    async def _store(self, command: ConfirmImport, item: Item, read_at: datetime) -> None:
        now = self._clock.now()
        async with self._transaction() as tx:
            result = await sync_items(tx, [item], self._clock, read_at=read_at)
            await read_series_of(tx, [owner_of(book) for book in result.appeared], self._clock)
            expected = await tx.imports.expect(command, item.path, now)
            if expected.book_id is not None:
                return
            book = (await tx.books.by_abs_ids([item.abs_id]))[item.abs_id].book
            missing = await tx.missing_books.by_id(command.missing_book_id) if command.missing_book_id else None
            if missing is not None:
                await close_as_owned(tx, missing, book.id, "it was downloaded and imported", now)
            await tx.imports.update(command.download_id, book_id=book.id)
            await tx.counts.update_for([book.id], [missing.missing_book.id] if missing else [])
            tx.announce(_confirmed(command, book.id))


def _confirmed(command: ConfirmImport, book_id: UUID) -> ImportConfirmed:
    return ImportConfirmed(download_id=command.download_id, missing_book_id=command.missing_book_id, book_id=book_id)


def _delay_seconds(waited: timedelta) -> float:
    """Half of the time waited so far, but at least one second."""
    return min(_LONGEST_DELAY_SECONDS, max(1.0, waited.total_seconds() / 2))


def _not_shown(path: str) -> str:
    return translatable("library.not_shown", f"Audiobookshelf does not show {path!r} yet", path=path)
