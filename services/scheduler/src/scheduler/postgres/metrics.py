"""The gauges of tasks for `/metrics`."""

from shared.chassis.metrics import WHOLE_TABLE_SECONDS, Gauge
from shared.contracts.scheduler import RunStatus
from sqlalchemy import Integer, func, select

from scheduler.postgres.tables import RunRow, ScheduleRow

_REAL = RunRow.dry_run.is_(False)
_ACTIVE = (RunStatus.SCHEDULED.value, RunStatus.RUNNING.value)

GAUGES = (
    Gauge(
        "gapless_task_last_success_timestamp_seconds",
        "when the last run of the task ended that was completed",
        select(RunRow.task, func.extract("epoch", func.max(RunRow.ended_at)))
        .where(_REAL, RunRow.status == RunStatus.COMPLETED.value)
        .group_by(RunRow.task),
        ("task",),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_task_last_failure_timestamp_seconds",
        "when the last run of the task ended that failed",
        select(RunRow.task, func.extract("epoch", func.max(RunRow.ended_at)))
        .where(_REAL, RunRow.status == RunStatus.FAILED.value)
        .group_by(RunRow.task),
        ("task",),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_task_next_due_timestamp_seconds",
        "when the task is due next",
        select(ScheduleRow.task, func.extract("epoch", ScheduleRow.next_due_at)).where(ScheduleRow.enabled),
        ("task",),
    ),
    Gauge(
        "gapless_task_enabled",
        "1 if the task is started by its schedule, else 0",
        select(ScheduleRow.task, ScheduleRow.enabled.cast(Integer)),
        ("task",),
    ),
    Gauge(
        "gapless_runs_active",
        "runs that are waiting or in progress, by task",
        select(RunRow.task, func.count()).where(RunRow.status.in_(_ACTIVE)).group_by(RunRow.task),
        ("task",),
    ),
)
