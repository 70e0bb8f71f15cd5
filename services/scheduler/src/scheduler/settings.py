"""Settings of the scheduler: nothing but when each task is due, unless told otherwise over the API."""

from pydantic import Field
from shared.chassis.settings import ServiceSettings

from scheduler.catalogue import CATALOGUE

_FORM = "five cron fields in UTC, or '@every 30s'"


class SchedulerSettings(ServiceSettings):
    """`TASK_<NAME>_CRON` is a task's first cron line; one changed over the API stays as it was changed."""

    task_library_scan_cron: str = Field("*/30 * * * *", description=_FORM, examples=["*/30 * * * *"])
    task_series_completion_cron: str = Field("0 3 2 * *", description=_FORM, examples=["0 3 2 * *"])
    task_author_completion_cron: str = Field("0 3 3 * *", description=_FORM, examples=["0 3 3 * *"])
    task_wanted_search_cron: str = Field("0 */6 * * *", description=_FORM, examples=["0 */6 * * *"])
    task_download_monitor_cron: str = Field("@every 30s", description=_FORM, examples=["@every 30s"])
    task_download_retry_cron: str = Field("*/5 * * * *", description=_FORM, examples=["*/5 * * * *"])
    task_metadata_daily_cron: str = Field("0 3 * * *", description=_FORM, examples=["0 3 * * *"])
    task_metadata_new_books_cron: str = Field("30 4 * * 0", description=_FORM, examples=["30 4 * * 0"])
    task_metadata_full_refresh_cron: str = Field("0 4 1 * *", description=_FORM, examples=["0 4 1 * *"])

    def crons(self) -> dict[str, str]:
        """The first cron line of every task, by the task's name."""
        return {task.name: str(getattr(self, f"task_{task.name}_cron")) for task in CATALOGUE}
