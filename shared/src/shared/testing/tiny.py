"""A minimal service to test the chassis: a request, two commands and an event."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.chassis.database import Transaction
from shared.chassis.migrations import upgrade
from shared.chassis.service import Service, ServiceSpec
from shared.chassis.settings import ServiceSettings
from shared.chassis.subscriptions import Subscriptions
from shared.chassis.tables import chassis_tables, rate_limit_tables, service_metadata
from shared.contracts.message import Command, Event, Request
from shared.contracts.runs import RunFinished
from shared.contracts.values import RunId

METADATA = service_metadata("library")
CHASSIS = chassis_tables(METADATA)
RATE_LIMITS = rate_limit_tables(METADATA)
TINY = ServiceSpec("library-scanner", "library", CHASSIS, Path(__file__).parent / "tiny_migrations")
ROLE = "library_scanner"


class CountBooks(Request[int]):
    """Count the books on a shelf."""

    subject: ClassVar[str] = "rpc.library.count_books"
    timeout_seconds: ClassVar[float] = 3.0
    not_repeatable: ClassVar[bool] = True
    shelf: str = Field(max_length=40)


class Shelve(Command):
    """Put a book on its shelf."""

    subject: ClassVar[str] = "cmd.library.shelve"
    part_of_run: ClassVar[bool] = True
    book: str
    run_id: RunId | None = None


class ShelveAll(Command):
    """Put every book on its shelf: the whole work of a run."""

    subject: ClassVar[str] = "cmd.library.shelve_all"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None


class Shelved(Event):
    """A book was put on its shelf."""

    subject: ClassVar[str] = "evt.library.shelved"
    book: str


Handler = Callable[[Any], Awaitable[Any]]


async def _ignore(_message: Any) -> None:
    """A handler that does nothing."""


class Tiny(BaseModel):
    """The behaviour of the tiny service: one handler for each of its messages."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    count: Handler = _ignore
    shelve: Handler = _ignore
    shelve_all: Handler = _ignore
    shelved: Handler = _ignore
    concurrency: int = 4

    def table(self) -> Subscriptions:
        """The table of subscriptions."""
        table = Subscriptions(TINY.name, TINY.area)
        table.answer(CountBooks, self.count)
        table.do(Shelve, self.shelve, self.concurrency)
        table.do(ShelveAll, self.shelve_all, self.concurrency)
        table.on(Shelved, self.shelved, self.concurrency)
        table.sends_requests(CountBooks)
        table.publishes(Shelve, Shelved, RunFinished)
        return table

    def build(self, _settings: ServiceSettings, service: Service) -> Subscriptions:
        """The `build` function of a service."""
        self._transaction = service.database.transactions(Transaction)
        return self.table()

    async def cancelled(self, run_id: UUID) -> bool:
        """Whether the service has recorded that this run was cancelled."""
        async with self._transaction() as tx:
            return await tx.runs.cancelled(run_id)


def migrate(url: str) -> None:
    """Create the tables of the tiny service in an empty schema."""
    upgrade(TINY.migrations, url)


class Shelf:
    """A handler that records its messages and raises the given failures, one per call."""

    def __init__(self, *failures: Exception) -> None:
        self.seen: list[Any] = []
        self._failures = list(failures)

    async def __call__(self, message: Any) -> None:
        self.seen.append(message)
        if self._failures:
            raise self._failures.pop(0)
