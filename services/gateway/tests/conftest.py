"""The running gateway on a real Postgres and a real NATS. No other service runs unless a test starts one."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache

import httpx
import nats
import pytest
import pytest_asyncio
from embedded.process import free_port
from fastapi import FastAPI
from gateway.api_keys.keys import Keys
from gateway.app import SPEC, build
from gateway.postgres.tables import CHASSIS, ApiKeyRow
from gateway.settings import GatewaySettings
from harness.plugin import FreshDatabase
from provisioning.services import PARTS
from shared.chassis.database import Database, Transaction
from shared.chassis.migrations import upgrade
from shared.chassis.sealing import SecretKeys
from shared.chassis.service import running
from shared.chassis.streams import provision
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.gateway.api_keys import Scope
from shared.testing.waiting import until
from sqlalchemy import update

from .receiving import Receiver, receiving

ROLE = "gateway"
SECRET = "s" * 32
ADMIN_KEY = "the-key-that-may-do-all"
READ_KEY = "the-key-that-may-only-read"
WRITE_KEY = "the-key-that-may-not-administer"


def _migrated(database: FreshDatabase) -> None:
    upgrade(SPEC.migrations, database.url(ROLE))


@pytest.fixture
def database_url(fresh_database: Callable[..., FreshDatabase]) -> str:
    return fresh_database(_migrated).url(ROLE)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url, CHASSIS)
    yield made
    await made.aclose()


@cache
def _tables() -> list[Subscriptions]:
    """What all services subscribe to. Nearly every test needs it, and it builds all services."""
    return [part.table() for part in PARTS]


@dataclass(frozen=True)
class Gateway:
    """The running gateway's app and broker."""

    app: FastAPI
    asgi: httpx.ASGITransport
    nats_url: str
    url: str

    async def call(self, method: str, path: str, key: str | None = ADMIN_KEY, **options: object) -> httpx.Response:
        """One call with a key in X-Api-Key, or with none."""
        headers = {"X-Api-Key": key} if key else {}
        async with httpx.AsyncClient(transport=self.asgi, base_url="http://gateway", headers=headers) as client:
            return await client.request(method, path, **options)  # type: ignore[arg-type]  # httpx's own options


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Gets notifications."""
    async with receiving() as made:
        yield made


@pytest.fixture
def more_settings() -> dict[str, str]:
    """Further settings of the gateway. A module that needs others defines a fixture of this name."""
    return {}


@pytest.fixture
async def gateway(
    database: Database, database_url: str, nats_url: str, more_settings: dict[str, str]
) -> AsyncIterator[Gateway]:
    async with _running_gateway(database, database_url, nats_url, more_settings) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gateway_of_module(
    fresh_database_of_module: Callable[..., FreshDatabase], nats_url_of_module: str
) -> AsyncIterator[Gateway]:
    """One gateway for the tests of a module that store nothing in it. They run in the event loop of the module.

    Together they may call it more often than one address may.
    """
    url = fresh_database_of_module(_migrated).url(ROLE)
    database = Database(url, CHASSIS)
    async with _running_gateway(database, url, nats_url_of_module, {"RATE_LIMIT_PER_ADDRESS": "0"}) as made:
        yield made
    await database.aclose()


@asynccontextmanager
async def _running_gateway(
    database: Database, database_url: str, nats_url: str, more_settings: dict[str, str]
) -> AsyncIterator[Gateway]:
    connection = await nats.connect(nats_url)
    await provision(connection.jetstream(), _tables())
    await connection.close()
    await with_scope(database, READ_KEY, Scope.READ)
    await with_scope(database, WRITE_KEY, Scope.WRITE)
    port = free_port()
    environment = {
        "DATABASE_URL": database_url, "NATS_URL": nats_url, "SECRET_KEY": SECRET,
        "ABS_WEBHOOK_SECRET": "the-secret-of-the-webhook", "API_KEY": ADMIN_KEY,
        "HEALTH_HOST": "127.0.0.1", "HEALTH_PORT": str(port), **more_settings,
    }  # fmt: skip
    async with running(GatewaySettings.read(environment), SPEC, build) as service:
        keys = Keys(database.transactions(Transaction), SecretKeys(SECRET))
        await until(lambda: _known(keys))
        assert isinstance(service.asgi, FastAPI)
        yield Gateway(
            service.asgi,
            httpx.ASGITransport(service.asgi, raise_app_exceptions=False),
            nats_url,
            f"http://127.0.0.1:{port}",
        )


async def _known(keys: Keys) -> bool:
    return await keys.caller(ADMIN_KEY) is not None


async def with_scope(database: Database, key: str, scope: Scope) -> None:
    """Make a key that may do no more than its scope says."""
    transaction = database.transactions(Transaction)
    keys = Keys(transaction, SecretKeys(SECRET))
    await keys.first(key)
    async with transaction() as tx:
        await tx.session.execute(
            update(ApiKeyRow).where(ApiKeyRow.hash == keys._hash(key)).values(scopes=[scope.value], name=scope.value)
        )
