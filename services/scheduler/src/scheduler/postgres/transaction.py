"""The scheduler's transaction: reads and writes schedules and runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from shared.chassis.database import Transaction
from shared.chassis.traces import trace_id
from shared.contracts.runs import RunFinished, RunProgressed, RunTally, coded_problems, with_codes
from shared.contracts.scheduler import ListRuns, Run, RunStatus
from shared.translatable import translatable
from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from scheduler.postgres.tables import RunRow, ScheduleRow

UNDER_WAY = (RunStatus.SCHEDULED.value, RunStatus.RUNNING.value)
LOG_LINES = 200
RUN_SORTS = {"due_at": RunRow.due_at, "-due_at": RunRow.due_at.desc()}


@dataclass(frozen=True)
class StartedRun:
    """The id of the new run, or the run that conflicts with it, or neither when the due time already had its run."""

    run_id: UUID | None = None
    conflict: RunRow | None = None


class SchedulerTransaction(Transaction):
    """One transaction on the schedules and runs."""

    async def add_schedules(self, rows: list[dict[str, Any]]) -> None:
        """Add missing schedules. Existing ones keep what a person changed."""
        await self.session.execute(insert(ScheduleRow).on_conflict_do_nothing(), rows)

    async def due(self, now: datetime, clock_was_set_back: timedelta) -> list[ScheduleRow]:
        """Return the schedules that are due, locked. Skips those that another replica has locked.

        A schedule whose last tick is more than `clock_was_set_back` in the future is due as well.
        """
        is_due = or_(ScheduleRow.next_due_at <= now, ScheduleRow.ticked_at > now + clock_was_set_back)
        found = await self.session.scalars(
            select(ScheduleRow)
            .where(ScheduleRow.enabled, ScheduleRow.next_due_at.is_not(None), is_due)
            .order_by(ScheduleRow.next_due_at)
            .with_for_update(skip_locked=True)
        )
        return list(found)

    async def bring_forward(self, tasks: Sequence[str], due_at: datetime) -> list[str]:
        """Move the due time of these tasks forward to `due_at` if they are due later. Returns the tasks that moved.

        Later due times follow the cron line again.
        """
        later = update(ScheduleRow).where(ScheduleRow.task.in_(tasks), ScheduleRow.next_due_at > due_at)
        found = await self.session.scalars(later.values(next_due_at=due_at).returning(ScheduleRow.task))
        return sorted(found)

    async def soonest_due(self) -> datetime | None:
        """Return the next due time of all enabled tasks, or None when no task has one."""
        soonest = select(func.min(ScheduleRow.next_due_at)).where(ScheduleRow.enabled)
        found: datetime | None = await self.session.scalar(soonest)
        return found

    async def schedule(self, task: str, *, to_change: bool = False) -> ScheduleRow | None:
        """Return the schedule of a task, locked if it is `to_change`."""
        return await self.session.get(ScheduleRow, task, with_for_update=to_change or None)

    async def schedules(self) -> list[ScheduleRow]:
        """Return all schedules, by task name."""
        return list(await self.session.scalars(select(ScheduleRow).order_by(ScheduleRow.task)))

    async def start_run(
        self, task: str, *, due_at: datetime, by: str, parameters: dict[str, Any], dry_run: bool = False
    ) -> StartedRun:
        """Create a run of the task, unless one is in progress or this due time already had its run."""
        values = {"task": task, "status": RunStatus.SCHEDULED.value, "by": by, "due_at": due_at, "trace_id": trace_id()}
        new = insert(RunRow).values(id=uuid4(), parameters=parameters, dry_run=dry_run, **values)
        had = select(RunRow.id).where(RunRow.task == task, RunRow.due_at == due_at, RunRow.by == "schedule")
        while True:
            added = await self.session.execute(new.on_conflict_do_nothing().returning(RunRow.id))
            if run_id := added.scalar_one_or_none():
                return StartedRun(run_id=run_id)
            if by == "schedule" and await self.session.scalar(had):
                return StartedRun()
            if other := await self.run_in_progress(task):
                return StartedRun(conflict=other)
            # The conflicting run has ended in the meantime.

    async def run_in_progress(self, task: str) -> RunRow | None:
        """Return the run of the task that is in progress."""
        return (
            await self.session.scalars(select(RunRow).where(RunRow.task == task, RunRow.status.in_(UNDER_WAY)))
        ).first()

    async def runs_in_progress(self) -> list[RunRow]:
        """Return all runs in progress, the oldest first."""
        found = await self.session.scalars(
            select(RunRow).where(RunRow.status.in_(UNDER_WAY)).order_by(RunRow.due_at, RunRow.id)
        )
        return list(found)

    async def run(self, run_id: UUID, *, to_change: bool = False) -> RunRow | None:
        """Return a run, locked if it is `to_change`."""
        return await self.session.get(RunRow, run_id, with_for_update=to_change or None)

    async def list_runs(self, request: ListRuns) -> tuple[list[RunRow], int]:
        """Return one page of the runs that match, and the number of all that match. `sort` must be in `RUN_SORTS`."""
        wanted = select(RunRow)
        if request.task:
            wanted = wanted.where(RunRow.task == request.task)
        if request.since:
            wanted = wanted.where(RunRow.due_at >= request.since)
        if request.status:
            wanted = wanted.where(RunRow.status == request.status.value)
        total = await self.session.scalar(select(func.count()).select_from(wanted.subquery()))
        ordered = wanted.order_by(RUN_SORTS[request.sort], RunRow.id)
        rows = await self.session.scalars(ordered.limit(request.limit).offset(request.offset))
        return list(rows), total or 0

    async def runs_of_books(self, tasks: Sequence[str], books: Sequence[str], limit: int) -> list[RunRow]:
        """Return the newest runs of these tasks whose parameter `book_id` is one of these books."""
        rows = await self.session.scalars(
            select(RunRow)
            .where(RunRow.task.in_(tasks), RunRow.parameters["book_id"].astext.in_(books))
            .order_by(RunRow.due_at.desc())
            .limit(limit)
        )
        return list(rows)

    async def count_runs_by_status(self, since: datetime | None) -> dict[str, int]:
        """Count the runs by status; only those due at `since` or later, if given."""
        counted = select(RunRow.status, func.count()).group_by(RunRow.status)
        if since:
            counted = counted.where(RunRow.due_at >= since)
        return {status: count for status, count in await self.session.execute(counted)}

    async def sum_misfires(self) -> dict[str, int]:
        """Return the totals of all schedules: caught up, merged, missed and overlapped due times."""
        counts = (ScheduleRow.caught_up, ScheduleRow.merged, ScheduleRow.missed, ScheduleRow.overlapped)
        summed = (await self.session.execute(select(*(func.coalesce(func.sum(each), 0) for each in counts)))).one()
        return {column.key: int(count) for column, count in zip(counts, summed, strict=True)}

    async def delete_old_runs(self, before: datetime, keep_newest: int, *, dry_run: bool) -> int:
        """Delete the ended runs that were due before this time. Returns their number; a dry run only counts them.

        The newest `keep_newest` runs and the last run of each task are never deleted.
        """
        ended = RunRow.status.not_in(UNDER_WAY)
        last = select(RunRow.id).order_by(RunRow.due_at.desc(), RunRow.id).limit(keep_newest)
        newest = select(RunRow.id).where(ended).order_by(RunRow.task, RunRow.due_at.desc())
        of_each = newest.ext(distinct_on(RunRow.task))
        old = (RunRow.due_at < before, ended, RunRow.id.not_in(last), RunRow.id.not_in(of_each))
        count = await self.session.scalar(select(func.count()).select_from(RunRow).where(*old))
        if not dry_run:
            await self.session.execute(delete(RunRow).where(*old))
        return count or 0

    async def last_run(self, task: str) -> RunRow | None:
        """Return the newest run of a task."""
        return (await self.session.scalars(_newest(RunRow).where(RunRow.task == task))).first()

    async def last_runs(self) -> dict[str, RunRow]:
        """Return the newest run of each task. Uses the index for each task, as some have many thousands of runs."""
        last = _newest(RunRow.id).where(RunRow.task == ScheduleRow.task).scalar_subquery()
        rows = await self.session.scalars(select(RunRow).where(RunRow.id.in_(select(last).select_from(ScheduleRow))))
        return {row.task: row for row in rows}

    async def started(self, run_id: UUID, now: datetime, *, quiet: timedelta = timedelta()) -> None:
        """Record that the run is in progress. No heartbeat is expected within `quiet`."""
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
        """Store the figures if they are newer than the stored ones. Events may come in any order."""
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
                _set_tally(row, event.tally)

    async def finished(self, event: RunFinished, now: datetime) -> None:
        """Store how the run ended. A cancelled run stays cancelled and keeps both lists of problems."""
        row = await self.session.get(RunRow, event.run_id, with_for_update=True)
        if row is None:
            return
        row.heard_at, row.started_at = now, row.started_at or now
        if row.status == RunStatus.CANCELLED.value:
            before = coded_problems(row.problems, row.details)
            row.details = event.details
            _set_problems(row, [*before, *coded_problems(event.problems, event.details)])
        else:
            row.details = event.details
            row.status, row.ended_at, row.problems = event.outcome.value, now, event.problems
        _set_tally(row, event.tally)

    async def fail_silent_runs(self, now: datetime, silence: timedelta) -> list[RunRow]:
        """Fail the running runs without a heartbeat for `silence`. Skips those that another replica has locked."""
        minutes = int(silence.total_seconds() // 60)
        why = translatable("run.silent", f"this run sent no heartbeat for {minutes} minutes", minutes=minutes)
        found = await self.session.scalars(
            select(RunRow)
            .where(RunRow.status == RunStatus.RUNNING.value, RunRow.heard_at < now - silence)
            .with_for_update(skip_locked=True)
        )
        failed = list(found)
        for row in failed:
            _fail(row, now, why)
        return failed

    async def mark_to_resend(self, now: datetime, wait: timedelta) -> list[RunRow]:
        """Return the runs that have not started within `wait` and whose command was sent once; marks them as resent."""
        found = await self.session.scalars(
            _not_started().where(RunRow.sent_again_at.is_(None), RunRow.due_at < now - wait)
        )
        again = list(found)
        for row in again:
            row.sent_again_at = now
        return again

    async def fail_unstarted_runs(self, now: datetime, wait: timedelta) -> list[RunRow]:
        """Fail the runs that have not started within `wait` after their command was resent."""
        found = await self.session.scalars(_not_started().where(RunRow.sent_again_at < now - wait))
        failed = list(found)
        why = translatable(
            "run.not_started",
            "no service started this run, although its command was sent twice: is the service running?",
        )
        for row in failed:
            _fail(row, now, why)
        return failed


def _not_started() -> Select[RunRow]:
    """Select the scheduled runs that no service has started. Skips those that another replica has locked."""
    return select(RunRow).where(RunRow.status == RunStatus.SCHEDULED.value).with_for_update(skip_locked=True)


def _fail(row: RunRow, now: datetime, why: str) -> None:
    row.status, row.ended_at = RunStatus.FAILED.value, now
    add_problem(row, why)


def add_problem(row: RunRow, problem: str) -> None:
    """Add a problem to those of the run, with its code and figures."""
    _set_problems(row, [*coded_problems(row.problems, row.details), problem])


def _set_problems(row: RunRow, problems: Sequence[str]) -> None:
    """Store these problems, each once, with their codes and figures."""
    row.problems = list(dict.fromkeys(problems))
    row.details = with_codes(row.details, row.problems)


def _newest(what: Any) -> Select[Any]:
    return select(what).order_by(RunRow.due_at.desc()).limit(1)


def _set_tally(row: RunRow, tally: RunTally) -> None:
    row.expected, row.processed = tally.expected, tally.processed
    row.succeeded, row.failed = tally.succeeded, tally.failed


def run_model(row: RunRow) -> Run:
    """Return the row as other services see it."""
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
