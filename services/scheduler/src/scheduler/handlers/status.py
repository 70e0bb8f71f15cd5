"""The status of the scheduler: next due times, delay, misfires, and the runs in progress."""

from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.contracts.scheduler import Job, ListJobs, Misfires, RunStatus, SchedulerStatus, TellSchedulerStatus

from scheduler.domain.cron import next_times
from scheduler.domain.refusals import WrongCron, WrongTimeZone
from scheduler.postgres.tables import ScheduleRow
from scheduler.postgres.transaction import SchedulerTransaction, run_model

STUCK = timedelta(minutes=5)
"""A run sends a heartbeat every minute. A run without one for this long counts as stuck."""
NO_LEADER = "none: each replica starts due tasks under a lock in Postgres"


def times_of(schedule: ScheduleRow) -> list[datetime]:
    """Return the next five due times of a schedule, or none if it is disabled or runs only by hand."""
    if not schedule.enabled or schedule.next_due_at is None:
        return []
    try:
        return next_times(schedule.cron, schedule.next_due_at, schedule.time_zone)
    except (WrongCron, WrongTimeZone):
        return [schedule.next_due_at]


class StatusHandlers:
    """Handles the requests for the next jobs and for the scheduler's status."""

    def __init__(self, transaction: Transactions[SchedulerTransaction], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def list_jobs(self, _request: ListJobs) -> list[Job]:
        """Return the enabled tasks with their next due times, the soonest first."""
        async with self._transaction() as tx:
            jobs = [_job(schedule, times) for schedule in await tx.schedules() if (times := times_of(schedule))]
        return sorted(jobs, key=lambda job: (job.next_due_at, job.task))

    async def tell_status(self, _request: TellSchedulerStatus) -> SchedulerStatus:
        """Return the delay, the misfires, and the runs that are waiting, running or stuck."""
        now = self._clock.now()
        async with self._transaction() as tx:
            schedules, rows = await tx.schedules(), await tx.runs_in_progress()
        late = [(s.next_due_at, s.task) for s in schedules if s.enabled and s.next_due_at and s.next_due_at <= now]
        due_at, task = min(late, default=(now, None))
        runs = [run_model(row) for row in rows]
        running = [run for run in runs if run.status is RunStatus.RUNNING]
        return SchedulerStatus(
            leader=NO_LEADER,
            now=now,
            lag_seconds=(now - due_at).total_seconds(),
            lag_task=task,
            misfires=[_misfires(schedule) for schedule in schedules],
            waiting=[run for run in runs if run.status is RunStatus.SCHEDULED],
            running=running,
            stuck=[run for run in running if run.heard_at and now - run.heard_at > STUCK],
        )


def _job(schedule: ScheduleRow, times: list[datetime]) -> Job:
    return Job(
        task=schedule.task,
        cron=schedule.cron,
        time_zone=schedule.time_zone,
        next_due_at=times[0],
        next_times=times,
    )


def _misfires(schedule: ScheduleRow) -> Misfires:
    return Misfires(
        task=schedule.task,
        caught_up=schedule.caught_up,
        merged=schedule.merged,
        missed=schedule.missed,
        overlapped=schedule.overlapped,
    )
