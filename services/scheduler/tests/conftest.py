"""The scheduler's database, and its parts with a fixed clock."""

import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from harness.plugin import FreshDatabase
from scheduler.app import SPEC
from scheduler.handlers.runs import RunHandlers
from scheduler.handlers.status import StatusHandlers
from scheduler.handlers.tasks import TaskHandlers
from scheduler.postgres.tables import CHASSIS
from scheduler.postgres.transaction import SchedulerTransaction
from scheduler.settings import SETTINGS
from scheduler.ticker import Ticker
from shared.chassis.database import Database, Transactions
from shared.chassis.migrations import upgrade
from shared.testing.clocks import ManualClock

# Pytest's importlib mode puts no test folder on the path, and several tests import the calendar.
sys.path.insert(0, str(Path(__file__).parent))

ROLE = "scheduler"
Open = Transactions[SchedulerTransaction]


def _migrated(database: FreshDatabase) -> None:
    upgrade(SPEC.migrations, database.url(ROLE))


@pytest.fixture
def database_url(fresh_database: Callable[..., FreshDatabase]) -> str:
    return fresh_database(_migrated).url(ROLE)


@pytest.fixture
async def transaction(database_url: str) -> AsyncIterator[Open]:
    database = Database(database_url, CHASSIS)
    yield database.transactions(SchedulerTransaction)
    await database.aclose()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def ticker(transaction: Open, clock: ManualClock) -> Ticker:
    """The ticker of one replica. Every schedule was added at noon on 1 March 2026."""
    made = Ticker(transaction, clock, SETTINGS.example().crons())
    await made.add_missing_schedules()
    return made


@pytest.fixture
def tasks(transaction: Open, clock: ManualClock) -> TaskHandlers:
    return TaskHandlers(transaction, clock)


@pytest.fixture
def runs(transaction: Open, clock: ManualClock) -> RunHandlers:
    return RunHandlers(transaction, clock)


@pytest.fixture
def status(transaction: Open, clock: ManualClock) -> StatusHandlers:
    return StatusHandlers(transaction, clock)


Outbox = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def outbox(database_url: str) -> Outbox:
    """Read the messages in the outbox whose subject matches an SQL pattern: subject and fields."""

    def read(pattern: str) -> list[dict[str, Any]]:
        with psycopg.connect(database_url) as connection:
            rows = connection.execute(
                "select subject, payload::jsonb from scheduler.outbox where subject like %s order by id", [pattern]
            ).fetchall()
        return [{"subject": subject, **payload} for subject, payload in rows]

    return read


@pytest.fixture
def sent(outbox: Outbox) -> Callable[[], list[dict[str, Any]]]:
    """Read the commands in the outbox: subject and fields."""
    return lambda: outbox("cmd.%")
