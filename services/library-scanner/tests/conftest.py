"""A migrated database and a manual clock for each test."""

import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from harness.plugin import FreshDatabase
from library_scanner.adapters.postgres.tables import CHASSIS
from library_scanner.adapters.postgres.transaction import LibraryTransaction
from library_scanner.app import SPEC
from library_scanner.domain.transaction import Transactions
from shared.chassis.database import Database
from shared.chassis.migrations import upgrade
from shared.testing.clocks import ManualClock

# In importlib mode pytest does not add the test folder to the path, and all tests use the builders.
sys.path.insert(0, str(Path(__file__).parent))


def migrated(database: FreshDatabase) -> None:
    upgrade(SPEC.migrations, database.url("library_scanner"))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def database(fresh_database: Callable[..., FreshDatabase]) -> AsyncIterator[Database]:
    made = Database(fresh_database(migrated).url("library_scanner"), CHASSIS)
    yield made
    await made.aclose()


@pytest.fixture
def transaction(database: Database) -> Transactions:
    return database.transactions(LibraryTransaction)


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    return tmp_path
