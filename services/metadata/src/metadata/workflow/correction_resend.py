"""Resends corrections that the library has not answered for hours, because the command or its answer was lost.

The library recognizes a value that it wrote already, so nothing is written twice.
"""

import asyncio
from collections import defaultdict
from datetime import timedelta
from enum import Enum
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.logging import logger
from shared.contracts.library.field_values import MANUAL
from shared.contracts.library.metadata_writes import WriteMetadata
from shared.contracts.metadata.corrections import Correction, CorrectionStatus

from metadata.domain.changes import field_change, reversals
from metadata.domain.transactions import Transactions

LOST_AFTER = timedelta(hours=6)
"""The library answers within seconds. While Audiobookshelf is unavailable, the command waits in the stream, and every
further command would wait too."""
CHECK_EVERY_SECONDS = 60.0
MAX_CORRECTIONS = 500


class _Author(Enum):
    """Who changes the field."""

    GAPLESS = "gapless"
    PERSON = "person"
    UNDO = "a person, by an undo"


def _author_of(correction: Correction) -> _Author:
    if correction.status is CorrectionStatus.UNDOING:
        return _Author.UNDO
    return _Author.PERSON if correction.source == MANUAL else _Author.GAPLESS


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
            by_book: dict[tuple[UUID, _Author], list[Correction]] = defaultdict(list)
            for each in overdue:
                by_book[each.book_id, _author_of(each)].append(each)
            for (book_id, author), some in by_book.items():
                undone = author is _Author.UNDO
                changes = reversals(some) if undone else [field_change(each) for each in some]
                tx.send(WriteMetadata(book_id=book_id, changes=changes, by_person=author is not _Author.GAPLESS))
        if overdue:
            logger().warning("corrections_resent", corrections=len(overdue))
        return len(overdue)

    async def run(self) -> None:
        """Resend overdue corrections once a minute, until cancelled."""
        while True:
            await asyncio.sleep(CHECK_EVERY_SECONDS)
            await self.send()
