"""The loop that fetches messages, while a consumer cannot be reached."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest
from embedded.nats_server import NatsServer
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from shared.chassis import consumers
from shared.chassis.pull_loop import PAUSE_SECONDS
from shared.chassis.service import Service
from shared.chassis.streams import consumer_config
from shared.chassis.subscriptions import durable_of
from shared.testing.publishing import send_message
from shared.testing.tiny import TINY, Shelf, Shelve, Tiny
from shared.testing.waiting import until

Run = Callable[[Tiny], AbstractAsyncContextManager[Service]]
DURABLE = durable_of(TINY.name, Shelve)


async def test_a_fetch_that_is_refused_is_repeated_with_pauses(run: Run, jetstream: JetStreamContext) -> None:
    shelf, loops = Shelf(), 4
    await jetstream.delete_consumer("COMMANDS", DURABLE)
    # Only one fetch may wait at a time, so that the others are refused at once.
    await jetstream.add_consumer("COMMANDS", consumer_config(TINY.name, Shelve).evolve(max_waiting=1))
    async with run(Tiny(shelve=shelf, concurrency=loops)) as service:
        sent = (await service.broker.connect()).stats
        begun, before = time.monotonic(), sent["out_msgs"]
        await asyncio.sleep(4 * PAUSE_SECONDS)
        fetched, seconds = sent["out_msgs"] - before, time.monotonic() - begun
        await send_message(jetstream, Shelve(book="Tik-Tok of Oz"))
        await until(lambda: shelf.seen)
    assert fetched <= loops * (seconds / PAUSE_SECONDS + 4), "each loop pauses after a refusal"


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
