"""The service's database, and the stand-ins of the providers."""

import sys
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from harness.plugin import FreshDatabase
from metadata.adapters.import_lists.registry import USED_PROVIDERS
from metadata.adapters.postgres.tables import CHASSIS
from metadata.adapters.postgres.transaction import MetadataTransaction
from metadata.adapters.providers.connect import ProviderDependencies, connect_providers
from metadata.adapters.providers.request import ProviderClient
from metadata.app import SPEC
from metadata.domain.ports import MetadataProvider
from metadata.domain.providers import Registry
from metadata.settings import SETTINGS
from sandbox.outcomes import Controlled
from sandbox.providers.registry import PROVIDERS as STAND_INS
from sandbox.world import World
from shared.chassis.database import Database
from shared.chassis.http import Remote
from shared.chassis.migrations import upgrade
from shared.chassis.rate_limiter import RateLimiter
from shared.testing.clocks import ManualClock

# Pytest's importlib mode puts no folder of tests on the path, and the builders are for all of these.
sys.path.insert(0, str(Path(__file__).parent))


def migrate(database: FreshDatabase) -> None:
    upgrade(SPEC.migrations, database.url("metadata"))


@dataclass
class Sites:
    """The stand-ins of the providers, by name."""

    stand_ins: Mapping[str, Controlled]
    world: World

    @property
    def audible(self) -> Controlled:
        return self.stand_ins["audible"]

    @property
    def hardcover(self) -> Controlled:
        return self.stand_ins["hardcover"]

    @property
    def transports(self) -> dict[str, httpx.AsyncBaseTransport]:
        """The connections to the stand-ins, by the name of the provider."""
        return {name: httpx.ASGITransport(self.stand_ins[each.name]) for each in STAND_INS for name in each.served()}

    @property
    def settings(self) -> dict[str, str]:
        """The settings with which the service uses the stand-ins, by the names of its fields."""
        addresses = {
            each.address_setting: each.address_text(self.world, f"https://{each.name}.test") for each in STAND_INS
        }
        others = {name: value for each in STAND_INS for name, value in {**each.settings, **each.all_abilities}.items()}
        return {name.lower(): value for name, value in (addresses | others).items()}


@dataclass
class Catalogues(Sites):
    """The stand-ins, and the service's registry that uses them."""

    registry: Registry
    connections: list[Remote | RateLimiter]
    clients: dict[str, ProviderClient]

    def provider(self, name: str) -> MetadataProvider:
        """The provider of this name. It must be enabled."""
        return next(each.provider for each in self.registry.enabled if each.provider.name == name)


@pytest.fixture
def migrated() -> Callable[[FreshDatabase], None]:
    """How a database is prepared for this service."""
    return migrate


@pytest.fixture
def sites() -> Callable[[World], Sites]:
    """Call it with a world for its providers."""
    return lambda world: Sites({each.name: each.create(world) for each in STAND_INS}, world)


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
    """Call it with a world for its providers. `around` wraps the connection to each stand-in.

    Unless `providers` says otherwise, those are used that are listed by default and have a catalogue in the world.
    """
    made: list[Catalogues] = []

    def of(
        world: World,
        around: Callable[[httpx.AsyncBaseTransport], httpx.AsyncBaseTransport] = lambda transport: transport,
        **settings: object,
    ) -> Catalogues:
        there = sites(world)
        example = SETTINGS.example()
        listed = [each for each in example.weights() if each.provider in world.providers]
        used = {"providers": ",".join(f"{each.provider}:{each.weight}" for each in listed)} if listed else {}
        read = SETTINGS(_env_file=None, **(example.model_dump() | there.settings | used | settings))
        transports = {name: around(transport) for name, transport in there.transports.items()}
        connected = connect_providers(read, ProviderDependencies(database, clock, transports), USED_PROVIDERS)
        made.append(Catalogues(there.stand_ins, world, connected.registry, connected.connections, connected.clients))
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
