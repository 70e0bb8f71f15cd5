"""The account at MyAnonamouse: its standing, its risks, and what was spent.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Account:
    """The account at MyAnonamouse: its standing, its risks, and what was spent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self) -> models.Account:
        """The newest standing, the room for further grabs, the risks, and what is spent automatically.

        Sends no request to MyAnonamouse. The task `account_care` reads the standing.
        """
        return self._connection.send("GET", "/api/account", models.Account)

    def get_history(self, *, days: int | None = None, points: int | None = None) -> models.AccountHistory:
        """The standing over the last days for a chart: at most `points` points, each the last standing of its span."""
        return self._connection.send(
            "GET", "/api/account/history", models.AccountHistory, query={"days": days, "points": points}
        )

    def get_tracker_access(self) -> models.TrackerAccess:
        """The sessions, our public address, the requests that are left today, and whether a person has paused them.

        MyAnonamouse is asked for the address at most every ten minutes.
        """
        return self._connection.send("GET", "/api/account/access", models.TrackerAccess)

    def list_seeding_duties(self, *, limit: int | None = None, offset: int | None = None) -> Page[models.SeedingDuty]:
        """The torrents whose seeding duty is not met yet, the most urgent first. The list is read once a day.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET", "/api/account/seeding", Page[models.SeedingDuty], query={"limit": limit, "offset": offset}
        )

    def list_spending(self, *, limit: int | None = None, offset: int | None = None) -> Page[models.Spending]:
        """Every freeleech wedge and every bonus point that Gapless ever spent, newest first, with the balances.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET", "/api/account/spending", Page[models.Spending], query={"limit": limit, "offset": offset}
        )

    def pause_tracker(self, *, idempotency_key: str | None = None) -> models.TrackerAccess:
        """No service sends a request to MyAnonamouse until they are resumed, not even for a person. What is stored is
        still answered, and other calls are refused with the code `remote_throttled`, which names the key that paused
        them.
        """
        return self._connection.send(
            "POST", "/api/account/pause", models.TrackerAccess, headers={"Idempotency-Key": idempotency_key}
        )

    def resume_tracker(self, *, idempotency_key: str | None = None) -> models.TrackerAccess:
        """Ends a pause, and tries refused sessions again: after a challenge was solved, or after failed logins."""
        return self._connection.send(
            "POST", "/api/account/resume", models.TrackerAccess, headers={"Idempotency-Key": idempotency_key}
        )


class AsyncAccount:
    """The account at MyAnonamouse: its standing, its risks, and what was spent."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self) -> models.Account:
        """The newest standing, the room for further grabs, the risks, and what is spent automatically.

        Sends no request to MyAnonamouse. The task `account_care` reads the standing.
        """
        return await self._connection.send("GET", "/api/account", models.Account)

    async def get_history(self, *, days: int | None = None, points: int | None = None) -> models.AccountHistory:
        """The standing over the last days for a chart: at most `points` points, each the last standing of its span."""
        return await self._connection.send(
            "GET", "/api/account/history", models.AccountHistory, query={"days": days, "points": points}
        )

    async def get_tracker_access(self) -> models.TrackerAccess:
        """The sessions, our public address, the requests that are left today, and whether a person has paused them.

        MyAnonamouse is asked for the address at most every ten minutes.
        """
        return await self._connection.send("GET", "/api/account/access", models.TrackerAccess)

    async def list_seeding_duties(
        self, *, limit: int | None = None, offset: int | None = None
    ) -> Page[models.SeedingDuty]:
        """The torrents whose seeding duty is not met yet, the most urgent first. The list is read once a day.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET", "/api/account/seeding", Page[models.SeedingDuty], query={"limit": limit, "offset": offset}
        )

    async def list_spending(self, *, limit: int | None = None, offset: int | None = None) -> Page[models.Spending]:
        """Every freeleech wedge and every bonus point that Gapless ever spent, newest first, with the balances.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET", "/api/account/spending", Page[models.Spending], query={"limit": limit, "offset": offset}
        )

    async def pause_tracker(self, *, idempotency_key: str | None = None) -> models.TrackerAccess:
        """No service sends a request to MyAnonamouse until they are resumed, not even for a person. What is stored is
        still answered, and other calls are refused with the code `remote_throttled`, which names the key that paused
        them.
        """
        return await self._connection.send(
            "POST", "/api/account/pause", models.TrackerAccess, headers={"Idempotency-Key": idempotency_key}
        )

    async def resume_tracker(self, *, idempotency_key: str | None = None) -> models.TrackerAccess:
        """Ends a pause, and tries refused sessions again: after a challenge was solved, or after failed logins."""
        return await self._connection.send(
            "POST", "/api/account/resume", models.TrackerAccess, headers={"Idempotency-Key": idempotency_key}
        )
