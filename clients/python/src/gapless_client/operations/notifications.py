"""Notifications sent through Apprise, their targets, and a test.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import builtins

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Notifications:
    """Notifications sent through Apprise, their targets, and a test."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        kind: models.NewsKind | None = None,
        status: models.MessageStatus | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Page[models.NotificationMessage]:
        """The messages that were sent, newest first, each with its result.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            "/api/notifications",
            Page[models.NotificationMessage],
            query={"kind": kind, "status": status, "limit": limit, "offset": offset},
        )

    def list_targets(self) -> builtins.list[models.NotificationTarget]:
        """The targets in `NOTIFY_URLS`, without their secrets."""
        return self._connection.send("GET", "/api/notifications/targets", builtins.list[models.NotificationTarget])

    def test(
        self, body: models.NotificationTest, *, idempotency_key: str | None = None
    ) -> builtins.list[models.NotificationTestResult]:
        """Send a test message to one target or to all, even in quiet hours, and return the results."""
        return self._connection.send(
            "POST",
            "/api/notifications/test",
            builtins.list[models.NotificationTestResult],
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )


class AsyncNotifications:
    """Notifications sent through Apprise, their targets, and a test."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list(
        self,
        *,
        kind: models.NewsKind | None = None,
        status: models.MessageStatus | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Page[models.NotificationMessage]:
        """The messages that were sent, newest first, each with its result.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            "/api/notifications",
            Page[models.NotificationMessage],
            query={"kind": kind, "status": status, "limit": limit, "offset": offset},
        )

    async def list_targets(self) -> builtins.list[models.NotificationTarget]:
        """The targets in `NOTIFY_URLS`, without their secrets."""
        return await self._connection.send(
            "GET", "/api/notifications/targets", builtins.list[models.NotificationTarget]
        )

    async def test(
        self, body: models.NotificationTest, *, idempotency_key: str | None = None
    ) -> builtins.list[models.NotificationTestResult]:
        """Send a test message to one target or to all, even in quiet hours, and return the results."""
        return await self._connection.send(
            "POST",
            "/api/notifications/test",
            builtins.list[models.NotificationTestResult],
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )
