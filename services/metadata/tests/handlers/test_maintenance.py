"""What is told of the past, counted and forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from metadata.adapters.postgres.provider_rows import ProviderStates
from metadata.adapters.postgres.retention import Keeping, Retention
from metadata.adapters.postgres.statistics import CountedFigures
from metadata.domain.transactions import Transactions
from metadata.handlers.corrections import Correcting
from metadata.handlers.maintenance import Accounting
from metadata.handlers.refresh_metadata import RefreshRules
from metadata_builders import Pipeline, ShelfOf, a_book, said
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database, Transaction
from shared.contracts.library.books import BookStatus
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.metadata.corrections import ListCorrections, UndoCorrection
from shared.contracts.metadata.refreshes import RefreshBook
from shared.contracts.system import CleanUp, TellStatistics, TellTimeline

BOOK = a_book(asin=None, publisher=None)
KEEPING = Keeping(timedelta(days=30), timedelta(days=90), timedelta(days=7))
RULES = RefreshRules(batch_size=2, daily_max=3, new_days=7, dry_run=False)


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Any:
    return catalogues(a_world(providers={"audible": [a_record()], "hardcover": []}))


@pytest.fixture
def accounting(transaction: Transactions, database: Database, clock: Any) -> Callable[..., Accounting]:
    def over(*books: Any) -> Accounting:
        plain = database.transactions(Transaction)
        return Accounting(transaction, ShelfOf(*books), CountedFigures(plain), Retention(plain, KEEPING), clock)

    return over


@pytest.fixture
async def history(made: Any, transaction: Transactions, database: Database, clock: Any) -> WriteMetadata:
    """A book refreshed: its ASIN was filled and taken back, its publisher filled."""
    correcting = Correcting(transaction, clock)
    refreshing = Pipeline(transaction, ShelfOf(BOOK), made.registry, RULES, clock)
    await refreshing.refresh_book(RefreshBook(book_id=BOOK.id))
    (write,) = await said(database, WriteMetadata)
    ids = [each.correction_id for each in write.changes]
    await correcting.written(MetadataWritten(book_id=BOOK.id, written=ids))
    clock.forward(hours=1)
    taken_back = next(each.correction_id for each in write.changes if each.field == "asin")
    await correcting.undo(UndoCorrection(id=taken_back))
    await correcting.written(MetadataWritten(book_id=BOOK.id, written=[taken_back]))
    return write


async def test_a_books_timeline_says_where_each_field_came_from(
    history: WriteMetadata, accounting: Callable[..., Accounting]
) -> None:
    told = (await accounting(BOOK).tell_timeline(TellTimeline(book_ids=[BOOK.id, uuid4()]))).entries
    assert sorted(each.kind for each in told[:-1]) == ["field_corrected", "field_corrected", "refreshed"]
    assert (told[-1].kind, told[-1].words) == (
        "correction_undone",
        "asin was set back to nothing; no machine changes it again",
    )
    words = {each.details.get("field", each.kind): each.words for each in told[:-1]}
    assert words["publisher"].startswith("publisher: from nothing to Emerald Audio, by AUDIBLE, confidence HIGH (")
    assert words["publisher"].endswith("; it stands in Audiobookshelf")
    assert words["asin"].endswith("; it was taken back")
    assert words["refreshed"] == "looked up: audible, hardcover answered, surest entry HIGH, 2 corrections"
    assert (await accounting(BOOK).tell_timeline(TellTimeline(book_ids=[uuid4()]))).entries == []


async def test_the_figures_are_counted(history: WriteMetadata, accounting: Callable[..., Accounting]) -> None:
    figures = (await accounting(BOOK).tell_statistics(TellStatistics())).figures
    assert figures["corrections_by_status"] == {"applied": 1, "undone": 1}
    assert figures["corrections_by_field"] == {"asin": 1, "publisher": 1}
    assert figures["corrections_by_source"] == {"AUDIBLE": 2}
    assert figures["refreshes_by_confidence_last_30_days"] == {"HIGH": 1}
    assert figures["books_refreshed_last_30_days"] == 1


async def test_a_correction_that_can_be_undone_stays_as_long_as_its_book(
    history: WriteMetadata,
    accounting: Callable[..., Accounting],
    transaction: Transactions,
    clock: Any,
) -> None:
    async def kept() -> list[str]:
        return [each.field for each in (await Correcting(transaction, clock).list_corrections(ListCorrections())).items]

    told = (await accounting(BOOK).clean_up(CleanUp())).deleted
    assert (told["corrections"], told["decisions"]) == (0, 0)
    clock.forward(days=31)
    assert (await accounting(BOOK).clean_up(CleanUp(dry_run=True))).deleted["corrections"] == 1
    assert len(await kept()) == 2
    told = (await accounting(BOOK).clean_up(CleanUp())).deleted
    assert told["corrections"] == 1
    assert told["provider_answers"] > 0
    assert told["refreshes"] == 0
    assert {"inbox", "run_items", "run_ledgers"} <= set(told)
    assert await kept() == ["publisher"]
    archived = BOOK.model_copy(update={"status": BookStatus.ARCHIVED})
    assert (await accounting(archived).clean_up(CleanUp())).deleted["corrections"] == 1
    assert await kept() == []
    clock.forward(days=60)
    assert (await accounting().clean_up(CleanUp())).deleted["refreshes"] == 1


async def test_a_provider_with_limits_tells_what_is_left_of_them(
    history: WriteMetadata, made: Any, database: Database, clock: Any
) -> None:
    states = ProviderStates(database.transactions(Transaction), made.registry, clock)
    asked = len(list(made.hardcover.outcomes.requests))
    clock.forward(seconds=-3600)
    audible, hardcover = await states.all()
    assert asked > 0
    assert audible.quota == []
    assert [(each.span, each.limit, each.left) for each in hardcover.quota] == [
        ("minute", 60, 60 - asked),
        ("day", 5000, 5000 - asked),
    ]
    clock.forward(hours=1)
    assert [each.left for each in (await states.all())[1].quota] == [60, 5000 - asked]
