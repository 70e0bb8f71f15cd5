"""Sends events as the services do, many a second if wanted, from a thread of its own."""

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from itertools import cycle
from types import TracebackType
from typing import Self
from uuid import uuid4

import nats
from embedded.nats_server import NatsServer
from nats.aio.client import Client
from shared.chassis.streams import stream_of
from shared.contracts.downloads.events import DownloadProgressed
from shared.contracts.library.books import Book, BookChanged
from shared.contracts.message import Event

LIBRARY, DOWNLOADER = "library-scanner", "downloader"
BATCHES_PER_SECOND = 20
WITHIN_SECONDS = 30.0


class EventStorm:
    """Sends events until the end of its block."""

    def __init__(self, server: NatsServer, books: Sequence[Book]) -> None:
        self._server = server
        self._books = books
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._connections: dict[str, Client] = {}
        self._stop = asyncio.Event()
        self._sent = 0
        self._storm: Future[None] | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._connect(), self._loop).result(WITHIN_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        if self._storm is not None:
            self._storm.result(WITHIN_SECONDS)
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(WITHIN_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WITHIN_SECONDS)

    def book_changed(self, book: Book) -> None:
        """Send that a book changed."""
        event = BookChanged(book=book, fields=["title"])
        asyncio.run_coroutine_threadsafe(self._send(LIBRARY, event), self._loop).result(WITHIN_SECONDS)

    def start(self, per_second: int) -> None:
        """Begin to send this many events a second: half of changed books, half of downloads that progress."""
        self._storm = asyncio.run_coroutine_threadsafe(self._many(per_second), self._loop)

    @property
    def sent(self) -> int:
        """The number of events sent since `start`."""
        return self._sent

    async def _connect(self) -> None:
        for user in (LIBRARY, DOWNLOADER):
            self._connections[user] = await nats.connect(self._server.url(user), inbox_prefix=f"_INBOX_{user}".encode())

    async def _close(self) -> None:
        for connection in self._connections.values():
            await connection.close()

    async def _many(self, per_second: int) -> None:
        """Send batches at fixed times, until the block ends."""
        books, size = cycle(self._books), per_second // BATCHES_PER_SECOND
        due = self._loop.time()
        while not self._stop.is_set():
            batch = []
            for number in range(size):
                if number % 2:
                    batch.append(self._send(LIBRARY, BookChanged(book=next(books), fields=["title"])))
                else:
                    batch.append(self._send(DOWNLOADER, DownloadProgressed(download_id=uuid4(), progress=0.5)))
            await asyncio.gather(*batch)
            self._sent += size
            due += 1 / BATCHES_PER_SECOND
            await asyncio.sleep(max(0.0, due - self._loop.time()))

    async def _send(self, user: str, event: Event) -> None:
        headers = {"Nats-Msg-Id": str(uuid4()), "content-type": "application/json"}
        body = event.model_dump_json().encode()
        await (
            self._connections[user]
            .jetstream()
            .publish(event.subject, body, headers=headers, stream=stream_of(event.subject))
        )
