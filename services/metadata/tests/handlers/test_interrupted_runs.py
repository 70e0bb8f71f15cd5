"""A refresh run that is interrupted by a kill or an outage goes on where it was, and does nothing twice."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from metadata.domain.transactions import Transactions
from metadata.handlers import refresh_metadata
from metadata.handlers.refresh_metadata import RefreshRules
from metadata_builders import NAMESPACE, Pipeline, StubLibrary, a_book, messages_sent
from sandbox.outcomes import Failure, Outcome
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database
from shared.chassis.errors import ServiceUnavailable, TryAgainLater
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import WriteMetadata
from shared.contracts.metadata.refreshes import BookRefreshed, RefreshBooks, RefreshMetadata, RefreshMode
from shared.contracts.runs import RunFinished, RunOutcome
from shared.testing.clocks import ManualClock
from shared.testing.waiting import until

RULES = RefreshRules(batch_size=10, daily_max=3, new_days=7, dry_run=False)
TITLES = ("The Marvelous Land of Oz", "Queen Zixi of Ix", "The Sea Fairies", "Sky Island")


def a_copy(number: int) -> Book:
    """An owned book without a publisher, which is the one field to fill."""
    title = TITLES[number]
    return a_book(
        id=uuid5(NAMESPACE, title),
        title=title,
        asin=f"B0OZ00020{number}",
        isbn=None,
        series=[],
        publisher=None,
        path=title,
    )


class Scene:
    """A run over four books in two messages."""

    def __init__(self, transaction: Transactions, database: Database, clock: ManualClock, made: Any) -> None:
        self.database, self.made = database, made
        self.books = [a_copy(number) for number in range(4)]
        self._transaction, self._clock = transaction, clock
        self.restart()

    def restart(self, shelf: StubLibrary | None = None) -> None:
        """What a new process begins with: only what is stored."""
        library = shelf or StubLibrary(*self.books)
        self.pipeline = Pipeline(self._transaction, library, self.made.registry, RULES, self._clock)

    async def begin(self) -> Sequence[RefreshBooks]:
        await self.pipeline.refresh(RefreshMetadata(run_id=uuid4(), mode=RefreshMode.FULL))
        return await messages_sent(self.database, RefreshBooks)

    @property
    def requests(self) -> int:
        return len(self.made.audible.outcomes.requests)

    async def assert_complete(self) -> None:
        (finished,) = await messages_sent(self.database, RunFinished)
        assert (finished.outcome, finished.tally.processed) == (RunOutcome.COMPLETED, 4)
        refreshed = Counter(each.book_id for each in await messages_sent(self.database, BookRefreshed))
        assert refreshed == Counter(each.id for each in self.books)
        written = Counter(each.book_id for each in await messages_sent(self.database, WriteMetadata))
        assert written == refreshed


class LibraryAway(StubLibrary):
    async def books_by_id(self, book_ids: Sequence[UUID]) -> list[Book]:
        raise ServiceUnavailable("library", "no answer")


@pytest.fixture
def scene(
    monkeypatch: pytest.MonkeyPatch,
    catalogues: Callable[..., Any],
    transaction: Transactions,
    database: Database,
    clock: ManualClock,
) -> Scene:
    monkeypatch.setattr(refresh_metadata, "BOOKS_AT_A_TIME", 2)
    records = [
        a_record(id=f"20{number}", title=title, asin=f"B0OZ00020{number}", series=[])
        for number, title in enumerate(TITLES)
    ]
    made = catalogues(a_world(providers={"audible": records}), providers="audible:1")
    return Scene(transaction, database, clock, made)


async def test_a_run_whose_service_was_killed_goes_on_with_the_remaining_books(scene: Scene) -> None:
    first, second = await scene.begin()
    await scene.pipeline.refresh_books(first)
    outcomes = scene.made.audible.outcomes
    outcomes.switch_on(Outcome(kind=Failure.SLOW, delay_seconds=3, times=1))
    killed = asyncio.create_task(scene.pipeline.refresh_books(second))
    await until(lambda: not outcomes.switched_on)
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    scene.restart()
    for redelivered in (first, second):
        await scene.pipeline.refresh_books(redelivered)
    await scene.assert_complete()


async def test_a_run_waits_for_the_library_and_goes_on_with_the_remaining_books(scene: Scene) -> None:
    first, second = await scene.begin()
    await scene.pipeline.refresh_books(first)
    scene.restart(LibraryAway(*scene.books))
    with pytest.raises(TryAgainLater):
        await scene.pipeline.refresh_books(second)
    before = scene.requests
    scene.restart()
    for redelivered in (second, first):
        await scene.pipeline.refresh_books(redelivered)
    assert scene.requests > before
    await scene.assert_complete()


async def test_a_run_that_is_opened_again_after_a_kill_sends_its_messages_once(scene: Scene) -> None:
    run_id = uuid4()
    for _ in range(2):
        await scene.pipeline.refresh(RefreshMetadata(run_id=run_id, mode=RefreshMode.FULL))
        scene.restart()
    sent = await messages_sent(scene.database, RefreshBooks)
    assert sorted(each for command in sent for each in command.book_ids) == sorted(each.id for each in scene.books)
