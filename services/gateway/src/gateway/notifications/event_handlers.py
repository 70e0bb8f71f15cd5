"""Turns events into notifications.

Events are delivered at least once; the key of a notification makes it unique. Each handler is one transaction.
"""

from datetime import datetime

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions, current_delivery, published_at
from shared.contracts.downloads.events import DownloadFailed, DownloadImported, DownloadWaits
from shared.contracts.library.imports import ImportUnconfirmed
from shared.contracts.library.missing_books import OwnedBookGone

from gateway.notifications.ledger import Ledger
from gateway.notifications.messages import (
    Notification,
    of_failure,
    of_gone_book,
    of_import,
    of_unconfirmed_import,
    of_waiting,
)


class NotificationHandlers:
    """The handlers of the events that lead to notifications."""

    def __init__(self, transaction: Transactions[Transaction], ledger: Ledger, clock: Clock) -> None:
        self._transaction = transaction
        self._ledger = ledger
        self._clock = clock

    async def download_imported(self, event: DownloadImported) -> None:
        """Queue the notification of an import."""
        await self._add(of_import(event, self._at()))

    async def download_failed(self, event: DownloadFailed) -> None:
        """Queue the notification of a failure that is not retried."""
        delivery = current_delivery.get()
        await self._add(of_failure(event, self._at(), delivery.message_id if delivery else ""))

    async def download_waits(self, event: DownloadWaits) -> None:
        """Queue the notification of a download that waits for a person."""
        await self._add(of_waiting(event, self._at()))

    async def import_unconfirmed(self, event: ImportUnconfirmed) -> None:
        """Queue the notification of an import that Audiobookshelf does not show."""
        await self._add(of_unconfirmed_import(event, self._at()))

    async def owned_book_gone(self, event: OwnedBookGone) -> None:
        """Queue the question whether a book that is gone is wanted again."""
        await self._add(of_gone_book(event, self._at()))

    async def _add(self, notification: Notification | None) -> None:
        if notification is not None:
            async with self._transaction() as tx:
                await self._ledger.add(tx, notification, self._clock.now())

    def _at(self) -> datetime:
        return published_at.get() or self._clock.now()
