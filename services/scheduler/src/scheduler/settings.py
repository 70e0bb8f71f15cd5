"""Settings of the scheduler: the initial schedule of each task, and the retention of runs."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, Field
from shared.chassis.settings import ServiceSettings

from scheduler.domain.catalogue import CATALOGUE
from scheduler.domain.cron import next_due, zone_named
from scheduler.domain.refusals import WrongCron, WrongTimeZone

_FORM = "five cron fields in TASK_TIME_ZONE, '@every 30s', or 'by hand'"
_BY_HAND = "by hand"
_ZONE_FORM = "a time zone name such as Europe/Warsaw"


def _readable(line: str) -> str:
    if line == _BY_HAND:
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
    """`TASK_<NAME>_CRON` is the initial cron line of a task. A change made over the API takes precedence."""

    tz: Zone = Field(
        "UTC", description=f"{_ZONE_FORM}; used where no other time zone is set", examples=["Europe/Warsaw"]
    )
    task_time_zone: Zone | None = Field(
        None, description=f"{_ZONE_FORM}, for the initial cron lines; default: TZ", examples=["UTC"]
    )
    task_library_scan_cron: Cron = Field("*/30 * * * *", description=_FORM, examples=["*/30 * * * *"])
    task_series_completion_cron: Cron = Field("0 3 2 * *", description=_FORM, examples=["0 3 2 * *"])
    task_author_completion_cron: Cron = Field("0 3 3 * *", description=_FORM, examples=["0 3 3 * *"])
    task_wanted_search_cron: Cron = Field("0 */6 * * *", description=_FORM, examples=["0 */6 * * *"])
    task_download_monitor_cron: Cron = Field("@every 30s", description=_FORM, examples=["@every 30s"])
    task_download_retry_cron: Cron = Field("*/5 * * * *", description=_FORM, examples=["*/5 * * * *"])
    task_metadata_daily_cron: Cron = Field("0 3 * * *", description=_FORM, examples=["0 3 * * *"])
    task_metadata_new_books_cron: Cron = Field("30 4 * * 0", description=_FORM, examples=["30 4 * * 0"])
    task_metadata_full_refresh_cron: Cron = Field("0 4 1 * *", description=_FORM, examples=["0 4 1 * *"])
    task_metadata_missing_cron: Cron = Field("by hand", validate_default=True, description=_FORM, examples=["by hand"])
    task_metadata_book_cron: Cron = Field("by hand", validate_default=True, description=_FORM, examples=["by hand"])
    task_cleanup_cron: Cron = Field("0 1 * * *", description=_FORM, examples=["0 1 * * *"])
    runs_keep_days: int = Field(
        30,
        ge=1,
        le=3650,
        description="days for which runs are kept; the newest 1,000 and the last of each task are always kept",
    )

    @property
    def time_zone(self) -> str:
        """The time zone of the initial cron lines."""
        return self.task_time_zone or self.tz

    def crons(self) -> dict[str, str]:
        """Return the initial cron line of every task, by task name. An empty line: it runs only by hand."""
        return {task.name: str(getattr(self, f"task_{task.name}_cron")) for task in CATALOGUE}
