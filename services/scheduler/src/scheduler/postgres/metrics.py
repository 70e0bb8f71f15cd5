"""The gauges of tasks for `/metrics`."""

from shared.chassis.metrics import WHOLE_TABLE_SECONDS, Gauge
from shared.contracts.scheduler import RunStatus
from sqlalchemy import Integer, case, func, select

from scheduler.postgres.tables import RunRow, ScheduleRow

_REAL = RunRow.dry_run.is_(False)
_SCHEDULES = select(
    ScheduleRow.task,
    case((ScheduleRow.enabled, func.extract("epoch", ScheduleRow.next_due_at))).label("due"),
    ScheduleRow.enabled.cast(Integer).label("is_enabled"),
)
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
        _SCHEDULES,
        ("task",),
        figure="due",
    ),
    Gauge(
        "gapless_task_enabled",
        "1 if the task is started by its schedule, else 0",
        _SCHEDULES,
        ("task",),
        figure="is_enabled",
    ),
    Gauge(
        "gapless_runs_active",
        "runs that are waiting or in progress, by task",
        select(RunRow.task, func.count()).where(RunRow.status.in_(_ACTIVE)).group_by(RunRow.task),
        ("task",),
    ),
)
