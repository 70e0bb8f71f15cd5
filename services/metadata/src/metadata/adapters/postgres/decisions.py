"""The books for which nothing needs to change."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.contracts.values import Confidence
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.tables import DecisionRow
from metadata.domain.ports import Decision


class Decisions:
    """The decisions, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_books(self, book_ids: Sequence[UUID], now: datetime) -> dict[UUID, Decision]:
        """The decisions that are still valid."""
        ours = (DecisionRow.book_id.in_(book_ids), DecisionRow.believed_until > now)
        return {row.book_id: _model(row) for row in await self._session.scalars(select(DecisionRow).where(*ours))}

    async def store(self, decisions: Sequence[Decision]) -> None:
        """Replace the decision of each book."""
        if not decisions:
            return
        adding = insert(DecisionRow)
        newer = {name: adding.excluded[name] for name in ("fingerprint", "confidence", "believed_until")}
        # Sorted, so that two messages with the same books lock them in the same order.
        rows = [_row(each) for each in sorted(decisions, key=lambda each: each.book_id)]
        await self._session.execute(adding.on_conflict_do_update(index_elements=["book_id"], set_=newer), rows)


def _row(decision: Decision) -> dict[str, object]:
    return {
        "book_id": decision.book_id,
        "fingerprint": decision.fingerprint,
        "confidence": decision.confidence.value,
        "believed_until": decision.believed_until,
    }


def _model(row: DecisionRow) -> Decision:
    return Decision(row.book_id, row.fingerprint, Confidence(row.confidence), row.believed_until)
