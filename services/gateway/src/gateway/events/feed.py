"""One reader for all listeners of this replica: it reads while somebody listens, and remembers the last events.

What a listener missed while it was away comes from that memory. What is older, or came faster than a listener takes
it, is told as a reset: the listener reads the lists again and goes on from there.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass

from shared.chassis.errors import ServiceUnavailable
from shared.chassis.logging import logger

from gateway.events.kinds import EventKind, ShownEvent
from gateway.events.stream import EventStream, Kept, StreamUnavailable

REMEMBERED = 1_000
WAITING_AT_MOST = 500
LISTENERS_AT_MOST = 1_000
LOOK_AGAIN_SECONDS = 0.2
AWAY_SECONDS = 1.0
READY_WITHIN_SECONDS = 4.0


@dataclass(frozen=True)
class Reset:
    """Events are missing here; `id` is where it goes on."""

    id: int
    why: str


Told = ShownEvent | Reset | None


class Listener:
    """What waits for one listener: at most `WAITING_AT_MOST` events of its kinds, else a reset instead of them."""

    def __init__(self, kinds: frozenset[EventKind]) -> None:
        self._kinds = kinds
        self._waiting: asyncio.Queue[Told] = asyncio.Queue()
        self._ended = False

    def tell(self, told: ShownEvent | Reset) -> None:
        """Put it behind what waits; a reset stands for all before it."""
        if isinstance(told, ShownEvent):
            if told.kind not in self._kinds:
                return
            if self._waiting.qsize() >= WAITING_AT_MOST:
                told = Reset(told.id, "events came faster than they were taken")
        if isinstance(told, Reset):
            self.forget()
        self._waiting.put_nowait(told)

    def forget(self) -> None:
        while not self._waiting.empty():
            self._waiting.get_nowait()

    def end(self) -> None:
        self._ended = True
        self._waiting.put_nowait(None)

    async def next(self) -> Told:
        """What comes next; None when the stream is to end: its key is revoked, or the gateway stops."""
        told = await self._waiting.get()
        return None if self._ended else told


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
        """Listen to events of these kinds: those after the id `after`, or from now on.

        Raises `ServiceUnavailable` when NATS does not answer, or when too many listen.
        """
        if len(self._listeners) >= LISTENERS_AT_MOST:
            raise ServiceUnavailable("gateway", f"{LISTENERS_AT_MOST} listen to events already")
        listener = Listener(kinds)
        self._listeners.add(listener)
        self._wanted.set()
        try:
            await self._until_ready()
            # From here to the first wait nothing new is told, so that nothing comes twice and nothing is left out.
            listener.forget()
            for told in self._missed(after):
                listener.tell(told)
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners:
                self._wanted.clear()

    async def run(self) -> None:
        """Read while somebody listens, over lost connections, until cancelled."""
        while True:
            self._ready.clear()
            await self._wanted.wait()
            try:
                self._settle(await self._stream.kept())
                await self._read_on()
                self._ready.set()
                while self._wanted.is_set():
                    await asyncio.sleep(LOOK_AGAIN_SECONDS)
                    await self._read_on()
            except StreamUnavailable as away:
                logger(service="gateway").warning("events_wait", because=str(away))
                await asyncio.sleep(AWAY_SECONDS)

    def stop(self) -> None:
        """Send every listener away: the server waits for open answers before it stops."""
        self._stopped = True
        for listener in self._listeners:
            listener.end()

    async def _until_ready(self) -> None:
        try:
            await asyncio.wait_for(self._ready.wait(), READY_WITHIN_SECONDS)
        except TimeoutError as error:
            raise ServiceUnavailable("nats", "NATS does not answer: events cannot be read") from error
        if self._stopped:
            raise ServiceUnavailable("gateway", "the gateway stops")

    def _settle(self, kept: Kept) -> None:
        """Go on where the reader was, or, when that is too far back or a stream ago, with the last that are kept."""
        oldest = max(kept.first - 1, kept.last - self._remembered, 0)
        if oldest <= self._read_until <= kept.last and self._read_until:
            return
        for listener in self._listeners:
            listener.tell(Reset(kept.last, "events before this are not kept here"))
        self._ring.clear()
        self._complete_after = self._read_until = oldest

    async def _read_on(self) -> None:
        while True:
            batch = await self._stream.after(self._read_until)
            for event in batch.events:
                self._remember(event)
                for listener in self._listeners:
                    listener.tell(event)
            if batch.read_until == self._read_until:
                return
            self._read_until = batch.read_until

    def _remember(self, event: ShownEvent) -> None:
        self._ring.append(event)
        while len(self._ring) > self._remembered:
            self._complete_after = self._ring.popleft().id

    def _missed(self, after: int | None) -> list[ShownEvent | Reset]:
        if after is None:
            return []
        if not self._complete_after <= after <= self._read_until:
            return [Reset(self._read_until, "events after this id are no longer kept here: read the lists again")]
        return [event for event in self._ring if event.id > after]
