"""The service's database, and the stand-ins of the providers."""

import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from harness.plugin import FreshDatabase
from metadata.adapters.postgres.tables import CHASSIS
from metadata.adapters.postgres.transaction import MetadataTransaction
from metadata.adapters.providers.connect import ProviderDependencies, connect_providers
from metadata.app import SPEC
from metadata.domain.providers import Registry
from metadata.settings import SETTINGS
from sandbox.outcomes import Controlled
from sandbox.providers import audible, hardcover
from sandbox.world import World
from shared.chassis.database import Database
from shared.chassis.http import Remote
from shared.chassis.migrations import upgrade
from shared.chassis.rate_limiter import RateLimiter
from shared.testing.clocks import ManualClock

# Pytest's importlib mode puts no folder of tests on the path, and the builders are for all of these.
sys.path.insert(0, str(Path(__file__).parent))

TOKEN = "hc_pat_of_a_test"


def migrate(database: FreshDatabase) -> None:
    upgrade(SPEC.migrations, database.url("metadata"))


@dataclass
class Sites:
    """The stand-ins of both providers."""

    audible: Controlled
    hardcover: Controlled

    @property
    def transports(self) -> dict[str, httpx.AsyncBaseTransport]:
        return {"audible": httpx.ASGITransport(self.audible), "hardcover": httpx.ASGITransport(self.hardcover)}


@dataclass
class Catalogues(Sites):
    """The stand-ins, and the service's registry that uses them."""

    registry: Registry
    connections: list[Remote | RateLimiter]


@pytest.fixture
def migrated() -> Callable[[FreshDatabase], None]:
    """How a database is prepared for this service."""
    return migrate


@pytest.fixture
def sites() -> Callable[[World], Sites]:
    """Call it with a world for its providers."""
    return lambda world: Sites(audible.create(world), hardcover.create(world, token=TOKEN))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def database(fresh_database: Callable[..., FreshDatabase]) -> AsyncIterator[Database]:
    opened = Database(fresh_database(migrate).url("metadata"), CHASSIS)
    yield opened
    await opened.aclose()


@pytest.fixture
def transaction(database: Database) -> object:
    return database.transactions(MetadataTransaction)


@pytest.fixture
async def catalogues(
    database: Database, clock: ManualClock, sites: Callable[[World], Sites]
) -> AsyncIterator[Callable[..., Catalogues]]:
    """Call it with a world for its providers."""
    made: list[Catalogues] = []

    def of(world: World, **settings: object) -> Catalogues:
        changes = {"audible_interval": 0, "hardcover_interval": 0, "hardcover_token": f"Bearer {TOKEN}", **settings}
        read = SETTINGS(_env_file=None, **(SETTINGS.example().model_dump() | changes))
        stand_ins = sites(world)
        dependencies = ProviderDependencies(database, clock, stand_ins.transports)
        providers, connections = connect_providers(read, dependencies)
        made.append(Catalogues(stand_ins.audible, stand_ins.hardcover, providers, connections))
        return made[-1]

    yield of
    for each in made:
        for connection in each.connections:
            await connection.aclose()


@pytest.fixture(scope="session")
def shipped() -> Callable[[str], World]:
    """Call it with the name of a shipped world."""
    folder = Path(__file__).parents[3] / "sandbox" / "worlds"

    def world(name: str) -> World:
        return World.model_validate_json((folder / f"{name}.json").read_text(encoding="utf-8"))

    return world
