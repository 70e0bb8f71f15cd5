"""The changes that a dry run would make, stored until the run ends."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from shared.contracts.runs import Plan, PlannedAction
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.tables import PlannedRow

MAX_ACTIONS = 500


class PlannedChanges:
    """The changes that dry runs would make, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, run_id: UUID, actions: Mapping[UUID, Sequence[PlannedAction]], now: datetime) -> None:
        """Add the actions of some books; a book that was added before is ignored."""
        rows = [
            {
                "run_id": run_id,
                "book_id": book_id,
                "actions": [each.model_dump(mode="json") for each in planned],
                "planned_at": now,
            }
            for book_id, planned in actions.items()
        ]
        if rows:
            await self._session.execute(insert(PlannedRow).on_conflict_do_nothing(), rows)

    async def take(self, run_id: UUID) -> Plan:
        """Remove and return the plan of a run: the total, and the first 500 actions. The run's record keeps it."""
        ours = PlannedRow.run_id == run_id
        kind = func.jsonb_array_elements(PlannedRow.actions, type_=JSONB)["kind"].astext
        counted = await self._session.execute(select(kind, func.count()).where(ours).group_by(kind))
        some = select(PlannedRow.actions).where(ours, func.jsonb_array_length(PlannedRow.actions) > 0)
        rows = await self._session.scalars(some.order_by(PlannedRow.book_id).limit(MAX_ACTIONS))
        actions = [PlannedAction.model_validate(each) for row in rows for each in row][:MAX_ACTIONS]
        await self._session.execute(delete(PlannedRow).where(ours))
        return Plan(counts={"change_field": 0} | {name: count for name, count in counted}, actions=actions)
