"""Gives an imported book the metadata of its work, and then refreshes it."""

from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import ServiceUnavailable, TryAgainLater
from shared.contracts.downloads.events import DownloadImported
from shared.contracts.library.metadata_writes import FieldChange, WriteMetadata
from shared.contracts.metadata.imports import ImportDescribed
from shared.contracts.metadata.refreshes import RefreshBook

from metadata.domain.changes import NAMES_THE_BOOK, BookChanges
from metadata.domain.imported_book import changes_of_import
from metadata.domain.ports import Library
from metadata.domain.transactions import Transactions
from metadata.workflow.decided_matches import DecidedMatches

LIBRARY_AWAY_SECONDS = 15.0


class DownloadImportedHandler:
    """Proposes corrections, which the library writes. With `dry_run` the book is only refreshed."""

    def __init__(self, transaction: Transactions, library: Library, clock: Clock, *, dry_run: bool) -> None:
        self._transaction = transaction
        self._library = library
        self._matches = DecidedMatches(transaction, library)
        self._clock = clock
        self._dry_run = dry_run

    async def imported(self, event: DownloadImported) -> None:
        """Propose corrections from the downloaded work, and announce `ImportDescribed`.

        What a person decided about the item of this folder goes before the downloaded work.

        Until the downloader receives that, it sends the event again, because events may be lost.

        Providers must be queried with the right title. If the title is still to be written, `MetadataWritten` triggers
        the refresh. Raises `TryAgainLater` while the library is unavailable.
        """
        proposal = None if self._dry_run else await self._proposal(event)
        async with self._transaction() as tx:
            tx.announce(ImportDescribed(download_id=event.download_id))
            if not await tx.first_time():
                return
            changes: list[FieldChange] = []
            if proposal is not None:
                changes = (await tx.corrections.propose([proposal], self._clock.now())).get(event.book_id, [])
            if changes:
                tx.send(WriteMetadata(book_id=event.book_id, changes=changes))
            if not any(each.field in NAMES_THE_BOOK for each in changes):
                tx.send(_refresh(event.book_id))

    async def _proposal(self, event: DownloadImported) -> BookChanges | None:
        try:
            book = await self._library.book(event.book_id)
        except ServiceUnavailable as away:
            raise TryAgainLater(LIBRARY_AWAY_SECONDS, away.detail) from away
        return None if book is None else BookChanges(book, changes_of_import(book, event.work, event.edition))


def _refresh(book_id: UUID) -> RefreshBook:
    return RefreshBook(book_id=book_id, fill_only=True)
