"""The tiny service's database and broker, both real."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import nats
import pytest
import structlog
from embedded.nats_server import NatsServer
from harness.plugin import FreshDatabase
from nats.js import JetStreamContext
from shared.chassis.consumers import RetryPolicy
from shared.chassis.database import Database, Transaction, Transactions
from shared.chassis.service import Service, running
from shared.chassis.settings import ServiceSettings
from shared.chassis.streams import provision
from shared.testing.tiny import CHASSIS, ROLE, TINY, Tiny, migrate

ACK_WAIT_SECONDS = 1.0
QUICK = RetryPolicy(heartbeat_seconds=0.2, run_heartbeat_seconds=0.3, delays_seconds=(0.1, 0.1))
Run = Callable[..., AbstractAsyncContextManager[Service]]


@pytest.fixture(autouse=True)
def _captured_logs() -> Iterator[None]:
    """Capture the logs, so that structlog does not format tracebacks."""
    with structlog.testing.capture_logs():
        yield


def _migrated(database: FreshDatabase) -> None:
    migrate(database.url(ROLE))


@pytest.fixture
def database_url(fresh_database: Callable[..., FreshDatabase]) -> str:
    """A migrated database for this test only, with the role of the tiny service."""
    return fresh_database(_migrated).url(ROLE)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, CHASSIS)
    yield opened
    await opened.aclose()


@pytest.fixture
def transaction(database: Database) -> Transactions[Transaction]:
    return database.transactions(Transaction)


@pytest.fixture
async def jetstream(nats_server: NatsServer) -> AsyncIterator[JetStreamContext]:
    """A connection that may do everything, with the streams and the tiny service's consumers created."""
    connection = await nats.connect(nats_server.url(), reconnect_time_wait=0.1, max_reconnect_attempts=-1)
    await provision(connection.jetstream(), [Tiny().table()], ack_wait_seconds=ACK_WAIT_SECONDS)
    yield connection.jetstream()
    await connection.close()


@pytest.fixture
def run(database_url: str, nats_server: NatsServer, jetstream: JetStreamContext) -> Run:
    """Runs a tiny service on the test's database and broker, with more settings if they are given."""

    @asynccontextmanager
    async def runs(tiny: Tiny, **more: str) -> AsyncIterator[Service]:
        settings = ServiceSettings.read(
            {"DATABASE_URL": database_url, "NATS_URL": nats_server.url(), "HEALTH_PORT": "0", **more}
        )
        async with running(settings, TINY, tiny.build, retry_policy=QUICK) as service:
            yield service

    return runs
