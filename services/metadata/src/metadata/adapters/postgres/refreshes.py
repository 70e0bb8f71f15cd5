"""The history of refreshes."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from shared.chassis.traces import trace_id
from shared.contracts.translatable import Translatable, translatables, with_code
from shared.contracts.values import Confidence
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.tables import RefreshRow
from metadata.domain.ports import Refreshed, Traced


class Refreshes:
    """The refreshes, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, refreshed: Sequence[Refreshed]) -> None:
        """Add refreshes to the history."""
        if refreshed:
            await self._session.execute(insert(RefreshRow), [_row(each) for each in refreshed])

    async def of_books(self, book_ids: Sequence[UUID], at_most: int) -> list[Traced[Refreshed]]:
        """The latest refreshes of these books."""
        rows = await self._session.scalars(
            select(RefreshRow)
            .where(RefreshRow.book_id.in_(book_ids))
            .order_by(RefreshRow.refreshed_at.desc())
            .limit(at_most)
        )
        return [Traced(_model(row), row.trace_id) for row in rows]


def _row(refreshed: Refreshed) -> dict[str, object]:
    return {
        "id": uuid4(),
        "book_id": refreshed.book_id,
        "refreshed_at": refreshed.at,
        "confidence": refreshed.confidence.value,
        "corrections": refreshed.corrections,
        "answered": list(refreshed.answered),
        "failures": dict(refreshed.failures),
        "translatable": {name: each.model_dump() for name, each in translatables(**refreshed.failures).items()},
        "trace_id": trace_id(),
    }


def _model(row: RefreshRow) -> Refreshed:
    codes = {name: Translatable(**parts) for name, parts in (row.translatable or {}).items()}
    return Refreshed(
        book_id=row.book_id,
        at=row.refreshed_at,
        confidence=Confidence(row.confidence),
        corrections=row.corrections,
        answered=row.answered,
        failures={name: with_code(why, codes.get(name)) for name, why in row.failures.items()},
    )
