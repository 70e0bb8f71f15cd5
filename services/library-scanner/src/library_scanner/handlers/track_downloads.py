"""Updates the status of missing books from the events of their downloads.

Events may arrive twice and out of order, so each one changes only a status that it can follow.
"""

from uuid import UUID

from shared.chassis.clock import Clock
from shared.contracts.downloads.events import (
    AbsenceChanged,
    DownloadCancelled,
    DownloadFailed,
    DownloadImported,
    DownloadWanted,
    ReleaseGrabbed,
)
from shared.contracts.library.missing_books import MissingBookChanged
from shared.contracts.values import MissingStatus

from library_scanner.domain.missing_book import OPEN
from library_scanner.domain.transaction import Transactions
from library_scanner.workflow.close_missing_books import close_as_owned

_WAITING = (MissingStatus.IDENTIFIED, MissingStatus.FAILED, MissingStatus.UPCOMING, MissingStatus.WAS_OWNED)
"""Only a person starts a download for a book that was owned before, or that is not released yet."""

_IN_PROGRESS = (MissingStatus.QUEUED, MissingStatus.DOWNLOADING)


class DownloadEventHandlers:
    """Each event is stored in one transaction. Downloads without a missing book are ignored."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def wanted(self, event: DownloadWanted) -> None:
        """Mark the missing book as queued."""
        await self._move(event.missing_book_id, _WAITING, MissingStatus.QUEUED)

    async def grabbed(self, event: ReleaseGrabbed) -> None:
        """Mark the missing book as downloading."""
        await self._move(event.missing_book_id, (*_WAITING, MissingStatus.QUEUED), MissingStatus.DOWNLOADING)

    async def failed(self, event: DownloadFailed) -> None:
        """Mark the missing book as failed, or as queued if the download will be retried."""
        if event.next_retry_at is None:
            await self._move(event.missing_book_id, OPEN, MissingStatus.FAILED)
        else:
            await self._move(event.missing_book_id, OPEN, MissingStatus.QUEUED)

    async def cancelled(self, event: DownloadCancelled) -> None:
        """Mark the missing book as not searched yet."""
        await self._move(event.missing_book_id, _IN_PROGRESS, MissingStatus.IDENTIFIED)

    async def absence_changed(self, event: AbsenceChanged) -> None:
        """Store why the missing book is not in the library yet."""
        async with self._transaction() as tx:
            if await tx.missing_books.set_absence(event):
                tx.announce(MissingBookChanged(missing_book_id=event.missing_book_id))

    async def imported(self, event: DownloadImported) -> None:
        """Close the missing book as owned."""
        if event.missing_book_id is None:
            return
        async with self._transaction() as tx:
            await tx.lock()
            missing = await tx.missing_books.by_id(event.missing_book_id)
            if missing is not None:
                await close_as_owned(tx, missing, event.book_id, "it was downloaded and imported", self._clock.now())
                await tx.counts.update_for([event.book_id], [event.missing_book_id])

    async def _move(self, missing_book_id: UUID | None, of: tuple[MissingStatus, ...], to: MissingStatus) -> None:
        if missing_book_id is None:
            return
        async with self._transaction() as tx:
            if await tx.missing_books.move(missing_book_id, of=of, to=to, now=self._clock.now()):
                tx.announce(MissingBookChanged(missing_book_id=missing_book_id))
