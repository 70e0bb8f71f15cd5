"""Refresh runs and corrections: what is stored, sent and settled."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from metadata.domain.ports import Library
from metadata.domain.refusals import NotUndoable, UnknownCorrection, UnknownSort
from metadata.domain.transactions import Transactions
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.refresh_metadata import RefreshRules
from metadata_builders import Pipeline, StubLibrary, a_book, messages_sent
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database
from shared.chassis.errors import ServiceUnavailable, TryAgainLater
from shared.contracts.library.books import Book, BookFilter, ListBooks
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.metadata.corrections import CorrectionStatus, GetCorrection, ListCorrections, UndoCorrection
from shared.contracts.metadata.refreshes import BookRefreshed, RefreshBook, RefreshBooks, RefreshMetadata, RefreshMode
from shared.contracts.page import Page
from shared.contracts.runs import Plan, RunFinished, RunOutcome
from shared.testing.clocks import ManualClock

RULES = RefreshRules(batch_size=2, daily_max=3, new_days=7, dry_run=False)
UNTIDY = {"asin": None, "publisher": None}


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Any:
    return catalogues(a_world(providers={"audible": [a_record()], "hardcover": []}))


@pytest.fixture
def refreshing(made: Any, transaction: Transactions, clock: ManualClock) -> Callable[..., Pipeline]:
    def of(*books: Book, shelf: Library | None = None, rules: RefreshRules = RULES) -> Pipeline:
        return Pipeline(transaction, shelf or StubLibrary(*books), made.registry, rules, clock)

    return of


@pytest.fixture
def corrections(transaction: Transactions, clock: ManualClock) -> CorrectionHandlers:
    return CorrectionHandlers(transaction, clock)


@pytest.fixture
async def proposed(refreshing: Callable[..., Pipeline], database: Database) -> WriteMetadata:
    """A book with two corrections in progress, and the command that was sent for them."""
    book = a_book(**UNTIDY)
    await refreshing(book).refresh_book(RefreshBook(book_id=book.id))
    (write,) = await messages_sent(database, WriteMetadata)
    return write


async def test_a_change_is_stored_as_proposed_and_sent_to_the_library(
    proposed: WriteMetadata, corrections: CorrectionHandlers, database: Database
) -> None:
    page = await corrections.list_corrections(ListCorrections(sort="field"))
    assert [(each.field, each.old, each.new, each.status) for each in page.items] == [
        ("asin", None, "B0OZ000002", CorrectionStatus.PROPOSED),
        ("publisher", None, "Emerald Audio", CorrectionStatus.PROPOSED),
    ]
    assert {each.correction_id for each in proposed.changes} == {each.id for each in page.items}
    assert all(each.source == "AUDIBLE" and each.reasons for each in page.items)
    (event,) = await messages_sent(database, BookRefreshed)
    assert (event.confidence, event.corrections, event.problems) == ("HIGH", 2, [])


async def test_a_repeated_refresh_proposes_nothing_twice(
    proposed: WriteMetadata, refreshing: Callable[..., Pipeline], database: Database, corrections: CorrectionHandlers
) -> None:
    await refreshing(a_book(**UNTIDY)).refresh_book(RefreshBook(book_id=proposed.book_id))
    assert len(await messages_sent(database, WriteMetadata)) == 1
    assert (await corrections.list_corrections(ListCorrections())).total == 2


async def test_a_correction_is_settled_by_what_the_library_wrote(
    proposed: WriteMetadata, corrections: CorrectionHandlers
) -> None:
    first, second = (each.correction_id for each in proposed.changes)
    event = MetadataWritten(book_id=proposed.book_id, written=[first], refused={second: "changed in the meantime"})
    await corrections.written(event)
    await corrections.written(event)
    assert (await corrections.get_correction(GetCorrection(id=first))).status is CorrectionStatus.APPLIED
    refused = await corrections.get_correction(GetCorrection(id=second))
    assert (refused.status, refused.status_detail) == (CorrectionStatus.REFUSED, "changed in the meantime")


async def test_an_undone_correction_is_restored_for_a_person_and_not_proposed_again(
    proposed: WriteMetadata,
    corrections: CorrectionHandlers,
    refreshing: Callable[..., Pipeline],
    database: Database,
    clock: ManualClock,
) -> None:
    change = proposed.changes[0]
    await corrections.written(MetadataWritten(book_id=proposed.book_id, written=[change.correction_id]))
    for _ in range(2):
        undoing = await corrections.undo(UndoCorrection(id=change.correction_id))
        assert undoing.status is CorrectionStatus.UNDOING
    (back,) = (await messages_sent(database, WriteMetadata))[1:]
    assert back.by_person
    assert [(each.correction_id, each.old, each.new) for each in back.changes] == [
        (change.correction_id, change.new, change.old)
    ]
    await corrections.written(MetadataWritten(book_id=proposed.book_id, written=[change.correction_id]))
    undone = await corrections.get_correction(GetCorrection(id=change.correction_id))
    assert (undone.status, undone.undone_at) == (CorrectionStatus.UNDONE, clock.now())
    await refreshing(a_book(**UNTIDY)).refresh_book(RefreshBook(book_id=proposed.book_id))
    assert len(await messages_sent(database, WriteMetadata)) == 2


async def test_a_correction_stays_applied_if_the_library_refuses_the_undo(
    proposed: WriteMetadata, corrections: CorrectionHandlers
) -> None:
    change = proposed.changes[0].correction_id
    await corrections.written(MetadataWritten(book_id=proposed.book_id, written=[change]))
    await corrections.undo(UndoCorrection(id=change))
    await corrections.written(MetadataWritten(book_id=proposed.book_id, written=[], refused={change: "it was removed"}))
    correction = await corrections.get_correction(GetCorrection(id=change))
    assert (correction.status, correction.status_detail) == (CorrectionStatus.APPLIED, "not undone: it was removed")


async def test_a_correction_that_is_not_applied_yet_cannot_be_undone(
    proposed: WriteMetadata, corrections: CorrectionHandlers
) -> None:
    with pytest.raises(NotUndoable, match="proposed"):
        await corrections.undo(UndoCorrection(id=proposed.changes[0].correction_id))


async def test_an_unknown_correction_and_an_unknown_sort_are_refused(
    database: Database, corrections: CorrectionHandlers
) -> None:
    with pytest.raises(UnknownCorrection):
        await corrections.get_correction(GetCorrection(id=uuid4()))
    with pytest.raises(UnknownCorrection):
        await corrections.undo(UndoCorrection(id=uuid4()))
    with pytest.raises(UnknownSort, match="made_at"):
        await corrections.list_corrections(ListCorrections(sort="colour"))


async def test_corrections_are_listed_by_book_field_and_status(
    proposed: WriteMetadata, corrections: CorrectionHandlers
) -> None:
    async def total(**filters: Any) -> int:
        return (await corrections.list_corrections(ListCorrections(**filters))).total

    assert await total(book_id=proposed.book_id) == 2
    assert await total(book_id=uuid4()) == 0
    assert await total(field="asin") == 1
    assert await total(status=CorrectionStatus.APPLIED) == 0


async def test_a_dry_run_stores_nothing_and_its_run_lists_the_changes(
    refreshing: Callable[..., Pipeline], database: Database, corrections: CorrectionHandlers
) -> None:
    book, run_id = a_book(**UNTIDY), uuid4()
    pipeline = refreshing(book)
    await pipeline.refresh(RefreshMetadata(run_id=run_id, mode=RefreshMode.FULL, dry_run=True))
    (command,) = await messages_sent(database, RefreshBooks)
    await pipeline.refresh_books(command)
    assert await messages_sent(database, WriteMetadata) == []
    assert (await corrections.list_corrections(ListCorrections())).total == 0
    (finished,) = await messages_sent(database, RunFinished)
    assert finished.outcome is RunOutcome.COMPLETED
    plan = Plan.model_validate(finished.details["plan"])
    assert plan.counts == {"change_field": 2}
    assert [each.what for each in plan.actions] == [f"{book.title}: {name}" for name in ("asin", "publisher")]
    assert {each.book_id for each in plan.actions} == {book.id}
    assert plan.actions[0].words.startswith("from nothing to B0OZ000002; AUDIBLE, HIGH: ")


@pytest.mark.parametrize("known", [True, False], ids=["no books", "a removed book"])
async def test_a_dry_run_with_nothing_to_change_has_an_empty_plan(
    refreshing: Callable[..., Pipeline], database: Database, known: bool
) -> None:
    pipeline, book_id = refreshing(), None if known else uuid4()
    command = RefreshMetadata(run_id=uuid4(), mode=RefreshMode.FULL, book_id=book_id, dry_run=True)
    await pipeline.refresh(command)
    for each in await messages_sent(database, RefreshBooks):
        await pipeline.refresh_books(each)
    (finished,) = await messages_sent(database, RunFinished)
    assert Plan.model_validate(finished.details["plan"]).actions == []


async def test_a_run_of_one_book_refreshes_only_that_book(
    refreshing: Callable[..., Pipeline], database: Database
) -> None:
    book, other, run_id = a_book(), a_book(id=uuid4()), uuid4()
    await refreshing(book, other).refresh(RefreshMetadata(run_id=run_id, mode=RefreshMode.FULL, book_id=book.id))
    (command,) = await messages_sent(database, RefreshBooks)
    assert (command.book_ids, command.run_id, command.fill_only) == ([book.id], run_id, False)
    assert command.anew


@pytest.mark.parametrize("mode", list(RefreshMode))
async def test_a_run_can_be_limited_to_books_that_match(
    refreshing: Callable[..., Pipeline], database: Database, clock: ManualClock, mode: RefreshMode
) -> None:
    shelf = StubLibrary(a_book())
    series, long_ago = uuid4(), clock.now() - timedelta(days=400)
    await refreshing(shelf=shelf).refresh(
        RefreshMetadata(run_id=uuid4(), mode=mode, series_id=series, narrator="Tom Reed", added_after=long_ago)
    )
    (listed,) = shelf.requests
    assert (listed.series_id, listed.narrator, listed.author_id) == (series, "Tom Reed", None)
    assert listed.added_after == (clock.now() - timedelta(days=7) if mode is RefreshMode.NEW else long_ago)
    (command,) = await messages_sent(database, RefreshBooks)
    assert command.anew


async def test_undone_values_and_proposals_in_progress_are_not_planned(
    proposed: WriteMetadata, refreshing: Callable[..., Pipeline], database: Database
) -> None:
    book, run_id = a_book(**UNTIDY), uuid4()
    pipeline = refreshing(book)
    await pipeline.refresh(RefreshMetadata(run_id=run_id, mode=RefreshMode.FULL, dry_run=True))
    (command,) = await messages_sent(database, RefreshBooks)
    await pipeline.refresh_books(command)
    (finished,) = await messages_sent(database, RunFinished)
    assert finished.details["plan"]["counts"] == {"change_field": 0}


async def test_the_setting_makes_every_refresh_a_dry_run(
    refreshing: Callable[..., Pipeline], database: Database
) -> None:
    book = a_book(**UNTIDY)
    rules = RefreshRules(batch_size=2, daily_max=3, new_days=7, dry_run=True)
    await refreshing(book, rules=rules).refresh_book(RefreshBook(book_id=book.id))
    assert await messages_sent(database, WriteMetadata) == []


async def test_a_run_opens_once_and_contains_every_book_once(
    refreshing: Callable[..., Pipeline], database: Database
) -> None:
    books = [a_book(id=uuid4()) for _ in range(5)]
    pipeline, run_id = refreshing(*books), uuid4()
    for _ in range(2):
        await pipeline.refresh(RefreshMetadata(run_id=run_id, mode=RefreshMode.FULL))
    commands = await messages_sent(database, RefreshBooks)
    assert sorted(each for command in commands for each in command.book_ids) == sorted(book.id for book in books)
    assert not any(each.fill_only for each in commands)


@pytest.mark.parametrize("mode", [RefreshMode.NEW, RefreshMode.MISSING, RefreshMode.DAILY])
async def test_only_the_full_mode_changes_existing_values(
    refreshing: Callable[..., Pipeline], database: Database, clock: ManualClock, mode: RefreshMode
) -> None:
    shelf = StubLibrary(*(a_book(id=uuid4()) for _ in range(5)))
    await refreshing(shelf=shelf).refresh(RefreshMetadata(run_id=uuid4(), mode=mode))
    commands = await messages_sent(database, RefreshBooks)
    assert all(each.fill_only for each in commands)
    assert sum(len(each.book_ids) for each in commands) == (3 if mode is RefreshMode.DAILY else 5)
    request = shelf.requests[0]
    assert (request.incomplete is True) is (mode is RefreshMode.MISSING)
    assert (request.added_after is not None) is (mode is RefreshMode.NEW)
    assert request.sort == ("last_metadata_update_at" if mode is RefreshMode.DAILY else "added_at")


async def test_a_run_ends_and_names_the_provider_that_failed(
    refreshing: Callable[..., Pipeline], made: Any, database: Database
) -> None:
    book, run_id = a_book(**UNTIDY), uuid4()
    made.hardcover.outcomes.switch_on(Outcome(kind="forbidden"))
    pipeline = refreshing(book)
    await pipeline.refresh(RefreshMetadata(run_id=run_id, mode=RefreshMode.FULL))
    (command,) = await messages_sent(database, RefreshBooks)
    await pipeline.refresh_books(command)
    assert len(await messages_sent(database, WriteMetadata)) == 1
    (finished,) = await messages_sent(database, RunFinished)
    assert finished.tally.processed == 1
    assert "hardcover" in finished.problems[0]
    assert "403" in finished.problems[0]
    assert finished.details["translatable"]["problems.0"]["code"] == "text.all"


async def test_a_missing_book_is_settled_with_a_reason(refreshing: Callable[..., Pipeline], database: Database) -> None:
    book, run_id = a_book(), uuid4()
    await refreshing(book).refresh(RefreshMetadata(run_id=run_id, mode=RefreshMode.FULL))
    await refreshing().refresh_book(RefreshBook(book_id=book.id, run_id=run_id))
    (finished,) = await messages_sent(database, RunFinished)
    assert "no longer in the library" in finished.problems[0]


async def test_the_message_is_retried_while_the_library_is_unavailable(refreshing: Callable[..., Pipeline]) -> None:
    class Away:
        async def book(self, book_id: UUID) -> Book | None:
            raise ServiceUnavailable("library", "no answer")

        async def books_by_id(self, book_ids: Sequence[UUID]) -> list[Book]:
            raise ServiceUnavailable("library", "no answer")

        async def books(self, request: ListBooks) -> Page[Book]:
            raise ServiceUnavailable("library", "no answer")

    pipeline = refreshing(shelf=Away())
    with pytest.raises(TryAgainLater):
        await pipeline.refresh_book(RefreshBook(book_id=uuid4()))
    with pytest.raises(TryAgainLater):
        await pipeline.refresh(RefreshMetadata(mode=RefreshMode.FULL))


async def test_only_the_chosen_books_are_refreshed_by_their_ids_or_by_a_filter(
    refreshing: Callable[..., Pipeline], database: Database
) -> None:
    chosen, other = a_book(**UNTIDY), a_book(**UNTIDY)
    shelf = StubLibrary(chosen, other)
    pipeline = refreshing(shelf=shelf)

    await pipeline.refresh(RefreshMetadata(run_id=uuid4(), mode=RefreshMode.FULL, books=[chosen.id]))
    by_ids = await messages_sent(database, RefreshBooks)
    filters = BookFilter(author="L. Frank Baum", incomplete=True)
    await pipeline.refresh(RefreshMetadata(run_id=uuid4(), mode=RefreshMode.FULL, books=filters))

    assert [(each.book_ids, each.anew, each.fill_only) for each in by_ids] == [([chosen.id], True, False)]
    assert [(each.author, each.incomplete) for each in shelf.requests] == [("L. Frank Baum", True)]
