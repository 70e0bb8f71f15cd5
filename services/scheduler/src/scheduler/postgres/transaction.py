"""The scheduler's transaction."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from shared.chassis.database import Transaction
from shared.contracts.runs import RunFinished, RunProgressed, RunTally
from shared.contracts.scheduler import Run, RunStatus
from sqlalchemy import delete, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB, distinct_on, insert

from scheduler.postgres.tables import RunRow, ScheduleRow

UNDER_WAY = (RunStatus.SCHEDULED.value, RunStatus.RUNNING.value)
LOG_LINES = 200


class SchedulerTransaction(Transaction):
    """Schedules and runs."""

    async def add_schedules(self, rows: list[dict[str, Any]]) -> None:
        """Add the schedules that are not there yet; those that are stay as people left them."""
        await self.session.execute(insert(ScheduleRow).on_conflict_do_nothing(), rows)

    async def due(self, now: datetime, clock_was_set_back: timedelta) -> list[ScheduleRow]:
        """Schedules that are due, locked; those that another replica works on are passed over.

        Due are also those that were looked at in what is still to come by more than `clock_was_set_back`.
        """
        come = or_(ScheduleRow.next_due_at <= now, ScheduleRow.ticked_at > now + clock_was_set_back)
        found = await self.session.scalars(
            select(ScheduleRow)
            .where(ScheduleRow.enabled, ScheduleRow.next_due_at.is_not(None), come)
            .order_by(ScheduleRow.next_due_at)
            .with_for_update(skip_locked=True)
        )
        return list(found)

    async def schedule(self, task: str, *, to_change: bool = False) -> ScheduleRow | None:
        return await self.session.get(ScheduleRow, task, with_for_update=to_change or None)

    async def schedules(self) -> list[ScheduleRow]:
        return list(await self.session.scalars(select(ScheduleRow).order_by(ScheduleRow.task)))

    async def begin_run(
        self, task: str, *, due_at: datetime, by: str, parameters: dict[str, Any], dry_run: bool = False
    ) -> UUID | None:
        """A new run of the task; None while one is under way, or when this due time has had its run."""
        added = await self.session.execute(
            insert(RunRow)
            .values(
                id=uuid4(),
                task=task,
                status=RunStatus.SCHEDULED.value,
                by=by,
                due_at=due_at,
                parameters=parameters,
                dry_run=dry_run,
            )
            .on_conflict_do_nothing()
            .returning(RunRow.id)
        )
        return added.scalar_one_or_none()

    async def run_under_way(self, task: str) -> RunRow | None:
        return (
            await self.session.scalars(select(RunRow).where(RunRow.task == task, RunRow.status.in_(UNDER_WAY)))
        ).first()

    async def runs_under_way(self) -> list[RunRow]:
        found = await self.session.scalars(
            select(RunRow).where(RunRow.status.in_(UNDER_WAY)).order_by(RunRow.due_at, RunRow.id)
        )
        return list(found)

    async def run(self, run_id: UUID, *, to_change: bool = False) -> RunRow | None:
        return await self.session.get(RunRow, run_id, with_for_update=to_change or None)

    async def forget_runs(self, before: datetime, kept: int, *, dry_run: bool) -> int:
        """Delete the ended runs that were due before this moment but for the last ones; how many, or would be."""
        last = select(RunRow.id).order_by(RunRow.due_at.desc(), RunRow.id).limit(kept)
        old = (RunRow.due_at < before, RunRow.status.not_in(UNDER_WAY), RunRow.id.not_in(last))
        count = await self.session.scalar(select(func.count()).select_from(RunRow).where(*old))
        if not dry_run:
            await self.session.execute(delete(RunRow).where(*old))
        return count or 0

    async def last_runs(self) -> dict[str, RunRow]:
        """The last run of each task."""
        rows = await self.session.scalars(
            select(RunRow).ext(distinct_on(RunRow.task)).order_by(RunRow.task, RunRow.due_at.desc())
        )
        return {row.task: row for row in rows}

    async def started(self, run_id: UUID, now: datetime, *, quiet: timedelta = timedelta()) -> None:
        """The run is worked on; nothing more need be heard of it before `quiet` is over."""
        await self.session.execute(
            update(RunRow)
            .where(RunRow.id == run_id)
            .values(
                status=func.replace(RunRow.status, RunStatus.SCHEDULED.value, RunStatus.RUNNING.value),
                started_at=func.coalesce(RunRow.started_at, now),
                heard_at=func.greatest(RunRow.heard_at, now + quiet),
            )
        )

    async def progressed(self, event: RunProgressed, now: datetime) -> None:
        """Take over figures that are newer than those kept; events may come in any order."""
        lines = [event.line] if event.line else []
        row = await self.session.get(RunRow, event.run_id, with_for_update=True)
        if row is None:
            return
        row.heard_at = max(now, row.heard_at or now)
        row.log = [*row.log, *lines][-LOG_LINES:]
        if row.status in UNDER_WAY:
            row.status = RunStatus.RUNNING.value
            row.started_at = row.started_at or now
            if event.tally.processed >= row.processed:
                _take(row, event.tally)

    async def finished(self, event: RunFinished, now: datetime) -> None:
        row = await self.session.get(RunRow, event.run_id, with_for_update=True)
        if row is None:
            return
        row.heard_at, row.started_at = now, row.started_at or now
        row.details = event.details
        if row.status == RunStatus.CANCELLED.value:
            row.problems = list(dict.fromkeys([*row.problems, *event.problems]))
        else:
            row.status, row.ended_at, row.problems = event.outcome.value, now, event.problems
        _take(row, event.tally)

    async def fail_silent_runs(self, now: datetime, silence: timedelta) -> list[str]:
        """Fail the runs that began and then said nothing for too long; the names of their tasks."""
        why = f"nothing was heard of this run for {int(silence.total_seconds() // 60)} minutes"
        failed = await self.session.scalars(
            update(RunRow)
            .where(RunRow.status == RunStatus.RUNNING.value, RunRow.heard_at < now - silence)
            .values(
                status=RunStatus.FAILED.value,
                ended_at=now,
                problems=RunRow.problems.op("||")(literal([why], JSONB)),
            )
            .returning(RunRow.task)
        )
        return list(failed)


def _take(row: RunRow, tally: RunTally) -> None:
    row.expected, row.processed = tally.expected, tally.processed
    row.succeeded, row.failed = tally.succeeded, tally.failed


def run_model(row: RunRow) -> Run:
    """A row as other services see it."""
    return Run(
        id=row.id,
        task=row.task,
        status=RunStatus(row.status),
        by=row.by,
        dry_run=row.dry_run,
        parameters=row.parameters,
        due_at=row.due_at,
        started_at=row.started_at,
        heard_at=row.heard_at,
        ended_at=row.ended_at,
        tally=RunTally(expected=row.expected, processed=row.processed, succeeded=row.succeeded, failed=row.failed),
        log=row.log,
        problems=row.problems,
        details=row.details,
    )
