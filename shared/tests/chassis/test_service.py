"""A service starts although NATS or Postgres is lost while it starts."""

import asyncio
from collections.abc import Callable

from embedded.nats_server import NatsServer
from nats.js import JetStreamContext
from psycopg import errors
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
