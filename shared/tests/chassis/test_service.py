"""A service starts although NATS or Postgres is lost while it starts, and stops without losing a request."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress

from embedded.nats_server import NatsServer
from faststream.nats import NatsBroker
from nats.js import JetStreamContext
from psycopg import errors
from shared.chassis.bus import Bus
from shared.chassis.service import Service, running
from shared.chassis.settings import ServiceSettings
from shared.chassis.subscriptions import Subscriptions
from shared.testing.publishing import send_message
from shared.testing.tiny import TINY, CountBooks, Shelve, Tiny
from shared.testing.waiting import until
from sqlalchemy.exc import OperationalError


class Starts:
    """Builds the tiny service. What it needs is lost during the first start, and found before the second."""

    def __init__(self, tiny: Tiny, lose: Callable[[], None], find: Callable[[], None]) -> None:
        self._tiny, self._lose, self._find = tiny, lose, find
        self.count = 0

    def build(self, settings: ServiceSettings, service: Service) -> Subscriptions:
        self.count += 1
        if self.count > 1:
            self._find()
            return self._tiny.build(settings, service)
        subscribe = service.broker.start

        async def start() -> None:
            self._lose()
            await subscribe()

        service.broker.start = start  # type: ignore[method-assign]  # after it, nothing needs NATS or Postgres
        return self._tiny.build(settings, service)


async def test_a_service_starts_again_when_nats_is_lost_before_it_subscribes(
    database_url: str, nats_server: NatsServer, jetstream: JetStreamContext
) -> None:
    shelved = list[str]()

    async def shelve(message: Shelve) -> None:
        shelved.append(message.book)

    async def count(_request: CountBooks) -> int:
        return len(shelved)

    starts = Starts(Tiny(shelve=shelve, count=count), nats_server.kill, nats_server.restart)
    settings = ServiceSettings.read({"DATABASE_URL": database_url, "NATS_URL": nats_server.url(), "HEALTH_PORT": "0"})
    async with asyncio.timeout(120), running(settings, TINY, starts.build) as service:
        assert starts.count == 2
        await send_message(jetstream, Shelve(book="Ozma of Oz"))
        await until(lambda: shelved)
        assert await service.bus.ask(CountBooks(shelf="Oz")) == 1


async def test_a_service_starts_again_when_postgres_is_lost_while_it_starts(
    database_url: str, nats_server: NatsServer, jetstream: JetStreamContext
) -> None:
    def lose() -> None:
        raise OperationalError("select 1", {}, errors.AdminShutdown("terminating connection"))

    starts = Starts(Tiny(), lose, lambda: None)
    settings = ServiceSettings.read({"DATABASE_URL": database_url, "NATS_URL": nats_server.url(), "HEALTH_PORT": "0"})
    async with asyncio.timeout(120), running(settings, TINY, starts.build):
        assert starts.count == 2


async def test_a_service_that_stops_answers_what_it_received_and_leaves_the_rest_to_its_replica(
    run: Callable[[Tiny], AbstractAsyncContextManager[Service]], nats_server: NatsServer
) -> None:
    begun, stop, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def answer_late(_request: CountBooks) -> int:
        begun.set()
        await go_on.wait()
        return 1

    async def answer(_request: CountBooks) -> int:
        go_on.set()
        return 2

    async def stopping_replica() -> None:
        async with run(Tiny(count=answer_late)):
            await stop.wait()

    async with NatsBroker(nats_server.url(), logger=None) as broker:
        bus, stopping = Bus(broker), asyncio.create_task(stopping_replica())

        asked: list[asyncio.Task[int]] = []

        async def received() -> bool:
            asked.append(asyncio.create_task(bus.ask(CountBooks(shelf="Oz"))))
            with suppress(TimeoutError):
                await asyncio.wait_for(begun.wait(), 0.1)
            return begun.is_set()

        await until(received)
        async with run(Tiny(count=answer)):
            stop.set()
            asked += [asyncio.create_task(bus.ask(CountBooks(shelf="Oz"))) for _ in range(20)]
            await stopping
            answers = await asyncio.gather(*asked, return_exceptions=True)
    assert set(answers[-20:]) <= {1, 2}
    assert 1 in answers


async def test_a_service_stops_while_nats_is_away(
    run: Callable[[Tiny], AbstractAsyncContextManager[Service]], nats_server: NatsServer
) -> None:
    async with run(Tiny()) as service:
        connection = await service.broker.connect()
        nats_server.kill()
        await until(lambda: not connection.is_connected)
    assert connection.is_closed
