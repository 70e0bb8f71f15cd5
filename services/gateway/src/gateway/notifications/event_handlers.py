"""Turns events into notifications.

Events are delivered at least once; the key of a notification makes it unique. Each handler is one transaction.
"""

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions, current_delivery, published_at
from shared.contracts.message import Event

from gateway.notifications.kinds import make_notification
from gateway.notifications.ledger import Ledger


class NotificationHandlers:
    """Handles the events that lead to notifications, which the table of the kinds lists."""

    def __init__(self, transaction: Transactions[Transaction], ledger: Ledger, clock: Clock) -> None:
        self._transaction = transaction
        self._ledger = ledger
        self._clock = clock

    async def handle(self, event: Event) -> None:
        """Queue the notification of an event, if there is one."""
        delivery = current_delivery.get()
        at = published_at.get() or self._clock.now()
        notification = make_notification(event, at, delivery.message_id if delivery else "")
        if notification is not None:
            async with self._transaction() as tx:
                await self._ledger.add(tx, notification, self._clock.now())
