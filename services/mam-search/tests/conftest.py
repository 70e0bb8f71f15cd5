"""The rate limiter on a real Postgres, and the stand-in of MyAnonamouse with any number of replicas."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from harness.plugin import FreshDatabase
from mam_search.adapters.mam.access import TrackerAccessReader
from mam_search.adapters.mam.account_rules import SYSTEM, account_rules
from mam_search.adapters.mam.client import MyAnonamouse
from mam_search.adapters.mam.requests import TrackerRequests
from mam_search.adapters.postgres.search_cache import PostgresSearchCache
from mam_search.adapters.postgres.seedbox_store import SeedboxStore
from mam_search.adapters.postgres.session_store import SessionStore
from mam_search.adapters.postgres.standing_history import StandingHistory
from mam_search.adapters.postgres.store_guide import store_guide
from mam_search.adapters.postgres.tables import CHASSIS, RATE_LIMITS
from mam_search.app import SPEC
from mam_search.domain.session_credentials import SessionCredentials
from sandbox.outcomes import Outcome
from sandbox.testing import a_world, an_offer
from sandbox.torrent import TorrentShelf
from sandbox.world import World
from sandbox.worldmaking.small import small_world
from shared.chassis.clock import Clock, SystemClock
from shared.chassis.database import Database, Transaction
from shared.chassis.http import Remote
from shared.chassis.migrations import upgrade
from shared.chassis.rate_limiter import RateLimiter
from shared.chassis.sealing import SecretKeys
from shared.contracts.mam.sessions import SessionKind

from sandbox import mam

sys.path.insert(0, str(Path(__file__).parent))
from guide_texts import texts_of

SEED = "seed-of-the-session"
SECRET = "s" * 32
ROLE = "mam_search"


def _migrated(database: FreshDatabase) -> None:
    upgrade(SPEC.migrations, database.url(ROLE))


@pytest.fixture
def database_url(fresh_database: Callable[..., FreshDatabase]) -> str:
    return fresh_database(_migrated).url(ROLE)


@dataclass
class Tracker:
    """The stand-in and the replicas of the service that use it."""

    site: mam.Mam
    database_url: str
    databases: list[Database] = field(default_factory=list)
    remotes: list[Remote] = field(default_factory=list)
    rate_limiters: list[RateLimiter] = field(default_factory=list)

    def replica(
        self,
        *,
        seed: str = SEED,
        seconds_between: float = 0.0,
        secret: str = SECRET,
        requests_per_day: int | None = None,
    ) -> MyAnonamouse:
        """Another replica of the service, with its own connections."""
        requests = self.requests_of_replica(
            seed=seed, seconds_between=seconds_between, secret=secret, requests_per_day=requests_per_day
        )
        return MyAnonamouse(requests)

    def requests_of_replica(
        self,
        *,
        seed: str = SEED,
        seconds_between: float = 0.0,
        secret: str = SECRET,
        requests_per_day: int | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        tested: bool = False,
    ) -> TrackerRequests:
        """What another replica of the service sends its requests with. `tested`: the session is not a setting yet."""
        database = Database(self.database_url, CHASSIS)
        remote = Remote(SYSTEM, "http://mam", transport=transport or httpx.ASGITransport(app=self.site))
        self.databases.append(database)
        self.remotes.append(remote)
        sessions = self.sessions(database, seed, secret=secret, tested=tested)
        rules = account_rules(sessions.fingerprint, seconds_between, requests_per_day=requests_per_day)
        rate_limiter = RateLimiter(database, RATE_LIMITS, rules, SystemClock())
        self.rate_limiters.append(rate_limiter)
        return TrackerRequests(remote, rate_limiter, sessions, SystemClock(), tested=tested)

    def seedbox(self) -> SeedboxStore:
        """The stored address, as the last replica sees it."""
        return SeedboxStore(self.databases[-1].transactions(Transaction))

    def paths(self, path: str) -> int:
        """How many requests of this path the site received."""
        return sum(1 for each in self.site.outcomes.requests if each.path == path)

    def control(self, clock: Clock) -> TrackerAccessReader:
        """The access to the account, as the last replica sees it."""
        transaction, keys = self.databases[-1].transactions(Transaction), SecretKeys(SECRET)
        api = SessionStore(transaction, keys, clock, SessionCredentials(SEED))
        browser = SessionStore(transaction, keys, clock, SessionCredentials(), SessionKind.BROWSER)
        return TrackerAccessReader(self.rate_limiters[-1], (api, browser), None, clock)

    def sessions(
        self, database: Database, seed: str = SEED, *, secret: str = SECRET, former: str = "", tested: bool = False
    ) -> SessionStore:
        """The stored sessions, as a replica with this MAM_SESSION reads them."""
        return SessionStore(
            database.transactions(Transaction),
            SecretKeys(secret, former),
            SystemClock(),
            SessionCredentials(seed),
            tested=tested,
        )

    def fails(self, kind: str, **options: object) -> None:
        """Make the stand-in fail."""
        self.site.outcomes.switch_on(Outcome.model_validate({"kind": kind, **options}))

    @property
    def requests(self) -> int:
        return len(self.site.outcomes.requests)


@pytest.fixture
async def a_tracker_of(database_url: str) -> AsyncIterator[Callable[..., Tracker]]:
    """Creates a stand-in with the offers of a world."""
    made: list[Tracker] = []

    def make(world: World, rules: mam.Rules | None = None) -> Tracker:
        site = mam.create(world, TorrentShelf("http://tracker.invalid/announce"), mam_id=SEED, rules=rules)
        made.append(Tracker(site, database_url))
        return made[-1]

    yield make
    for tracker in made:
        for remote in tracker.remotes:
            await remote.aclose()
        for rate_limiter in tracker.rate_limiters:
            await rate_limiter.aclose()
        for database in tracker.databases:
            await database.aclose()


@pytest.fixture
def tracker(a_tracker_of: Callable[[World], Tracker]) -> Tracker:
    return a_tracker_of(
        a_world(offers=[an_offer(id="901").model_dump(), an_offer(id="902", title="Ozma of Oz").model_dump()])
    )


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url, CHASSIS)
    yield made
    await made.aclose()


@pytest.fixture
def cache(database: Database) -> PostgresSearchCache:
    return PostgresSearchCache(database.transactions(Transaction))


@pytest.fixture
def history(database: Database) -> StandingHistory:
    return StandingHistory(database.transactions(Transaction))


@pytest.fixture
def stored_guides_url(fresh_database: Callable[..., FreshDatabase]) -> str:
    return fresh_database(_with_guides).url(ROLE)


@pytest.fixture
async def stored_guides(stored_guides_url: str) -> AsyncIterator[Database]:
    """A database with the guides and topics of the small world."""
    made = Database(stored_guides_url, CHASSIS)
    yield made
    await made.aclose()


def _with_guides(database: FreshDatabase) -> None:
    _migrated(database)
    asyncio.run(_store_guides(database.url(ROLE)))


async def _store_guides(url: str) -> None:
    database = Database(url, CHASSIS)
    async with database.transactions(Transaction)() as tx:
        for text in texts_of(small_world()):
            await store_guide(tx.session, text, datetime(2026, 10, 1, tzinfo=UTC))
    await database.aclose()
