"""A run sends heartbeats while it is in progress, and its work is skipped after it was cancelled."""

import asyncio
import weakref
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from uuid import UUID, uuid4

from nats.js import JetStreamContext
from shared.chassis.database import Transaction
from shared.chassis.errors import TryAgainLater
from shared.chassis.run_heartbeat import RUNS_REMEMBERED, RunHeartbeat
from shared.chassis.service import Service
from shared.contracts.runs import RunAlive, RunCancelled
from shared.testing.publishing import send_message
from shared.testing.tiny import Shelve, ShelveAll, Tiny
from shared.testing.waiting import until

Run = Callable[[Tiny], AbstractAsyncContextManager[Service]]


async def received_heartbeats(jetstream: JetStreamContext, count: int) -> list[RunAlive]:
    subscription = await jetstream.subscribe(RunAlive.subject)
    return [RunAlive.model_validate_json((await subscription.next_msg(timeout=60)).data) for _ in range(count)]


async def test_a_long_command_sends_heartbeats_of_its_run(run: Run, jetstream: JetStreamContext) -> None:
    run_id, two_received = uuid4(), asyncio.Event()

    async def shelve_all(_message: ShelveAll) -> None:
        await two_received.wait()

    async with run(Tiny(shelve_all=shelve_all)):
        await send_message(jetstream, ShelveAll(run_id=run_id))
        heartbeats = await received_heartbeats(jetstream, 2)
        two_received.set()
    assert [(each.run_id, each.waits_seconds) for each in heartbeats] == [(run_id, 0.0)] * 2


async def test_the_heartbeat_of_an_item_that_has_to_wait_contains_the_delay(
    run: Run, jetstream: JetStreamContext
) -> None:
    run_id = uuid4()

    async def shelve(_message: Shelve) -> None:
        raise TryAgainLater(600, "the shop is closed")

    async with run(Tiny(shelve=shelve)):
        await send_message(jetstream, Shelve(book="Ozma of Oz", run_id=run_id))
        (heartbeat,) = await received_heartbeats(jetstream, 1)
    assert (heartbeat.run_id, heartbeat.waits_seconds) == (run_id, 600)


async def test_a_command_of_a_cancelled_run_is_skipped(run: Run, jetstream: JetStreamContext) -> None:
    cancelled, other, seen = uuid4(), uuid4(), list[UUID | None]()

    async def shelve_all(message: ShelveAll) -> None:
        seen.append(message.run_id)

    tiny = Tiny(shelve_all=shelve_all)
    async with run(tiny):
        await send_message(jetstream, RunCancelled(run_id=cancelled, task="shelving"))
        await until(lambda: tiny.cancelled(cancelled))
        await send_message(jetstream, ShelveAll(run_id=cancelled))
        await send_message(jetstream, ShelveAll(run_id=other))
        await until(lambda: seen)
        await until(lambda: handled(jetstream))
    assert seen == [other]


async def test_a_part_of_a_cancelled_run_is_skipped(run: Run, jetstream: JetStreamContext) -> None:
    cancelled, seen = uuid4(), list[str]()

    async def shelve(message: Shelve) -> None:
        seen.append(message.book)

    tiny = Tiny(shelve=shelve)
    async with run(tiny):
        await send_message(jetstream, Shelve(book="The Road to Oz", run_id=cancelled))
        await until(lambda: seen)
        await send_message(jetstream, RunCancelled(run_id=cancelled, task="shelving"))
        await until(lambda: tiny.cancelled(cancelled))
        await send_message(jetstream, Shelve(book="Ozma of Oz", run_id=cancelled))
        await send_message(jetstream, Shelve(book="Rinkitink in Oz"))
        await until(lambda: len(seen) > 1)
        await until(lambda: handled(jetstream, "shelve"))
    assert seen == ["The Road to Oz", "Rinkitink in Oz"]


async def test_only_the_last_runs_are_remembered() -> None:
    def no_transaction() -> AbstractAsyncContextManager[Transaction]:
        raise AssertionError("a short run sends no heartbeat")

    run_heartbeat = RunHeartbeat(no_transaction)
    runs = weakref.WeakSet[UUID]()
    for _ in range(RUNS_REMEMBERED + 5):
        run_id = uuid4()
        runs.add(run_id)
        async with run_heartbeat.alive(run_id):
            assert len(runs) <= RUNS_REMEMBERED


async def handled(jetstream: JetStreamContext, command: str = "shelve_all") -> bool:
    consumer = await jetstream.consumer_info("COMMANDS", f"library-scanner-cmd-library-{command}")
    return bool(consumer.num_pending == 0 and consumer.num_ack_pending == 0)
