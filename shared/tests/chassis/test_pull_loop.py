"""The loop that fetches messages, while a consumer cannot be reached."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest
from embedded.nats_server import NatsServer
from faststream.nats.subscriber.usecases import PullStreamSubscriber
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from shared.chassis import consumers
from shared.chassis.pull_loop import PAUSE_SECONDS
from shared.chassis.service import Service
from shared.testing.publishing import send_message
from shared.testing.tiny import Shelf, Shelve, Tiny
from shared.testing.waiting import until

Run = Callable[[Tiny], AbstractAsyncContextManager[Service]]


async def test_a_fetch_that_nobody_handles_is_repeated_with_pauses(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "FETCH_SECONDS", PAUSE_SECONDS / 2)
    async with run(Tiny(concurrency=1)) as service:
        loops = [each for each in service.broker.subscribers if isinstance(each, PullStreamSubscriber)]
        for each in loops:
            assert each.subscription
            each.subscription._nms = "nobody.handles.this"  # as a server whose JetStream is not available yet
        connection = await service.broker.connect()
        begun, before = time.monotonic(), connection.stats["out_msgs"]
        await asyncio.sleep(4 * PAUSE_SECONDS)
        fetched, seconds = connection.stats["out_msgs"] - before, time.monotonic() - begun
    assert 0 < fetched <= len(loops) * (seconds / PAUSE_SECONDS + 2)


async def test_a_service_fetches_again_at_once_after_nats_was_restarted(
    run: Run, jetstream: JetStreamContext, nats_server: NatsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "FETCH_SECONDS", 3600.0)
    shelf = Shelf()

    async def is_sent() -> bool:
        try:
            await send_message(jetstream, Shelve(book="Tik-Tok of Oz"))
        except (NatsError, TimeoutError):
            return False
        return True

    async with run(Tiny(shelve=shelf, concurrency=2)):
        nats_server.kill()
        nats_server.restart()
        await until(is_sent)
        await until(lambda: shelf.seen)


async def test_the_loops_end_when_the_connection_is_closed_for_good(run: Run, jetstream: JetStreamContext) -> None:
    handling, close = asyncio.Event(), asyncio.Event()

    async def wait_for_close(_message: Shelve) -> None:
        handling.set()
        await close.wait()

    async with run(Tiny(shelve=wait_for_close, concurrency=1)) as service:
        await send_message(jetstream, Shelve(book="Tik-Tok of Oz"))
        await handling.wait()
        await (await service.broker.connect()).close()
        close.set()  # the loop fetches again, over a closed connection
        await until(service.disconnected.is_set)
