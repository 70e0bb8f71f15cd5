"""Releases of followed series and authors by date, and the keys of calendar addresses.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import builtins
import datetime as dt
from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Calendar:
    """Releases of followed series and authors by date, and the keys of calendar addresses."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def delete_key(self, key_id: UUID) -> None:
        """Revoke a key. Its address stops working at once."""
        self._connection.send("DELETE", f"/api/calendar/keys/{segment(key_id)}", type(None))

    def get(
        self,
        *,
        from_: dt.date | None = None,
        to: dt.date | None = None,
        state: models.WorkListsEntryState | None = None,
    ) -> builtins.list[models.CalendarEntry]:
        """Released and upcoming works of followed series and authors, each with its state, the earliest first.

        - `from_`: first day; by default 30 days ago
        - `to`: last day; by default a year after today or after the first day
        """
        return self._connection.send(
            "GET", "/api/calendar", builtins.list[models.CalendarEntry], query={"from": from_, "to": to, "state": state}
        )

    def get_icalendar(self, *, key: str | None = None) -> str:
        """The releases from 30 days ago to a year ahead, for calendar programs.

        - `key`: a calendar key, not an API key
        """
        return self._connection.send("GET", "/api/calendar.ics", str, query={"key": key})

    def list_keys(self, *, limit: int | None = None, offset: int | None = None) -> Page[models.CalendarKey]:
        """The keys of calendar addresses, newest first. The keys themselves are not shown.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET", "/api/calendar/keys", Page[models.CalendarKey], query={"limit": limit, "offset": offset}
        )

    def make_key(self, body: models.NewCalendarKey, *, idempotency_key: str | None = None) -> models.MadeCalendarKey:
        """Create a key for `/api/calendar.ics`. This answer is the only place where the address with the key is shown."""
        return self._connection.send(
            "POST",
            "/api/calendar/keys",
            models.MadeCalendarKey,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )


class AsyncCalendar:
    """Releases of followed series and authors by date, and the keys of calendar addresses."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def delete_key(self, key_id: UUID) -> None:
        """Revoke a key. Its address stops working at once."""
        await self._connection.send("DELETE", f"/api/calendar/keys/{segment(key_id)}", type(None))

    async def get(
        self,
        *,
        from_: dt.date | None = None,
        to: dt.date | None = None,
        state: models.WorkListsEntryState | None = None,
    ) -> builtins.list[models.CalendarEntry]:
        """Released and upcoming works of followed series and authors, each with its state, the earliest first.

        - `from_`: first day; by default 30 days ago
        - `to`: last day; by default a year after today or after the first day
        """
        return await self._connection.send(
            "GET", "/api/calendar", builtins.list[models.CalendarEntry], query={"from": from_, "to": to, "state": state}
        )

    async def get_icalendar(self, *, key: str | None = None) -> str:
        """The releases from 30 days ago to a year ahead, for calendar programs.

        - `key`: a calendar key, not an API key
        """
        return await self._connection.send("GET", "/api/calendar.ics", str, query={"key": key})

    async def list_keys(self, *, limit: int | None = None, offset: int | None = None) -> Page[models.CalendarKey]:
        """The keys of calendar addresses, newest first. The keys themselves are not shown.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET", "/api/calendar/keys", Page[models.CalendarKey], query={"limit": limit, "offset": offset}
        )

    async def make_key(
        self, body: models.NewCalendarKey, *, idempotency_key: str | None = None
    ) -> models.MadeCalendarKey:
        """Create a key for `/api/calendar.ics`. This answer is the only place where the address with the key is shown."""
        return await self._connection.send(
            "POST",
            "/api/calendar/keys",
            models.MadeCalendarKey,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )
