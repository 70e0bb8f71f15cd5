"""The speeds of all downloads as one event, only while someone listens."""

import asyncio
from uuid import UUID

import pytest
from gateway.events import transfers as sending
from gateway.events.feed import EventFeed, Listener, Reset
from gateway.events.kinds import EventKind, ShownEvent
from gateway.events.stream import Batch, EventStream, StreamBounds
from gateway.events.transfers import TransferFeed
from shared.chassis.errors import ServiceUnavailable
from shared.contracts.downloads.transfers import Transfer, Transfers
from shared.testing.waiting import until

ALL = frozenset(EventKind)
NOTHING = Transfers(items=[])


def at(progress: float) -> Transfers:
    return Transfers(items=[Transfer(id=UUID(int=1), progress=progress, speed_bytes_per_second=1_000)])


class SilentStream(EventStream):
    """A stream without events."""

    def __init__(self) -> None:
        pass

    async def bounds(self) -> StreamBounds:
        return StreamBounds(1, 0)

    async def after(self, sequence: int) -> Batch:
        return Batch([], sequence)


@pytest.fixture
def feed() -> EventFeed:
    return EventFeed(SilentStream())


async def test_a_slow_listener_gets_only_the_newest_speeds() -> None:
    listener = Listener(ALL)
    for progress in (0.1, 0.2, 0.3):
        listener.put_transfers(at(progress))
    listener.put(Reset(7, "events are missing"))
    listener.put_transfers(at(0.4))
    listener.put_transfers(at(0.5))
    assert isinstance(await listener.next(), Reset)
    assert await listener.next() == at(0.5)
    listener.put_transfers(at(0.6))
    assert await listener.next() == at(0.6)


async def test_who_listens_to_other_kinds_gets_no_speeds() -> None:
    listener = Listener(frozenset({EventKind.RUN}))
    listener.put_transfers(at(0.5))
    listener.put(Reset(7, "events are missing"))
    assert isinstance(await listener.next(), Reset)


async def test_the_downloader_is_asked_only_while_someone_listens(
    feed: EventFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "EVERY_SECONDS", 0.01)
    asked = 0

    async def ask() -> Transfers:
        nonlocal asked
        asked += 1
        return at(asked / 1_000_000)

    tasks = [asyncio.create_task(run()) for run in (feed.run, TransferFeed(feed, ask).run)]
    async with feed.listening(frozenset({EventKind.RUN}), None):
        pass
    before = asked
    async with feed.listening(ALL, None) as listener:
        async with asyncio.timeout(60):
            first = await listener.next()
        await until(lambda: asked > 3)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert before == 0
    assert isinstance(first, Transfers)
    assert not isinstance(first, ShownEvent)


class RecordingFeed(EventFeed):
    """A feed that records what is sent."""

    def __init__(self) -> None:
        super().__init__(SilentStream())
        self.sent: list[Transfers] = []

    def send_transfers(self, transfers: Transfers) -> None:
        self.sent.append(transfers)


async def test_the_end_of_the_last_download_is_sent_once_and_then_nothing() -> None:
    answers, feed = [NOTHING, at(0.9), NOTHING, NOTHING], RecordingFeed()

    async def ask() -> Transfers:
        return answers.pop(0)

    transfers = TransferFeed(feed, ask)
    assert [await transfers.send() for _ in range(4)] == [False, True, False, False]
    assert feed.sent == [at(0.9), NOTHING]


async def test_nothing_is_sent_while_the_downloader_is_unavailable(feed: EventFeed) -> None:
    async def ask() -> Transfers:
        raise ServiceUnavailable("downloader", "no answer")

    assert not await TransferFeed(feed, ask).send()
