"""Calls from other systems, authenticated with a secret.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.connection import Connection


class Webhooks:
    """Calls from other systems, authenticated with a secret."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hear_audiobookshelf(self, *, secret: str | None = None) -> models.ScanRequested:
        """Request a library scan, which refreshes the metadata of new books at once. The body is ignored; any number of
        calls starts at most one scan a minute.

        Audiobookshelf 2.36 does not report new books by itself. Call this from an import script, or from a
        notification of Audiobookshelf through Apprise. Without it, the task `library_scan` scans every 30 minutes.

        - `secret`: the same, for clients that cannot send a header
        """
        return self._connection.send(
            "POST", "/api/webhooks/audiobookshelf", models.ScanRequested, query={"secret": secret}
        )


class AsyncWebhooks:
    """Calls from other systems, authenticated with a secret."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def hear_audiobookshelf(self, *, secret: str | None = None) -> models.ScanRequested:
        """Request a library scan, which refreshes the metadata of new books at once. The body is ignored; any number of
        calls starts at most one scan a minute.

        Audiobookshelf 2.36 does not report new books by itself. Call this from an import script, or from a
        notification of Audiobookshelf through Apprise. Without it, the task `library_scan` scans every 30 minutes.

        - `secret`: the same, for clients that cannot send a header
        """
        return await self._connection.send(
            "POST", "/api/webhooks/audiobookshelf", models.ScanRequested, query={"secret": secret}
        )
