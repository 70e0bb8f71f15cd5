"""Health, statistics and diagnostics of the services and of the systems that they use.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import builtins
import datetime as dt
from collections.abc import Sequence
from typing import Any, BinaryIO, Literal

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class System:
    """Health, statistics and diagnostics of the services and of the systems that they use."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def clean_up(self, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `cleanup` now: every service deletes what has passed its retention period."""
        return self._connection.send(
            "POST", "/api/system/cleanup", models.Run, headers={"Idempotency-Key": idempotency_key}
        )

    def delete_backup(self, name: str) -> None:
        """Delete one backup. The newest one cannot be deleted.

        - `name`: name of its file
        """
        self._connection.send("DELETE", f"/api/system/backups/{segment(name)}", type(None))

    def download_backup(self, to: BinaryIO) -> None:
        """Everything that all services store, as of one moment, while they keep running. Needs the scope `admin`.

        Secrets in it stay sealed with `SECRET_KEY`, which is not in it. A download that ends too early is not a
        backup: `gapless backup --verify FILE` checks it. One backup is made at a time.
        """
        self._connection.download("/api/system/backup", to)

    def download_scheduled_backup(self, name: str, to: BinaryIO) -> None:
        """The file of one backup. It has no secrets: what is sealed in it stays sealed with `SECRET_KEY`.

        - `name`: name of its file
        """
        self._connection.download(f"/api/system/backups/{segment(name)}", to)

    def download_support_bundle(self, to: BinaryIO, *, mask: bool | None = None) -> None:
        """What helps to find a fault: settings without secrets, findings of the doctor, logs, versions, tasks, runs and
        metrics. Read it before you send it. A part that cannot be read is left out, and the README says why. Needs
        the scope `admin`.

        - `mask`: mask titles, people, addresses and paths; secrets are never in it
        """
        self._connection.download("/api/system/support-bundle", to, query={"mask": mask})

    def examine_now(self, *, idempotency_key: str | None = None) -> models.Diagnosis:
        """Test every outside system with its credentials, and run every check. Changes nothing."""
        return self._connection.send(
            "POST", "/api/system/doctor", models.Diagnosis, headers={"Idempotency-Key": idempotency_key}
        )

    def get_data_quality(self) -> models.Completeness:
        """How complete the metadata is, field by field, and books that have no files, are gone or appear twice."""
        return self._connection.send("GET", "/api/system/data-quality", models.Completeness)

    def get_detailed_health(self) -> builtins.list[models.ServiceState]:
        """The state of every service as it reports it, or why it does not answer."""
        return self._connection.send("GET", "/api/system/health/detailed", builtins.list[models.ServiceState])

    def get_detailed_health_shortly(self) -> builtins.list[models.ServiceState]:
        """The same as `/api/system/health/detailed`."""
        return self._connection.send("GET", "/health/detailed", builtins.list[models.ServiceState])

    def get_diagnosis(self) -> models.Diagnosis:
        """What every check finds, and what to do about it. The states of outside systems are at most one minute old."""
        return self._connection.send("GET", "/api/system/doctor", models.Diagnosis)

    def get_diagnostics(self) -> models.Diagnostics:
        """Services, versions, schema revisions, streams and lags, failed messages, disk, limits, egress and clocks."""
        return self._connection.send("GET", "/api/system/diagnostics", models.Diagnostics)

    def get_growth(self, *, days: int | None = None) -> models.Growth:
        """The books, the missing ones and the complete ones of each day, from the first day on. The task `cleanup`
        records a day, and so does each call of this route.
        """
        return self._connection.send("GET", "/api/system/growth", models.Growth, query={"days": days})

    def get_health(self) -> dict[str, str]:
        """Whether the gateway reaches Postgres and NATS, and which settings the services wait for."""
        return self._connection.send("GET", "/api/system/health", dict[str, str])

    def get_integrations(self) -> models.IntegrationsReport:
        """The last known state of every outside system, at most one minute old."""
        return self._connection.send("GET", "/api/system/integrations", models.IntegrationsReport)

    def get_statistics(self) -> models.StatisticsReport:
        """The figures of every service: counts, bytes and seconds."""
        return self._connection.send("GET", "/api/system/statistics", models.StatisticsReport)

    def get_stats(self) -> models.StatisticsReport:
        """The same as `/api/system/statistics`."""
        return self._connection.send("GET", "/api/system/stats", models.StatisticsReport)

    def get_version(self) -> models.Version:
        """The installed version of Gapless."""
        return self._connection.send("GET", "/api/system/version", models.Version)

    def health(self) -> dict[str, Any]:
        """Answers 200 while the gateway reaches Postgres and NATS, otherwise 503."""
        return self._connection.send("GET", "/health", dict[str, Any])

    def list_backups(self) -> models.ScheduledBackups:
        """The backups in `BACKUP_PATH`, newest first, and how many are kept. Each was verified after it was written.

        The task `backup` makes them. `POST /api/scheduler/tasks/backup/run` makes one now. Needs the scope `admin`.
        """
        return self._connection.send("GET", "/api/system/backups", models.ScheduledBackups)

    def list_failed_messages(
        self,
        area: Literal["library", "mam", "downloads", "metadata", "scheduler", "gateway"],
        *,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Page[models.FailedMessage]:
        """The failed messages of one service, newest first. They are kept for 90 days.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            f"/api/system/diagnostics/{segment(area)}/failed",
            Page[models.FailedMessage],
            query={"limit": limit, "offset": offset},
        )

    def list_log_levels(self) -> models.LogLevels:
        """The least serious level that each service logs."""
        return self._connection.send("GET", "/api/logs/levels", models.LogLevels)

    def list_logs(
        self,
        *,
        service: Sequence[str] | None = None,
        level: models.LogLevel | None = None,
        request_id: str | None = None,
        book: str | None = None,
        text: str | None = None,
        before: dt.datetime | None = None,
        limit: int | None = None,
    ) -> models.LogPage:
        """The latest records of the services, newest first. Each service keeps about 2,000 in memory, so that they end
        with its process; the log of the container has all of them. With several replicas of a service, one of them
        answers.

        - `service`: only these services; empty: all
        - `level`: the least serious level
        - `request_id`: only records of this request
        - `book`: only records about a book: a part of its title, or its id
        - `text`: only records that contain this text, in upper or lower case
        - `before`: only older records: `at` of the last record of a page
        """
        return self._connection.send(
            "GET",
            "/api/logs",
            models.LogPage,
            query={
                "service": service,
                "level": level,
                "request_id": request_id,
                "book": book,
                "text": text,
                "before": before,
                "limit": limit,
            },
        )

    def ping(self) -> str:
        """Answers `pong` while the gateway runs."""
        return self._connection.send("GET", "/ping", str)

    def resend_failed_message(
        self,
        area: Literal["library", "mam", "downloads", "metadata", "scheduler", "gateway"],
        body: models.ResendFailedMessage,
        *,
        idempotency_key: str | None = None,
    ) -> models.FailedMessage:
        """Deliver a failed message to its consumer again. It is deleted once it is handled."""
        return self._connection.send(
            "POST",
            f"/api/system/diagnostics/{segment(area)}/resend",
            models.FailedMessage,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def set_log_levels(self, body: models.ChangeLogLevels) -> models.LogLevels:
        """Set what one service or all of them log, without a restart: for some minutes, or until they restart.

        The answer has the levels of the services that were changed. A service that does not answer keeps its level.
        """
        return self._connection.send("PUT", "/api/logs/levels", models.LogLevels, body=body)

    def test_integrations(self, *, idempotency_key: str | None = None) -> models.IntegrationsReport:
        """Test every outside system now with its credentials. Changes nothing."""
        return self._connection.send(
            "POST",
            "/api/system/integrations/test",
            models.IntegrationsReport,
            headers={"Idempotency-Key": idempotency_key},
        )


class AsyncSystem:
    """Health, statistics and diagnostics of the services and of the systems that they use."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def clean_up(self, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `cleanup` now: every service deletes what has passed its retention period."""
        return await self._connection.send(
            "POST", "/api/system/cleanup", models.Run, headers={"Idempotency-Key": idempotency_key}
        )

    async def delete_backup(self, name: str) -> None:
        """Delete one backup. The newest one cannot be deleted.

        - `name`: name of its file
        """
        await self._connection.send("DELETE", f"/api/system/backups/{segment(name)}", type(None))

    async def download_backup(self, to: BinaryIO) -> None:
        """Everything that all services store, as of one moment, while they keep running. Needs the scope `admin`.

        Secrets in it stay sealed with `SECRET_KEY`, which is not in it. A download that ends too early is not a
        backup: `gapless backup --verify FILE` checks it. One backup is made at a time.
        """
        await self._connection.download("/api/system/backup", to)

    async def download_scheduled_backup(self, name: str, to: BinaryIO) -> None:
        """The file of one backup. It has no secrets: what is sealed in it stays sealed with `SECRET_KEY`.

        - `name`: name of its file
        """
        await self._connection.download(f"/api/system/backups/{segment(name)}", to)

    async def download_support_bundle(self, to: BinaryIO, *, mask: bool | None = None) -> None:
        """What helps to find a fault: settings without secrets, findings of the doctor, logs, versions, tasks, runs and
        metrics. Read it before you send it. A part that cannot be read is left out, and the README says why. Needs
        the scope `admin`.

        - `mask`: mask titles, people, addresses and paths; secrets are never in it
        """
        await self._connection.download("/api/system/support-bundle", to, query={"mask": mask})

    async def examine_now(self, *, idempotency_key: str | None = None) -> models.Diagnosis:
        """Test every outside system with its credentials, and run every check. Changes nothing."""
        return await self._connection.send(
            "POST", "/api/system/doctor", models.Diagnosis, headers={"Idempotency-Key": idempotency_key}
        )

    async def get_data_quality(self) -> models.Completeness:
        """How complete the metadata is, field by field, and books that have no files, are gone or appear twice."""
        return await self._connection.send("GET", "/api/system/data-quality", models.Completeness)

    async def get_detailed_health(self) -> builtins.list[models.ServiceState]:
        """The state of every service as it reports it, or why it does not answer."""
        return await self._connection.send("GET", "/api/system/health/detailed", builtins.list[models.ServiceState])

    async def get_detailed_health_shortly(self) -> builtins.list[models.ServiceState]:
        """The same as `/api/system/health/detailed`."""
        return await self._connection.send("GET", "/health/detailed", builtins.list[models.ServiceState])

    async def get_diagnosis(self) -> models.Diagnosis:
        """What every check finds, and what to do about it. The states of outside systems are at most one minute old."""
        return await self._connection.send("GET", "/api/system/doctor", models.Diagnosis)

    async def get_diagnostics(self) -> models.Diagnostics:
        """Services, versions, schema revisions, streams and lags, failed messages, disk, limits, egress and clocks."""
        return await self._connection.send("GET", "/api/system/diagnostics", models.Diagnostics)

    async def get_growth(self, *, days: int | None = None) -> models.Growth:
        """The books, the missing ones and the complete ones of each day, from the first day on. The task `cleanup`
        records a day, and so does each call of this route.
        """
        return await self._connection.send("GET", "/api/system/growth", models.Growth, query={"days": days})

    async def get_health(self) -> dict[str, str]:
        """Whether the gateway reaches Postgres and NATS, and which settings the services wait for."""
        return await self._connection.send("GET", "/api/system/health", dict[str, str])

    async def get_integrations(self) -> models.IntegrationsReport:
        """The last known state of every outside system, at most one minute old."""
        return await self._connection.send("GET", "/api/system/integrations", models.IntegrationsReport)

    async def get_statistics(self) -> models.StatisticsReport:
        """The figures of every service: counts, bytes and seconds."""
        return await self._connection.send("GET", "/api/system/statistics", models.StatisticsReport)

    async def get_stats(self) -> models.StatisticsReport:
        """The same as `/api/system/statistics`."""
        return await self._connection.send("GET", "/api/system/stats", models.StatisticsReport)

    async def get_version(self) -> models.Version:
        """The installed version of Gapless."""
        return await self._connection.send("GET", "/api/system/version", models.Version)

    async def health(self) -> dict[str, Any]:
        """Answers 200 while the gateway reaches Postgres and NATS, otherwise 503."""
        return await self._connection.send("GET", "/health", dict[str, Any])

    async def list_backups(self) -> models.ScheduledBackups:
        """The backups in `BACKUP_PATH`, newest first, and how many are kept. Each was verified after it was written.

        The task `backup` makes them. `POST /api/scheduler/tasks/backup/run` makes one now. Needs the scope `admin`.
        """
        return await self._connection.send("GET", "/api/system/backups", models.ScheduledBackups)

    async def list_failed_messages(
        self,
        area: Literal["library", "mam", "downloads", "metadata", "scheduler", "gateway"],
        *,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Page[models.FailedMessage]:
        """The failed messages of one service, newest first. They are kept for 90 days.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            f"/api/system/diagnostics/{segment(area)}/failed",
            Page[models.FailedMessage],
            query={"limit": limit, "offset": offset},
        )

    async def list_log_levels(self) -> models.LogLevels:
        """The least serious level that each service logs."""
        return await self._connection.send("GET", "/api/logs/levels", models.LogLevels)

    async def list_logs(
        self,
        *,
        service: Sequence[str] | None = None,
        level: models.LogLevel | None = None,
        request_id: str | None = None,
        book: str | None = None,
        text: str | None = None,
        before: dt.datetime | None = None,
        limit: int | None = None,
    ) -> models.LogPage:
        """The latest records of the services, newest first. Each service keeps about 2,000 in memory, so that they end
        with its process; the log of the container has all of them. With several replicas of a service, one of them
        answers.

        - `service`: only these services; empty: all
        - `level`: the least serious level
        - `request_id`: only records of this request
        - `book`: only records about a book: a part of its title, or its id
        - `text`: only records that contain this text, in upper or lower case
        - `before`: only older records: `at` of the last record of a page
        """
        return await self._connection.send(
            "GET",
            "/api/logs",
            models.LogPage,
            query={
                "service": service,
                "level": level,
                "request_id": request_id,
                "book": book,
                "text": text,
                "before": before,
                "limit": limit,
            },
        )

    async def ping(self) -> str:
        """Answers `pong` while the gateway runs."""
        return await self._connection.send("GET", "/ping", str)

    async def resend_failed_message(
        self,
        area: Literal["library", "mam", "downloads", "metadata", "scheduler", "gateway"],
        body: models.ResendFailedMessage,
        *,
        idempotency_key: str | None = None,
    ) -> models.FailedMessage:
        """Deliver a failed message to its consumer again. It is deleted once it is handled."""
        return await self._connection.send(
            "POST",
            f"/api/system/diagnostics/{segment(area)}/resend",
            models.FailedMessage,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def set_log_levels(self, body: models.ChangeLogLevels) -> models.LogLevels:
        """Set what one service or all of them log, without a restart: for some minutes, or until they restart.

        The answer has the levels of the services that were changed. A service that does not answer keeps its level.
        """
        return await self._connection.send("PUT", "/api/logs/levels", models.LogLevels, body=body)

    async def test_integrations(self, *, idempotency_key: str | None = None) -> models.IntegrationsReport:
        """Test every outside system now with its credentials. Changes nothing."""
        return await self._connection.send(
            "POST",
            "/api/system/integrations/test",
            models.IntegrationsReport,
            headers={"Idempotency-Key": idempotency_key},
        )
