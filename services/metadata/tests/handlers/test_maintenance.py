"""The timeline, the statistics, the cleanup and the quotas."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from metadata.adapters.postgres.provider_rows import ProviderStates
from metadata.adapters.postgres.retention import Retention, RetentionPeriods
from metadata.adapters.postgres.statistics import StoredFigures
from metadata.domain.transactions import Transactions
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.maintenance import MaintenanceHandlers
from metadata.handlers.refresh_metadata import RefreshRules
from metadata_builders import Pipeline, StubLibrary, a_book, messages_sent
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database, Transaction
from shared.chassis.traces import span, trace_id
from shared.contracts.library.books import BookStatus
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.metadata.corrections import ListCorrections, UndoCorrection
from shared.contracts.metadata.refreshes import RefreshBook
from shared.contracts.system import CleanUp, TellStatistics, TellTimeline
from shared.testing.clocks import ManualClock
from shared.testing.spans import recorded_spans
from shared.testing.waiting import until

BOOK = a_book(asin=None, publisher=None)
KEEPING = RetentionPeriods(timedelta(days=30), timedelta(days=90), timedelta(days=7))
RULES = RefreshRules(batch_size=2, daily_max=3, new_days=7, dry_run=False)


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Any:
    return catalogues(a_world(providers={"audible": [a_record()], "hardcover": []}), hardcover_per_day=5000)


@pytest.fixture
def maintenance(
    transaction: Transactions, database: Database, clock: ManualClock
) -> Callable[..., MaintenanceHandlers]:
    def over(*books: Any) -> MaintenanceHandlers:
        plain = database.transactions(Transaction)
        return MaintenanceHandlers(
            transaction, StubLibrary(*books), StoredFigures(plain), Retention(plain, KEEPING), clock
        )

    return over


@pytest.fixture
async def history(made: Any, transaction: Transactions, database: Database, clock: ManualClock) -> WriteMetadata:
    """A refreshed book: its ASIN was filled and then restored, its publisher filled."""
    corrections = CorrectionHandlers(transaction, clock)
    refreshing = Pipeline(transaction, StubLibrary(BOOK), made.registry, RULES, clock)
    await refreshing.refresh_book(RefreshBook(book_id=BOOK.id))
    (write,) = await messages_sent(database, WriteMetadata)
    ids = [each.correction_id for each in write.changes]
    await corrections.written(MetadataWritten(book_id=BOOK.id, written=ids))
    clock.forward(hours=1)
    undone = next(each.correction_id for each in write.changes if each.field == "asin")
    await corrections.undo(UndoCorrection(id=undone))
    await corrections.written(MetadataWritten(book_id=BOOK.id, written=[undone]))
    return write


async def test_the_timeline_says_where_each_field_comes_from(
    history: WriteMetadata, maintenance: Callable[..., MaintenanceHandlers]
) -> None:
    entries = (await maintenance(BOOK).tell_timeline(TellTimeline(book_ids=[BOOK.id, uuid4()]))).entries
    assert sorted(each.kind for each in entries[:-1]) == ["field_corrected", "field_corrected", "refreshed"]
    assert (entries[-1].kind, entries[-1].words) == (
        "correction_undone",
        "asin was restored to nothing; it is never changed automatically again",
    )
    words = {each.details.get("field", each.kind): each.words for each in entries[:-1]}
    assert words["publisher"].startswith("publisher: from nothing to Emerald Audio, by AUDIBLE, confidence HIGH (")
    assert words["publisher"].endswith("; written to Audiobookshelf")
    assert words["asin"].endswith("; undone")
    assert words["refreshed"] == "refreshed: audible, hardcover answered, best match HIGH, 2 corrections"
    assert [each.words for each in entries if "words" not in each.translatable] == []
    figures = next(each for each in entries if each.details.get("field") == "publisher").translatable["words"].figures
    assert (figures["field"], figures["new"], figures["confidence"]) == ("publisher", "Emerald Audio", "HIGH")
    assert figures["old"] == {"code": "change.nothing", "figures": {}}
    assert figures["status"] == {"code": "change.applied", "figures": {}}
    assert (await maintenance(BOOK).tell_timeline(TellTimeline(book_ids=[uuid4()]))).entries == []


async def test_an_entry_has_the_id_of_the_trace_in_which_it_happened(
    made: Any,
    transaction: Transactions,
    database: Database,
    clock: ManualClock,
    maintenance: Callable[..., MaintenanceHandlers],
) -> None:
    corrections = CorrectionHandlers(transaction, clock)
    traces = []
    with recorded_spans(), span("refresh", begins_trace=True):
        traces.append(trace_id())
        await Pipeline(transaction, StubLibrary(BOOK), made.registry, RULES, clock).refresh_book(
            RefreshBook(book_id=BOOK.id)
        )
    (write,) = await messages_sent(database, WriteMetadata)
    ids = [each.correction_id for each in write.changes]
    await corrections.written(MetadataWritten(book_id=BOOK.id, written=ids))
    await corrections.undo(UndoCorrection(id=ids[0]))
    with recorded_spans(), span("undo", begins_trace=True):
        traces.append(trace_id())
        await corrections.written(MetadataWritten(book_id=BOOK.id, written=ids[:1]))

    entries = (await maintenance(BOOK).tell_timeline(TellTimeline(book_ids=[BOOK.id]))).entries

    assert None not in traces
    assert {(each.kind, each.trace_id) for each in entries} == {
        ("field_corrected", traces[0]),
        ("refreshed", traces[0]),
        ("correction_undone", traces[1]),
    }


async def test_the_statistics_are_counted(
    history: WriteMetadata, maintenance: Callable[..., MaintenanceHandlers]
) -> None:
    figures = (await maintenance(BOOK).tell_statistics(TellStatistics())).figures
    assert figures["corrections_by_status"] == {"applied": 1, "undone": 1}
    assert figures["corrections_by_field"] == {"asin": 1, "publisher": 1}
    assert figures["corrections_by_source"] == {"AUDIBLE": 2}
    assert figures["refreshes_by_confidence_last_30_days"] == {"HIGH": 1}
    assert figures["books_refreshed_last_30_days"] == 1


async def test_a_correction_that_can_be_undone_is_kept_as_long_as_its_book(
    history: WriteMetadata,
    maintenance: Callable[..., MaintenanceHandlers],
    transaction: Transactions,
    clock: ManualClock,
) -> None:
    async def stored_fields() -> list[str]:
        return [
            each.field
            for each in (await CorrectionHandlers(transaction, clock).list_corrections(ListCorrections())).items
        ]

    deleted = (await maintenance(BOOK).clean_up(CleanUp())).deleted
    assert (deleted["corrections"], deleted["decisions"]) == (0, 0)
    clock.forward(days=31)
    assert (await maintenance(BOOK).clean_up(CleanUp(dry_run=True))).deleted["corrections"] == 1
    assert len(await stored_fields()) == 2
    deleted = (await maintenance(BOOK).clean_up(CleanUp())).deleted
    assert deleted["corrections"] == 1
    assert deleted["provider_answers"] > 0
    assert deleted["refreshes"] == 0
    assert {"inbox", "run_items", "run_ledgers"} <= set(deleted)
    assert await stored_fields() == ["publisher"]
    archived = BOOK.model_copy(update={"status": BookStatus.ARCHIVED})
    assert (await maintenance(archived).clean_up(CleanUp())).deleted["corrections"] == 1
    assert await stored_fields() == []
    clock.forward(days=60)
    assert (await maintenance().clean_up(CleanUp())).deleted["refreshes"] == 1


async def test_the_remaining_quota_of_a_provider_is_reported(
    history: WriteMetadata, made: Any, database: Database, clock: ManualClock
) -> None:
    states = ProviderStates(database.transactions(Transaction), made.registry, clock)
    requests = len(list(made.hardcover.outcomes.requests))
    assert requests > 0
    clock.forward(seconds=-3600)

    async def remaining() -> dict[str, list[tuple[str, int, int]]]:
        return {one.name: [(each.span, each.limit, each.left) for each in one.quota] for one in await states.all()}

    async def are_all_counted() -> bool:
        """The rate limiter stores the count of consecutive requests a moment after the last of them."""
        return (await remaining())["hardcover"][-1] == ("day", 5000, 5000 - requests)

    await until(are_all_counted)
    assert await remaining() == {
        "audible": [],
        "hardcover": [("minute", 60, 60 - requests), ("day", 5000, 5000 - requests)],
    }
    clock.forward(hours=1)
    assert (await remaining())["hardcover"] == [("minute", 60, 60), ("day", 5000, 5000 - requests)]
