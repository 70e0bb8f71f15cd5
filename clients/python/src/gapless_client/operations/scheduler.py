"""Tasks, their schedules and their runs.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import builtins
import datetime as dt
from typing import Any
from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Scheduler:
    """Tasks, their schedules and their runs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def cancel_run(self, run_id: UUID, *, idempotency_key: str | None = None) -> models.Run:
        """Cancel a run that is in progress. What is done stays done. Refused if the run has ended."""
        return self._connection.send(
            "POST",
            f"/api/scheduler/runs/{segment(run_id)}/cancel",
            models.Run,
            headers={"Idempotency-Key": idempotency_key},
        )

    def change_task(self, name: str, body: models.TaskChange) -> models.Task:
        """Change the cron line, the time zone, the parameters, or whether the task is enabled. Takes effect at once.

        Missing fields stay as they are. With an empty cron line the task runs only by hand. The answer shows the next
        five due times.
        """
        return self._connection.send("PUT", f"/api/scheduler/tasks/{segment(name)}", models.Task, body=body)

    def clean_up_now(self, *, dry_run: bool | None = None, idempotency_key: str | None = None) -> models.Run:
        """Run the task `cleanup` now: every service deletes what has passed its retention period.

        - `dry_run`: change nothing, and list in the `plan` of the run what it would do
        """
        return self._connection.send(
            "POST",
            "/api/scheduler/cleanup",
            models.Run,
            query={"dry_run": dry_run},
            headers={"Idempotency-Key": idempotency_key},
        )

    def delete_task_record(self, name: UUID) -> None:
        """Delete the record of a run that has ended, by the id of the run.

        - `name`: the id of the run to delete
        """
        self._connection.send("DELETE", f"/api/scheduler/tasks/{segment(name)}", type(None))

    def disable_task(self, name: str, *, idempotency_key: str | None = None) -> models.Task:
        """Disable the schedule of a task. It can still be run by hand."""
        return self._connection.send(
            "POST",
            f"/api/scheduler/tasks/{segment(name)}/disable",
            models.Task,
            headers={"Idempotency-Key": idempotency_key},
        )

    def enable_task(self, name: str, *, idempotency_key: str | None = None) -> models.Task:
        """Enable the schedule of a task."""
        return self._connection.send(
            "POST",
            f"/api/scheduler/tasks/{segment(name)}/enable",
            models.Task,
            headers={"Idempotency-Key": idempotency_key},
        )

    def get_run(self, run_id: UUID) -> models.Run:
        """One run: its figures, its log and its problems."""
        return self._connection.send("GET", f"/api/scheduler/runs/{segment(run_id)}", models.Run)

    def get_status(self) -> models.SchedulerStatus:
        """The delay and the misfires of the scheduler, and the runs that are waiting, running or stuck."""
        return self._connection.send("GET", "/api/scheduler/status", models.SchedulerStatus)

    def get_task(self, name: str) -> models.Task:
        """One task, with its next five due times and its last run."""
        return self._connection.send("GET", f"/api/scheduler/tasks/{segment(name)}", models.Task)

    def list_jobs(self) -> builtins.list[models.Job]:
        """When each enabled task is due next, the soonest first."""
        return self._connection.send("GET", "/api/scheduler/jobs", builtins.list[models.Job])

    def list_runs(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        task: str | None = None,
        status: models.RunStatus | None = None,
        since: dt.datetime | None = None,
    ) -> Page[models.Run]:
        """The runs of all tasks, newest first by default.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        - `since`: only runs that were due at this time or later
        """
        return self._connection.send(
            "GET",
            "/api/scheduler/runs",
            Page[models.Run],
            query={"limit": limit, "offset": offset, "sort": sort, "task": task, "status": status, "since": since},
        )

    def list_runs_of_task(
        self,
        name: str,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        status: models.RunStatus | None = None,
        since: dt.datetime | None = None,
    ) -> Page[models.Run]:
        """The runs of one task, newest first by default.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        - `since`: only runs that were due at this moment or later
        """
        return self._connection.send(
            "GET",
            f"/api/scheduler/tasks/{segment(name)}/history",
            Page[models.Run],
            query={"limit": limit, "offset": offset, "sort": sort, "status": status, "since": since},
        )

    def list_tasks(self) -> builtins.list[models.Task]:
        """All tasks, with their next due times and their last runs."""
        return self._connection.send("GET", "/api/scheduler/tasks", builtins.list[models.Task])

    def preview_schedule(self, *, cron: str, time_zone: str | None = None) -> models.SchedulePreview:
        """The next five due times of a cron line in a time zone. Changes nothing; refuses what a task would refuse.

        - `cron`: five fields, such as '0 3 * * *', or '@every 30s'; empty: runs only by hand
        - `time_zone`: time zone of the cron expression
        """
        return self._connection.send(
            "GET", "/api/scheduler/preview", models.SchedulePreview, query={"cron": cron, "time_zone": time_zone}
        )

    def run_task(
        self,
        name: str,
        body: dict[str, Any] | None = None,
        *,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> models.Run:
        """Run a task now. Refused while a run of the task is in progress.

        The given parameters override those of the schedule. A dry run queries outside systems as a run does, changes
        nothing, and lists in the details of the run, under `plan`, what it would do.

        - `dry_run`: change nothing, and list in the `plan` of the run what it would do
        """
        return self._connection.send(
            "POST",
            f"/api/scheduler/tasks/{segment(name)}/run",
            models.Run,
            query={"dry_run": dry_run},
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )


class AsyncScheduler:
    """Tasks, their schedules and their runs."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def cancel_run(self, run_id: UUID, *, idempotency_key: str | None = None) -> models.Run:
        """Cancel a run that is in progress. What is done stays done. Refused if the run has ended."""
        return await self._connection.send(
            "POST",
            f"/api/scheduler/runs/{segment(run_id)}/cancel",
            models.Run,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def change_task(self, name: str, body: models.TaskChange) -> models.Task:
        """Change the cron line, the time zone, the parameters, or whether the task is enabled. Takes effect at once.

        Missing fields stay as they are. With an empty cron line the task runs only by hand. The answer shows the next
        five due times.
        """
        return await self._connection.send("PUT", f"/api/scheduler/tasks/{segment(name)}", models.Task, body=body)

    async def clean_up_now(self, *, dry_run: bool | None = None, idempotency_key: str | None = None) -> models.Run:
        """Run the task `cleanup` now: every service deletes what has passed its retention period.

        - `dry_run`: change nothing, and list in the `plan` of the run what it would do
        """
        return await self._connection.send(
            "POST",
            "/api/scheduler/cleanup",
            models.Run,
            query={"dry_run": dry_run},
            headers={"Idempotency-Key": idempotency_key},
        )

    async def delete_task_record(self, name: UUID) -> None:
        """Delete the record of a run that has ended, by the id of the run.

        - `name`: the id of the run to delete
        """
        await self._connection.send("DELETE", f"/api/scheduler/tasks/{segment(name)}", type(None))

    async def disable_task(self, name: str, *, idempotency_key: str | None = None) -> models.Task:
        """Disable the schedule of a task. It can still be run by hand."""
        return await self._connection.send(
            "POST",
            f"/api/scheduler/tasks/{segment(name)}/disable",
            models.Task,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def enable_task(self, name: str, *, idempotency_key: str | None = None) -> models.Task:
        """Enable the schedule of a task."""
        return await self._connection.send(
            "POST",
            f"/api/scheduler/tasks/{segment(name)}/enable",
            models.Task,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def get_run(self, run_id: UUID) -> models.Run:
        """One run: its figures, its log and its problems."""
        return await self._connection.send("GET", f"/api/scheduler/runs/{segment(run_id)}", models.Run)

    async def get_status(self) -> models.SchedulerStatus:
        """The delay and the misfires of the scheduler, and the runs that are waiting, running or stuck."""
        return await self._connection.send("GET", "/api/scheduler/status", models.SchedulerStatus)

    async def get_task(self, name: str) -> models.Task:
        """One task, with its next five due times and its last run."""
        return await self._connection.send("GET", f"/api/scheduler/tasks/{segment(name)}", models.Task)

    async def list_jobs(self) -> builtins.list[models.Job]:
        """When each enabled task is due next, the soonest first."""
        return await self._connection.send("GET", "/api/scheduler/jobs", builtins.list[models.Job])

    async def list_runs(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        task: str | None = None,
        status: models.RunStatus | None = None,
        since: dt.datetime | None = None,
    ) -> Page[models.Run]:
        """The runs of all tasks, newest first by default.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        - `since`: only runs that were due at this time or later
        """
        return await self._connection.send(
            "GET",
            "/api/scheduler/runs",
            Page[models.Run],
            query={"limit": limit, "offset": offset, "sort": sort, "task": task, "status": status, "since": since},
        )

    async def list_runs_of_task(
        self,
        name: str,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        status: models.RunStatus | None = None,
        since: dt.datetime | None = None,
    ) -> Page[models.Run]:
        """The runs of one task, newest first by default.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        - `since`: only runs that were due at this moment or later
        """
        return await self._connection.send(
            "GET",
            f"/api/scheduler/tasks/{segment(name)}/history",
            Page[models.Run],
            query={"limit": limit, "offset": offset, "sort": sort, "status": status, "since": since},
        )

    async def list_tasks(self) -> builtins.list[models.Task]:
        """All tasks, with their next due times and their last runs."""
        return await self._connection.send("GET", "/api/scheduler/tasks", builtins.list[models.Task])

    async def preview_schedule(self, *, cron: str, time_zone: str | None = None) -> models.SchedulePreview:
        """The next five due times of a cron line in a time zone. Changes nothing; refuses what a task would refuse.

        - `cron`: five fields, such as '0 3 * * *', or '@every 30s'; empty: runs only by hand
        - `time_zone`: time zone of the cron expression
        """
        return await self._connection.send(
            "GET", "/api/scheduler/preview", models.SchedulePreview, query={"cron": cron, "time_zone": time_zone}
        )

    async def run_task(
        self,
        name: str,
        body: dict[str, Any] | None = None,
        *,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> models.Run:
        """Run a task now. Refused while a run of the task is in progress.

        The given parameters override those of the schedule. A dry run queries outside systems as a run does, changes
        nothing, and lists in the details of the run, under `plan`, what it would do.

        - `dry_run`: change nothing, and list in the `plan` of the run what it would do
        """
        return await self._connection.send(
            "POST",
            f"/api/scheduler/tasks/{segment(name)}/run",
            models.Run,
            query={"dry_run": dry_run},
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )
