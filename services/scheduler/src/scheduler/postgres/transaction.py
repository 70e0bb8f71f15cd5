"""The scheduler's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from shared.chassis.database import Transaction
from shared.contracts.runs import RunFinished, RunProgressed, RunTally
from shared.contracts.scheduler import Run, RunStatus
from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from scheduler.postgres.tables import RunRow, ScheduleRow

UNDER_WAY = (RunStatus.SCHEDULED.value, RunStatus.RUNNING.value)
LOG_LINES = 200


@dataclass(frozen=True)
class Beginning:
    """What came of beginning a run: its id, or the run of the task that is in the way, or neither: it had its run."""

    run_id: UUID | None = None
    in_the_way: RunRow | None = None


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

    async def bring_forward(self, tasks: Sequence[str], due_at: datetime) -> list[str]:
        """Have those of the tasks that are due later be due then; which ones. Times by their cron line follow on."""
        later = update(ScheduleRow).where(ScheduleRow.task.in_(tasks), ScheduleRow.next_due_at > due_at)
        found = await self.session.scalars(later.values(next_due_at=due_at).returning(ScheduleRow.task))
        return sorted(found)

    async def soonest_due(self) -> datetime | None:
        """When a task is due next; None when none is by schedule."""
        soonest = select(func.min(ScheduleRow.next_due_at)).where(ScheduleRow.enabled)
        found: datetime | None = await self.session.scalar(soonest)
        return found

    async def schedule(self, task: str, *, to_change: bool = False) -> ScheduleRow | None:
        return await self.session.get(ScheduleRow, task, with_for_update=to_change or None)

    async def schedules(self) -> list[ScheduleRow]:
        return list(await self.session.scalars(select(ScheduleRow).order_by(ScheduleRow.task)))

    async def begin_run(
        self, task: str, *, due_at: datetime, by: str, parameters: dict[str, Any], dry_run: bool = False
    ) -> Beginning:
        """A new run of the task, unless one is under way or this due time has had its run."""
        values = {"task": task, "status": RunStatus.SCHEDULED.value, "by": by, "due_at": due_at}
        new = insert(RunRow).values(id=uuid4(), parameters=parameters, dry_run=dry_run, **values)
        had = select(RunRow.id).where(RunRow.task == task, RunRow.due_at == due_at, RunRow.by == "schedule")
        while True:
            added = await self.session.execute(new.on_conflict_do_nothing().returning(RunRow.id))
            if run_id := added.scalar_one_or_none():
                return Beginning(run_id=run_id)
            if by == "schedule" and await self.session.scalar(had):
                return Beginning()
            if other := await self.run_under_way(task):
                return Beginning(in_the_way=other)
            # The run that was in the way has ended since.

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
        """Delete the ended runs that were due before this moment; how many, or would be.

        The last ones of all stay, and the last one of each task, however seldom that runs.
        """
        ended = RunRow.status.not_in(UNDER_WAY)
        last = select(RunRow.id).order_by(RunRow.due_at.desc(), RunRow.id).limit(kept)
        newest = select(RunRow.id).where(ended).order_by(RunRow.task, RunRow.due_at.desc())
        of_each = newest.ext(distinct_on(RunRow.task))
        old = (RunRow.due_at < before, ended, RunRow.id.not_in(last), RunRow.id.not_in(of_each))
        count = await self.session.scalar(select(func.count()).select_from(RunRow).where(*old))
        if not dry_run:
            await self.session.execute(delete(RunRow).where(*old))
        return count or 0

    async def last_run(self, task: str) -> RunRow | None:
        """The last run of a task."""
        return (await self.session.scalars(_newest(RunRow).where(RunRow.task == task))).first()

    async def last_runs(self) -> dict[str, RunRow]:
        """The last run of each task, by the index for each: some tasks have many thousands of runs."""
        last = _newest(RunRow.id).where(RunRow.task == ScheduleRow.task).scalar_subquery()
        rows = await self.session.scalars(select(RunRow).where(RunRow.id.in_(select(last).select_from(ScheduleRow))))
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

    async def fail_silent_runs(self, now: datetime, silence: timedelta) -> list[RunRow]:
        """Fail the runs that began and then said nothing for too long; those that another works on are passed over."""
        why = f"nothing was heard of this run for {int(silence.total_seconds() // 60)} minutes"
        found = await self.session.scalars(
            select(RunRow)
            .where(RunRow.status == RunStatus.RUNNING.value, RunRow.heard_at < now - silence)
            .with_for_update(skip_locked=True)
        )
        failed = list(found)
        for row in failed:
            _fail(row, now, why)
        return failed

    async def to_send_again(self, now: datetime, wait: timedelta) -> list[RunRow]:
        """The runs that nobody has begun for so long and whose command was sent once, marked as sent again."""
        found = await self.session.scalars(_unheard().where(RunRow.sent_again_at.is_(None), RunRow.due_at < now - wait))
        again = list(found)
        for row in again:
            row.sent_again_at = now
        return again

    async def fail_unheard_runs(self, now: datetime, wait: timedelta) -> list[RunRow]:
        """Fail the runs that nobody has begun for so long after their command was sent again."""
        found = await self.session.scalars(_unheard().where(RunRow.sent_again_at < now - wait))
        failed = list(found)
        for row in failed:
            _fail(row, now, "nobody began this run, though its command was sent twice: is its service running?")
        return failed


def _unheard() -> Select[RunRow]:
    """Runs of which nothing was ever heard; those that another works on are passed over."""
    return select(RunRow).where(RunRow.status == RunStatus.SCHEDULED.value).with_for_update(skip_locked=True)


def _fail(row: RunRow, now: datetime, why: str) -> None:
    row.status, row.ended_at, row.problems = RunStatus.FAILED.value, now, [*row.problems, why]


def _newest(what: Any) -> Select[Any]:
    return select(what).order_by(RunRow.due_at.desc()).limit(1)


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
