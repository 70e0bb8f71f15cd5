"""The scheduler's database, and its parts on a clock that stands still."""

import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from harness.plugin import FreshDatabase
from scheduler.app import NAMEPLATE
from scheduler.postgres.tables import CHASSIS
from scheduler.postgres.transaction import SchedulerTransaction
from scheduler.runs import Runs
from scheduler.settings import SchedulerSettings
from scheduler.status import Standing
from scheduler.tasks import Tasks
from scheduler.ticking import Ticking
from shared.chassis.database import Database, Transactions
from shared.chassis.migrations import upgrade
from shared.testing.clocks import StandingClock

# Pytest's importlib mode puts no folder of tests on the path, and the calendar is for several of these.
sys.path.insert(0, str(Path(__file__).parent))

ROLE = "scheduler"
Open = Transactions[SchedulerTransaction]


def _migrated(database: FreshDatabase) -> None:
    upgrade(NAMEPLATE.migrations, database.url(ROLE))


@pytest.fixture
def database_url(fresh_database: Callable[..., FreshDatabase]) -> str:
    return fresh_database(_migrated).url(ROLE)


@pytest.fixture
async def transaction(database_url: str) -> AsyncIterator[Open]:
    database = Database(database_url, CHASSIS)
    yield database.transactions(SchedulerTransaction)
    await database.aclose()


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
async def ticking(transaction: Open, clock: StandingClock) -> Ticking:
    """One replica's clock, with every task entered at noon of 1 March 2026."""
    made = Ticking(transaction, clock, SchedulerSettings.example().crons())
    await made.enter_tasks()
    return made


@pytest.fixture
def tasks(transaction: Open, clock: StandingClock) -> Tasks:
    return Tasks(transaction, clock)


@pytest.fixture
def runs(transaction: Open, clock: StandingClock) -> Runs:
    return Runs(transaction, clock)


@pytest.fixture
def standing(transaction: Open, clock: StandingClock) -> Standing:
    return Standing(transaction, clock)


Said = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def said(database_url: str) -> Said:
    """Every message in the outbox whose subject is like this: its subject, and its fields."""

    def read(pattern: str) -> list[dict[str, Any]]:
        with psycopg.connect(database_url) as connection:
            rows = connection.execute(
                "select subject, payload::jsonb from scheduler.outbox where subject like %s order by id", [pattern]
            ).fetchall()
        return [{"subject": subject, **payload} for subject, payload in rows]

    return read


@pytest.fixture
def sent(said: Said) -> Callable[[], list[dict[str, Any]]]:
    """Every command in the outbox: its subject, and its fields."""
    return lambda: said("cmd.%")
