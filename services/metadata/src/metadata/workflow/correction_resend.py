"""Sends corrections again of which the library has said nothing for hours: the command or its answer was lost.

The library finds a value that it has written already and says so; nothing is written twice.
"""

import asyncio
from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.logging import logger
from shared.contracts.library.metadata_writes import FieldChange, WriteMetadata
from shared.contracts.metadata.corrections import CorrectionStatus

from metadata.domain.changes import MANUAL, field_change, taking_back
from metadata.domain.transactions import Transactions

LOST_AFTER = timedelta(hours=6)
"""The library answers within seconds while Audiobookshelf is there. While it is away a command waits in the stream, and
each one sent meanwhile would wait too."""
LOOK_EVERY_SECONDS = 60.0
AT_ONCE = 500


class SendCorrectionsAgain:
    """Looks for corrections that wait too long."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def send(self) -> int:
        """Send again what is overdue, one command for each book and maker; return how many corrections that were."""
        now = self._clock.now()
        async with self._transaction() as tx:
            overdue = await tx.corrections.unsettled(now - LOST_AFTER, now, AT_ONCE)
            by_command: dict[tuple[object, bool], list[FieldChange]] = {}
            for each in overdue:
                undoing = each.status is CorrectionStatus.UNDOING
                change = taking_back(each) if undoing else field_change(each)
                by_person = undoing or each.source == MANUAL
                by_command.setdefault((each.book_id, by_person), []).append(change)
            for (book_id, by_person), changes in by_command.items():
                tx.send(WriteMetadata.model_validate({"book_id": book_id, "changes": changes, "by_person": by_person}))
        if overdue:
            logger().warning("corrections_sent_again", corrections=len(overdue))
        return len(overdue)

    async def keep_sending(self) -> None:
        """Look once a minute, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            await self.send()
