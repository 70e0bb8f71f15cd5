"""The settings of every service: what they are, where they come from, tests and changes.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import builtins

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection


class Settings:
    """The settings of every service: what they are, where they come from, tests and changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, service: str) -> models.SettingsDescription:
        """Its settings with their present values, and whether it runs with them. Secrets are never shown, only whether
        they are set.
        """
        return self._connection.send("GET", f"/api/settings/{segment(service)}", models.SettingsDescription)

    def list(self) -> builtins.list[models.SettingsOfService]:
        """The settings of every service with their present values, without secrets, or why a service does not answer."""
        return self._connection.send("GET", "/api/settings", builtins.list[models.SettingsOfService])

    def put(self, service: str, body: models.SettingsUpdate) -> models.SettingsDescription:
        """Store values, and apply them without a restart of the container. null deletes a value. Nothing is stored if
        one is wrong: `faults` of the answer names each. The service applies them when `applied_version` is `version`;
        until then it may not answer for some seconds.
        """
        return self._connection.send("PUT", f"/api/settings/{segment(service)}", models.SettingsDescription, body=body)

    def test(
        self, service: str, body: models.SettingsToTest, *, idempotency_key: str | None = None
    ) -> models.SettingsTest:
        """Test the values of one group, with the present ones where none is given. Nothing is stored."""
        return self._connection.send(
            "POST",
            f"/api/settings/{segment(service)}/test",
            models.SettingsTest,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )


class AsyncSettings:
    """The settings of every service: what they are, where they come from, tests and changes."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, service: str) -> models.SettingsDescription:
        """Its settings with their present values, and whether it runs with them. Secrets are never shown, only whether
        they are set.
        """
        return await self._connection.send("GET", f"/api/settings/{segment(service)}", models.SettingsDescription)

    async def list(self) -> builtins.list[models.SettingsOfService]:
        """The settings of every service with their present values, without secrets, or why a service does not answer."""
        return await self._connection.send("GET", "/api/settings", builtins.list[models.SettingsOfService])

    async def put(self, service: str, body: models.SettingsUpdate) -> models.SettingsDescription:
        """Store values, and apply them without a restart of the container. null deletes a value. Nothing is stored if
        one is wrong: `faults` of the answer names each. The service applies them when `applied_version` is `version`;
        until then it may not answer for some seconds.
        """
        return await self._connection.send(
            "PUT", f"/api/settings/{segment(service)}", models.SettingsDescription, body=body
        )

    async def test(
        self, service: str, body: models.SettingsToTest, *, idempotency_key: str | None = None
    ) -> models.SettingsTest:
        """Test the values of one group, with the present ones where none is given. Nothing is stored."""
        return await self._connection.send(
            "POST",
            f"/api/settings/{segment(service)}/test",
            models.SettingsTest,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )
