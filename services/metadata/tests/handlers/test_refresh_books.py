"""Several books in one message: combined requests, redelivery, and deferred books."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from metadata.adapters.postgres.provider_rows import ProviderStates
from metadata.adapters.postgres.statistics import StoredFigures
from metadata.adapters.postgres.tables import DeferredRow, RefreshRow
from metadata.domain.transactions import Transactions
from metadata.handlers.refresh_metadata import RefreshRules
from metadata.workflow.refresh_outcomes import MAX_DEFERRALS
from metadata_builders import NAMESPACE, Pipeline, StubLibrary, a_book, messages_sent
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database, Transaction
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import WriteMetadata
from shared.contracts.metadata.refreshes import BookRefreshed, RefreshBook, RefreshBooks, RefreshMetadata, RefreshMode
from shared.contracts.runs import RunFinished, RunOutcome
from shared.testing.clocks import ManualClock
from sqlalchemy import func, select

RULES = RefreshRules(batch_size=10, daily_max=3, new_days=7, dry_run=False)
TITLES = ("The Marvelous Land of Oz", "Queen Zixi of Ix", "The Sea Fairies", "Sky Island")


def an_isbn(number: int) -> str:
    digits = f"97803064061{number}"
    check = -sum(int(digit) * (1 if place % 2 == 0 else 3) for place, digit in enumerate(digits)) % 10
    return f"{digits}{check}"


def numbered(number: int, **changes: Any) -> Book:
    """One of four books of one author, which both providers know by ASIN and ISBN."""
    values = {
        "id": uuid5(NAMESPACE, f"numbered {number}"),
        "title": TITLES[number],
        "asin": f"B0OZ00010{number}",
        "isbn": an_isbn(number),
        "series": [],
        "path": f"L. Frank Baum/{TITLES[number]}",
    }
    return a_book(**(values | changes))


def recorded(number: int, **changes: Any) -> Any:
    fields = {"id": f"10{number}", "title": TITLES[number], "asin": f"B0OZ00010{number}", "isbn": an_isbn(number)}
    return a_record(**(fields | {"series": [], "subtitle": None} | changes))


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Any:
    records = [recorded(number) for number in range(4)]
    world = a_world(providers={"audible": records, "hardcover": records})
    return catalogues(world)


@pytest.fixture
def pipeline(made: Any, transaction: Transactions, clock: ManualClock) -> Callable[..., Pipeline]:
    return lambda *books: Pipeline(transaction, StubLibrary(*books), made.registry, RULES, clock)


async def count(database: Database, table: type[Any]) -> int:
    async with database.engine.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(table)) or 0


def requests(made: Any) -> tuple[int, int]:
    return len(made.audible.outcomes.requests), len(made.hardcover.outcomes.requests)


async def started_run(
    pipeline: Pipeline, database: Database, mode: RefreshMode = RefreshMode.FULL
) -> list[RefreshBooks]:
    """A run over all books; the messages that it is split into."""
    run_id = uuid4()
    await pipeline.refresh(RefreshMetadata(run_id=run_id, mode=mode))
    return [each for each in await messages_sent(database, RefreshBooks) if each.run_id == run_id]


async def test_the_identifiers_of_several_books_are_one_request_to_each_provider(
    pipeline: Callable[..., Pipeline], made: Any, database: Database
) -> None:
    refresh = pipeline(*(numbered(number, publisher=None) for number in range(4)))
    (command,) = await started_run(refresh, database)
    await refresh.refresh_books(command)
    assert requests(made) == (1, 1)
    writes = await messages_sent(database, WriteMetadata)
    assert [[change.new for change in each.changes] for each in writes] == [["Emerald Audio"]] * 4
    (finished,) = await messages_sent(database, RunFinished)
    assert finished.tally.succeeded == 4


async def test_a_redelivered_message_refreshes_only_the_remaining_books(
    pipeline: Callable[..., Pipeline], made: Any, database: Database
) -> None:
    books = [numbered(number) for number in range(4)]
    refresh = pipeline(*books)
    (command,) = await started_run(refresh, database)
    await refresh.refresh_books(command.model_copy(update={"book_ids": command.book_ids[:2]}))
    for _ in range(2):
        await refresh.refresh_books(command)
    assert len(await messages_sent(database, BookRefreshed)) == 4
    assert await count(database, RefreshRow) == 4
    assert len(await messages_sent(database, RunFinished)) == 1


async def test_a_book_is_not_judged_again_until_it_or_its_entries_change(
    pipeline: Callable[..., Pipeline], made: Any, database: Database, clock: ManualClock, transaction: Transactions
) -> None:
    async def decided_at(*books: Book, **how: Any) -> int:
        """How many books had to be judged."""
        statements = await count(database, RefreshRow)
        before = await stored_decisions(transaction, books)
        await pipeline(*books).refresh_books(RefreshBooks(book_ids=[each.id for each in books], **how))
        assert await count(database, RefreshRow) == statements + len(books)
        after = await stored_decisions(transaction, books)
        return sum(before.get(each.id) != after.get(each.id) for each in books)

    books = [numbered(number) for number in range(2)]
    assert await decided_at(*books) == 2
    before = requests(made)
    clock.forward(days=1)
    assert await decided_at(*books) == 0
    assert requests(made) == before
    assert await decided_at(numbered(0, narrators=["Somebody Else"]), numbered(1)) == 1
    clock.forward(days=8)
    assert await decided_at(*books) == 2
    assert requests(made) > before


async def stored_decisions(transaction: Transactions, books: Any) -> dict[UUID, tuple[str, Any]]:
    async with transaction() as tx:
        found = await tx.decisions.of_books([each.id for each in books], books[0].added_at)
    return {book_id: (each.fingerprint, each.believed_until) for book_id, each in found.items()}


async def test_a_book_for_which_something_was_proposed_is_judged_again(
    pipeline: Callable[..., Pipeline], database: Database, transaction: Transactions
) -> None:
    book = numbered(0, publisher=None)
    await pipeline(book).refresh_books(RefreshBooks(book_ids=[book.id]))
    assert len(await messages_sent(database, WriteMetadata)) == 1
    assert await stored_decisions(transaction, [book]) == {}


async def test_a_throttled_provider_does_not_delay_the_run_and_is_queried_later(
    pipeline: Callable[..., Pipeline], made: Any, database: Database, clock: ManualClock
) -> None:
    books = [numbered(number, publisher=None, description=None) for number in range(3)]
    refresh = pipeline(*books)
    made.hardcover.outcomes.switch_on(Outcome(kind="throttled", retry_after_seconds=40_000))
    (command,) = await started_run(refresh, database)
    await refresh.refresh_books(command)
    (finished,) = await messages_sent(database, RunFinished)
    assert (finished.outcome, finished.tally.succeeded, finished.problems) == (RunOutcome.COMPLETED, 3, [])
    assert all("hardcover: " in note for note in finished.details["notes"])
    assert len(await messages_sent(database, WriteMetadata)) == 3
    figures = await StoredFigures(database.transactions(Transaction)).counted(clock.now())
    assert figures["books_waiting_for_provider"] == {"hardcover": 3}
    states = await ProviderStates(database.transactions(Transaction), made.registry, clock).all()
    assert [(each.name, each.health, each.waiting_books) for each in states] == [
        ("audible", "ok", 0),
        ("hardcover", "throttled", 3),
    ]
    assert await refresh.send_deferred() == 0
    made.hardcover.outcomes.clear()
    clock.forward(seconds=40_001)
    assert await refresh.send_deferred() == 3
    again = (await messages_sent(database, RefreshBooks))[-1]
    assert (len(again.book_ids), again.run_id, again.fill_only, again.times_put_off) == (3, None, False, 1)
    await refresh.refresh_books(again)
    assert requests(made)[0] == 1
    assert await count(database, DeferredRow) == 0


async def test_a_book_is_deferred_at_most_ten_times_for_one_provider(
    pipeline: Callable[..., Pipeline], made: Any, database: Database, clock: ManualClock
) -> None:
    book = numbered(0)
    refresh = pipeline(book)
    made.hardcover.outcomes.switch_on(Outcome(kind="away"))
    await refresh.refresh_books(RefreshBooks(book_ids=[book.id], times_put_off=MAX_DEFERRALS - 1))
    clock.forward(hours=23)
    assert await refresh.send_deferred() == 0
    clock.forward(hours=1)
    assert await refresh.send_deferred() == 1
    (last,) = await messages_sent(database, RefreshBooks)
    assert last.times_put_off == MAX_DEFERRALS
    await refresh.refresh_books(last)
    assert await count(database, DeferredRow) == 0


async def test_the_delay_doubles_while_a_provider_stays_unavailable(
    pipeline: Callable[..., Pipeline], made: Any, database: Database, clock: ManualClock
) -> None:
    book = numbered(0)
    refresh = pipeline(book)
    made.hardcover.outcomes.switch_on(Outcome(kind="away"))
    minutes = []
    for times in range(4):
        await refresh.refresh_books(RefreshBooks(book_ids=[book.id], times_put_off=times))
        async with database.engine.connect() as connection:
            again_at = await connection.scalar(select(DeferredRow.again_at))
        assert again_at is not None
        minutes.append((again_at - clock.now()).total_seconds() / 60)
    assert minutes == [15, 30, 60, 120]


async def test_deferred_books_stay_deferred_in_dry_run_mode(
    pipeline: Callable[..., Pipeline], made: Any, database: Database, transaction: Transactions, clock: ManualClock
) -> None:
    book = numbered(0)
    made.hardcover.outcomes.switch_on(Outcome(kind="away"))
    await pipeline(book).refresh_book(RefreshBook(book_id=book.id))
    clock.forward(days=1)
    dry = Pipeline(transaction, StubLibrary(book), made.registry, replace(RULES, dry_run=True), clock)
    assert await dry.send_deferred() == 0
    assert await count(database, DeferredRow) == 1
    assert await pipeline(book).send_deferred() == 1


async def test_no_book_waits_for_a_provider_that_refuses_us(
    pipeline: Callable[..., Pipeline], made: Any, database: Database
) -> None:
    book = numbered(0)
    made.hardcover.outcomes.switch_on(Outcome(kind="forbidden"))
    await pipeline(book).refresh_book(RefreshBook(book_id=book.id))
    assert await count(database, DeferredRow) == 0


async def test_a_cancelled_run_sends_no_further_requests(
    pipeline: Callable[..., Pipeline], made: Any, database: Database
) -> None:
    refresh = pipeline(*(numbered(number) for number in range(4)))
    (command,) = await started_run(refresh, database)
    async with database.transactions(Transaction)() as tx:
        assert command.run_id is not None
        await tx.runs.cancel(command.run_id)
    await refresh.refresh_books(command)
    assert requests(made) == (0, 0)
    assert await messages_sent(database, BookRefreshed) == []


async def test_a_work_that_one_provider_finds_by_all_words_is_searched_by_title_at_the_other(
    catalogues: Callable[..., Any], transaction: Transactions, clock: ManualClock, database: Database
) -> None:
    found, other = recorded(1, isbn=None, subtitle="A Fantasy Novel"), recorded(1)
    made = catalogues(a_world(providers={"audible": [found], "hardcover": [other]}))
    name = "queen zixi of ix a fantasy novel frank baum"
    book = a_book(title=name, path=name, authors=[], narrators=[], series=[], asin=None, isbn=None)
    pipeline = Pipeline(transaction, StubLibrary(book), made.registry, RULES, clock)
    await pipeline.refresh_book(RefreshBook(book_id=book.id, fill_only=True))
    (write,) = await messages_sent(database, WriteMetadata)
    sources = {each.field: each.source for each in write.changes}
    assert (sources["asin"], sources["isbn"]) == ("AUDIBLE", "HARDCOVER")


async def test_a_copy_of_a_catalogue_is_asked_only_for_what_the_original_does_not_know(
    catalogues: Callable[..., Any], transaction: Transactions, clock: ManualClock
) -> None:
    records = {"audible": [recorded(0)], "audnexus": [recorded(0), recorded(1)]}
    made = catalogues(a_world(providers=records))
    library = StubLibrary(numbered(0), numbered(1))
    pipeline = Pipeline(transaction, library, made.registry, RULES, clock)
    await pipeline.refresh_books(RefreshBooks(book_ids=list(library.shelf)))
    asked = {each.path for each in made.stand_ins["audnexus"].outcomes.requests}
    assert asked == {"/books/B0OZ000101"}


async def test_a_book_that_one_provider_identified_is_not_searched_elsewhere_without_its_author(
    catalogues: Callable[..., Any], transaction: Transactions, clock: ManualClock
) -> None:
    made = catalogues(a_world(providers={"audible": [recorded(0)], "hardcover": [recorded(1)]}))
    identified, unknown = numbered(0, isbn=None), numbered(2, isbn=None)
    for book, searches in ((identified, 1), (unknown, 2)):
        before = len(made.hardcover.outcomes.requests)
        pipeline = Pipeline(transaction, StubLibrary(book), made.registry, RULES, clock)
        await pipeline.refresh_book(RefreshBook(book_id=book.id))
        assert len(made.hardcover.outcomes.requests) - before == 1 + searches


async def test_the_asins_that_one_provider_finds_are_looked_up_at_the_next_instead_of_titles(
    catalogues: Callable[..., Any], transaction: Transactions, clock: ManualClock, database: Database
) -> None:
    made = catalogues(
        a_world(
            providers={
                "audible": [recorded(number, publisher=None) for number in range(4)],
                "hardcover": [recorded(number, title=f"{TITLES[number]}, Illustrated") for number in range(4)],
            }
        )
    )
    books = [numbered(number, asin=None, isbn=None, publisher=None) for number in range(4)]
    pipeline = Pipeline(transaction, StubLibrary(*books), made.registry, RULES, clock)
    await pipeline.refresh_books(RefreshBooks(book_ids=[each.id for each in books]))
    writes = await messages_sent(database, WriteMetadata)
    written = [{change.field: change.source for change in each.changes} for each in writes]
    assert [each["publisher"] for each in written] == ["HARDCOVER"] * 4
    audible, hardcover = requests(made)
    assert audible == 4
    assert hardcover <= 4


async def test_a_provider_that_knows_the_edition_is_not_searched_by_title(
    catalogues: Callable[..., Any], transaction: Transactions, clock: ManualClock
) -> None:
    made = catalogues(a_world(providers={"audible": [recorded(0)]}))
    book = numbered(0, isbn=None)
    pipeline = Pipeline(transaction, StubLibrary(book), made.registry, RULES, clock)
    await pipeline.refresh_book(RefreshBook(book_id=book.id))
    assert len(made.audible.outcomes.requests) == 1
