"""Hears what happened and keeps what people are to be told of it.

Events come at least once; the key of each piece of news makes it once. Each handler is one transaction.
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

    async def imported(self, event: DownloadImported) -> None:
        await self._note(of_import(event, self._at()))

    async def failed(self, event: DownloadFailed) -> None:
        delivery = current_delivery.get()
        await self._note(of_failure(event, self._at(), delivery.message_id if delivery else ""))

    async def waits(self, event: DownloadWaits) -> None:
        await self._note(of_waiting(event, self._at()))

    async def import_unconfirmed(self, event: ImportUnconfirmed) -> None:
        await self._note(of_unconfirmed_import(event, self._at()))

    async def owned_book_gone(self, event: OwnedBookGone) -> None:
        await self._note(of_gone_book(event, self._at()))

    async def _note(self, news: Notification | None) -> None:
        if news is not None:
            async with self._transaction() as tx:
                await self._ledger.note(tx, news, self._clock.now())

    def _at(self) -> datetime:
        return published_at.get() or self._clock.now()
