"""One reader for all listeners of this replica. It reads while there are listeners, and buffers the last events.

A listener that reconnects gets the events that it missed from the buffer. If they are too old, or the listener is too
slow, it gets a reset: it must read the lists again and continues from there.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass

from shared.chassis.errors import ServiceUnavailable
from shared.chassis.logging import logger
from shared.contracts.downloads.transfers import Transfers

from gateway.events.kinds import EventKind, ShownEvent
from gateway.events.stream import EventStream, StreamBounds, StreamUnavailable

REMEMBERED = 1_000
MAX_QUEUED = 500
LISTENERS_AT_MOST = 1_000
POLL_SECONDS = 0.2
AWAY_SECONDS = 1.0
READY_WITHIN_SECONDS = 4.0


@dataclass(frozen=True)
class Reset:
    """Events are missing here. The stream continues after `id`."""

    id: int
    why: str


FeedItem = ShownEvent | Reset | Transfers | None


class Listener:
    """The queue of one listener: at most `MAX_QUEUED` events of its kinds, otherwise a reset instead of them."""

    def __init__(self, kinds: frozenset[EventKind]) -> None:
        self._kinds = kinds
        self._waiting: asyncio.Queue[FeedItem] = asyncio.Queue()
        self._ended = False
        self._transfers: Transfers | None = None

    def put(self, item: ShownEvent | Reset) -> None:
        """Queue an item. A reset replaces everything before it."""
        if isinstance(item, ShownEvent):
            if item.kind not in self._kinds:
                return
            if self._waiting.qsize() >= MAX_QUEUED:
                item = Reset(item.id, "the client reads too slowly")
        if isinstance(item, Reset):
            self.clear()
        self._waiting.put_nowait(item)

    def put_transfers(self, transfers: Transfers) -> None:
        """Queue the speeds of the downloads. They replace those that the client did not read yet."""
        if not self.wants(EventKind.TRANSFER):
            return
        if self._transfers is None:
            self._waiting.put_nowait(transfers)
        self._transfers = transfers

    def wants(self, kind: EventKind) -> bool:
        """Whether it listens to events of this kind."""
        return kind in self._kinds

    def clear(self) -> None:
        """Drop all queued items."""
        self._transfers = None
        while not self._waiting.empty():
            self._waiting.get_nowait()

    def end(self) -> None:
        """End the stream of this listener."""
        self._ended = True
        self._waiting.put_nowait(None)

    async def next(self) -> FeedItem:
        """Wait for the next item. None ends the stream, because its key is revoked or the gateway stops."""
        item = await self._waiting.get()
        if isinstance(item, Transfers):
            item, self._transfers = self._transfers or item, None
        return None if self._ended else item


class EventFeed:
    """The reader and its listeners."""

    def __init__(self, stream: EventStream, *, remembered: int = REMEMBERED) -> None:
        self._stream = stream
        self._remembered = remembered
        self._ring: deque[ShownEvent] = deque()
        self._complete_after = 0
        self._read_until = 0
        self._listeners: set[Listener] = set()
        self._wanted = asyncio.Event()
        self._ready = asyncio.Event()
        self._stopped = False

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    @contextlib.asynccontextmanager
    async def listening(self, kinds: frozenset[EventKind], after: int | None) -> AsyncIterator[Listener]:
        """Listen to events of these kinds: those after the id `after`, or new ones.

        Raises `ServiceUnavailable` when NATS does not answer, or when there are too many listeners.
        """
        if len(self._listeners) >= LISTENERS_AT_MOST:
            raise ServiceUnavailable("gateway", f"there are already {LISTENERS_AT_MOST} listeners")
        listener = Listener(kinds)
        self._listeners.add(listener)
        self._wanted.set()
        try:
            await self._until_ready()
            # No new event can arrive before the next await, so that none is duplicated or lost.
            listener.clear()
            for item in self._missed(after):
                listener.put(item)
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners:
                self._wanted.clear()

    async def until_wanted(self, kind: EventKind) -> None:
        """Wait until someone listens to events of this kind."""
        while not any(listener.wants(kind) for listener in self._listeners):
            await self._wanted.wait()
            await asyncio.sleep(POLL_SECONDS)

    def send_transfers(self, transfers: Transfers) -> None:
        """Send the speeds of the downloads to those who listen to them."""
        for listener in self._listeners:
            listener.put_transfers(transfers)

    async def run(self) -> None:
        """Read while there are listeners, until cancelled. Survives lost connections."""
        while True:
            self._ready.clear()
            await self._wanted.wait()
            try:
                self._settle(await self._stream.bounds())
                await self._read_on()
                self._ready.set()
                while self._wanted.is_set():
                    await asyncio.sleep(POLL_SECONDS)
                    await self._read_on()
            except StreamUnavailable as away:
                logger(service="gateway").warning("events_delayed", because=str(away))
                await asyncio.sleep(AWAY_SECONDS)

    def stop(self) -> None:
        """End all listeners, because the server waits for open responses before it stops."""
        self._stopped = True
        for listener in self._listeners:
            listener.end()

    async def _until_ready(self) -> None:
        try:
            await asyncio.wait_for(self._ready.wait(), READY_WITHIN_SECONDS)
        except TimeoutError as error:
            raise ServiceUnavailable("nats", "NATS does not answer: events cannot be read") from error
        if self._stopped:
            raise ServiceUnavailable("gateway", "the gateway is stopping")

    def _settle(self, bounds: StreamBounds) -> None:
        """Continue where the reader was. If that is too old or in another stream, continue with the last events."""
        oldest = max(bounds.first - 1, bounds.last - self._remembered, 0)
        if oldest <= self._read_until <= bounds.last and self._read_until:
            return
        for listener in self._listeners:
            listener.put(Reset(bounds.last, "earlier events are no longer available"))
        self._ring.clear()
        self._complete_after = self._read_until = oldest

    async def _read_on(self) -> None:
        while True:
            batch = await self._stream.after(self._read_until)
            for event in batch.events:
                self._buffer(event)
                for listener in self._listeners:
                    listener.put(event)
            if batch.read_until == self._read_until:
                return
            self._read_until = batch.read_until

    def _buffer(self, event: ShownEvent) -> None:
        self._ring.append(event)
        while len(self._ring) > self._remembered:
            self._complete_after = self._ring.popleft().id

    def _missed(self, after: int | None) -> list[ShownEvent | Reset]:
        if after is None:
            return []
        if not self._complete_after <= after <= self._read_until:
            return [Reset(self._read_until, "events after this id are no longer available: read the lists again")]
        return [event for event in self._ring if event.id > after]
