"""Short paths that run common tasks.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.connection import Connection


class Triggers:
    """Short paths that run common tasks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def redownload(self, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `download_retry` now: retry the failed downloads that are due."""
        return self._connection.send(
            "POST", "/api/trigger/redownload", models.Run, headers={"Idempotency-Key": idempotency_key}
        )

    def rescan(self, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `library_scan` now: scan Audiobookshelf for changes."""
        return self._connection.send(
            "POST", "/api/trigger/rescan", models.Run, headers={"Idempotency-Key": idempotency_key}
        )

    def rescrape(self, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `metadata_daily` now: fill empty fields of the books that were refreshed longest ago."""
        return self._connection.send(
            "POST", "/api/trigger/rescrape", models.Run, headers={"Idempotency-Key": idempotency_key}
        )


class AsyncTriggers:
    """Short paths that run common tasks."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def redownload(self, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `download_retry` now: retry the failed downloads that are due."""
        return await self._connection.send(
            "POST", "/api/trigger/redownload", models.Run, headers={"Idempotency-Key": idempotency_key}
        )

    async def rescan(self, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `library_scan` now: scan Audiobookshelf for changes."""
        return await self._connection.send(
            "POST", "/api/trigger/rescan", models.Run, headers={"Idempotency-Key": idempotency_key}
        )

    async def rescrape(self, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `metadata_daily` now: fill empty fields of the books that were refreshed longest ago."""
        return await self._connection.send(
            "POST", "/api/trigger/rescrape", models.Run, headers={"Idempotency-Key": idempotency_key}
        )
