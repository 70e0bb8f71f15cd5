"""A stream of events.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from collections.abc import AsyncGenerator, Iterator

from gapless_client.async_connection import AsyncConnection
from gapless_client.connection import Connection
from gapless_client.events import Event


class Events:
    """A stream of events."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def listen(self, *, kinds: str | None = None, last_event_id: int | None = None) -> Iterator[Event]:
        """Server-sent events about runs, downloads, imports, missing books, books, corrections and health.

        The type of an event is its kind, its data a `ShownEvent`, its id its position among all events. With `Last-
        Event-ID` the stream resumes after that id, within the last 1,000 events. An event of the type `reset` means
        that events are missing, because the client was away too long or read too slowly: read the lists again. A
        comment comes every 15 seconds when nothing happens. An event of the type `transfer` has no id; its data are
        the speeds of all downloads (`Transfers`), at most every two seconds. The stream ends within ten seconds after
        its key or session is revoked.

        - `kinds`: only events of these kinds, separated by commas: run, download, import, missing_book, book,
        correction, import_list, health, transfer
        """
        return self._connection.listen("/api/events", {"kinds": kinds}, last_event_id)


class AsyncEvents:
    """A stream of events."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def listen(self, *, kinds: str | None = None, last_event_id: int | None = None) -> AsyncGenerator[Event, None]:
        """Server-sent events about runs, downloads, imports, missing books, books, corrections and health.

        The type of an event is its kind, its data a `ShownEvent`, its id its position among all events. With `Last-
        Event-ID` the stream resumes after that id, within the last 1,000 events. An event of the type `reset` means
        that events are missing, because the client was away too long or read too slowly: read the lists again. A
        comment comes every 15 seconds when nothing happens. An event of the type `transfer` has no id; its data are
        the speeds of all downloads (`Transfers`), at most every two seconds. The stream ends within ten seconds after
        its key or session is revoked.

        - `kinds`: only events of these kinds, separated by commas: run, download, import, missing_book, book,
        correction, import_list, health, transfer
        """
        return self._connection.listen("/api/events", {"kinds": kinds}, last_event_id)
