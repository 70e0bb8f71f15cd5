"""Settings of the scheduler: the initial schedule of each task, and the retention of runs."""

from datetime import UTC, datetime
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, Field, create_model
from shared.chassis.setting_groups import Group
from shared.chassis.settings import ServiceSettings

from scheduler.domain.cron import next_due, zone_named
from scheduler.domain.refusals import WrongCron, WrongTimeZone
from scheduler.domain.task_table import BY_HAND, TASKS

_FORM = "five cron fields in TASK_TIME_ZONE, '@every 30s', or 'by hand'"
_ZONE_FORM = "a time zone name such as Europe/Warsaw"


def _readable(line: str) -> str:
    if line == BY_HAND:
        return ""
    try:
        next_due(line, datetime(2026, 1, 1, tzinfo=UTC))
    except WrongCron as wrong:
        raise ValueError(wrong.detail) from wrong
    return line


def _known(zone: str) -> str:
    try:
        zone_named(zone)
    except WrongTimeZone as wrong:
        raise ValueError(wrong.detail) from wrong
    return zone


Zone = Annotated[str, AfterValidator(_known)]
Cron = Annotated[str, AfterValidator(_readable)]


class SchedulerSettings(ServiceSettings):
    """The time zone and the retention. `SETTINGS` also has `TASK_<NAME>_CRON`, the initial schedule of each task.

    A change of a schedule over the API takes precedence.
    """

    group: ClassVar = Group("schedule", "Schedule")

    tz: Zone = Field(
        "UTC", description=f"{_ZONE_FORM}; used where no other time zone is set", examples=["Europe/Warsaw"]
    )
    task_time_zone: Zone | None = Field(
        None, description=f"{_ZONE_FORM}, for the initial cron lines; default: TZ", examples=["UTC"]
    )
    runs_keep_days: int = Field(
        30,
        ge=1,
        le=3650,
        description="days to keep runs; the newest 1,000 and the last of each task are always kept",
    )

    @property
    def time_zone(self) -> str:
        """The time zone of the initial cron lines."""
        return self.task_time_zone or self.tz

    def crons(self) -> dict[str, str]:
        """Return the initial cron line of every task, by task name. An empty line: it runs only by hand."""
        return {task.name: str(getattr(self, f"task_{task.name}_cron")) for task in TASKS}


class _InitialSchedules(BaseModel):
    group: ClassVar = Group(
        "initial_schedules",
        "Initial schedules",
        locked="only the environment can set it: change the present schedule at /api/scheduler/tasks",
    )


_INITIAL_SCHEDULES: type[BaseModel] = create_model(
    "InitialSchedules",
    __base__=_InitialSchedules,
    **{  # type: ignore[call-overload]  # pydantic has no type for fields whose names are made
        f"task_{task.name}_cron": (
            Cron,
            Field(
                task.cron,
                validate_default=True,
                description=_FORM,
                examples=[task.cron],
            ),
        )
        for task in TASKS
    },
)
SETTINGS = SchedulerSettings.with_parts([_INITIAL_SCHEDULES])
"""The settings of the service."""
