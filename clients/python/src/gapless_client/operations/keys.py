"""API keys and their scopes.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Keys:
    """API keys and their scopes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def delete(self, key_id: UUID) -> None:
        """Revoke an API key. The last key with the scope `admin` cannot be revoked."""
        self._connection.send("DELETE", f"/api/system/keys/{segment(key_id)}", type(None))

    def list(self, *, limit: int | None = None, offset: int | None = None) -> Page[models.ApiKey]:
        """All API keys, newest first. The keys themselves are not shown.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET", "/api/system/keys", Page[models.ApiKey], query={"limit": limit, "offset": offset}
        )

    def make(self, body: models.NewApiKey, *, idempotency_key: str | None = None) -> models.MadeApiKey:
        """Create an API key. This answer is the only place where the key is shown."""
        return self._connection.send(
            "POST", "/api/system/keys", models.MadeApiKey, body=body, headers={"Idempotency-Key": idempotency_key}
        )


class AsyncKeys:
    """API keys and their scopes."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def delete(self, key_id: UUID) -> None:
        """Revoke an API key. The last key with the scope `admin` cannot be revoked."""
        await self._connection.send("DELETE", f"/api/system/keys/{segment(key_id)}", type(None))

    async def list(self, *, limit: int | None = None, offset: int | None = None) -> Page[models.ApiKey]:
        """All API keys, newest first. The keys themselves are not shown.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET", "/api/system/keys", Page[models.ApiKey], query={"limit": limit, "offset": offset}
        )

    async def make(self, body: models.NewApiKey, *, idempotency_key: str | None = None) -> models.MadeApiKey:
        """Create an API key. This answer is the only place where the key is shown."""
        return await self._connection.send(
            "POST", "/api/system/keys", models.MadeApiKey, body=body, headers={"Idempotency-Key": idempotency_key}
        )
