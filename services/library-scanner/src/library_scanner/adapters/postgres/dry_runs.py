"""Stores what dry runs would do, until they are finished."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.contracts.runs import Plan, PlannedAction
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import DRY_RUNS


class DryRuns:
    """The dry runs within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def begin(self, run_id: UUID, now: datetime) -> None:
        """Register a dry run. Repeatable."""
        row = {"run_id": run_id, "plan": {}, "began_at": now}
        await self._session.execute(insert(DRY_RUNS).values(row).on_conflict_do_nothing())

    async def contains(self, run_id: UUID | None) -> bool:
        """Whether a run is a dry run."""
        found = select(DRY_RUNS.c.run_id).where(DRY_RUNS.c.run_id == run_id)
        return run_id is not None and (await self._session.execute(found)).first() is not None

    async def add(self, run_id: UUID, item: str, actions: Sequence[PlannedAction]) -> None:
        """Store the planned actions of one item of a run, replacing earlier ones of the item."""
        plan = {item: [action.model_dump() for action in actions]}
        statement = update(DRY_RUNS).where(DRY_RUNS.c.run_id == run_id).values(plan=DRY_RUNS.c.plan.op("||")(plan))
        await self._session.execute(statement)

    async def details(self, run_id: UUID) -> dict[str, Any]:
        """Return the details of a finished run: its plan."""
        plan = await self._session.scalar(select(DRY_RUNS.c.plan).where(DRY_RUNS.c.run_id == run_id)) or {}
        actions = [PlannedAction.model_validate(each) for item in sorted(plan) for each in plan[item]]
        return Plan.of(actions).as_details()
