"""Resends corrections that the library has not answered for hours, because the command or its answer was lost.

The library recognizes a value that it wrote already, so nothing is written twice.
"""

import asyncio
from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.logging import logger
from shared.contracts.library.field_values import MANUAL
from shared.contracts.library.metadata_writes import FieldChange, WriteMetadata
from shared.contracts.metadata.corrections import CorrectionStatus

from metadata.domain.changes import field_change, reversal
from metadata.domain.transactions import Transactions

LOST_AFTER = timedelta(hours=6)
"""The library answers within seconds. While Audiobookshelf is unavailable, the command waits in the stream, and every
further command would wait too."""
CHECK_EVERY_SECONDS = 60.0
MAX_CORRECTIONS = 500


class CorrectionResend:
    """Finds overdue corrections and sends them again."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def send(self) -> int:
        """Resend overdue corrections, one command per book and kind of author. Return the number of corrections."""
        now = self._clock.now()
        async with self._transaction() as tx:
            overdue = await tx.corrections.unsettled(now - LOST_AFTER, now, MAX_CORRECTIONS)
            by_command: dict[tuple[object, bool], list[FieldChange]] = {}
            for each in overdue:
                undoing = each.status is CorrectionStatus.UNDOING
                change = reversal(each) if undoing else field_change(each)
                by_person = undoing or each.source == MANUAL
                by_command.setdefault((each.book_id, by_person), []).append(change)
            for (book_id, by_person), changes in by_command.items():
                tx.send(WriteMetadata.model_validate({"book_id": book_id, "changes": changes, "by_person": by_person}))
        if overdue:
            logger().warning("corrections_resent", corrections=len(overdue))
        return len(overdue)

    async def run(self) -> None:
        """Resend overdue corrections once a minute, until cancelled."""
        while True:
            await asyncio.sleep(CHECK_EVERY_SECONDS)
            await self.send()
