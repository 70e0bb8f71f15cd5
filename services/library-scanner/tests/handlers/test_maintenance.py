"""Timeline, statistics and cleanup of the library, in a real Postgres."""

from uuid import uuid4

import pytest
from library_builders import a_bibliography, a_work, an_item
from library_scanner.adapters.postgres.tables import CHASSIS
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.compare_bibliography import BibliographyCollectedHandler
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.maintenance import MaintenanceHandlers
from library_scanner.handlers.update_missing_book import UpdateMissingBookHandler
from library_scanner.workflow.current_index import CurrentIndex
from library_scanner.workflow.sync_items import sync_items
from shared.chassis.database import Database
from shared.contracts.library.books import ListBooks
from shared.contracts.library.growth import GetGrowth
from shared.contracts.library.missing_books import ListMissingBooks, MissingBook, MissingBookUpdate, UpdateMissingBook
from shared.contracts.library.series import ListSeries
from shared.contracts.system import CleanUp, TellStatistics, TellTimeline
from shared.contracts.values import SeriesPlace
from shared.testing.clocks import ManualClock
from sqlalchemy import insert


@pytest.fixture
def maintenance(transaction: Transactions, clock: ManualClock) -> MaintenanceHandlers:
    return MaintenanceHandlers(transaction, clock, history_days=365)


@pytest.fixture
async def gap(transaction: Transactions, clock: ManualClock) -> MissingBook:
    async with transaction() as tx:
        await sync_items(tx, [an_item(series=(SeriesPlace(name="Oz", sequence="1"),))], clock, read_at=clock.now())
        await tx.counts.update()
    lists = ListLibraryHandlers(transaction, transaction)
    [series] = (await lists.list_series(ListSeries())).items
    compare_bibliography = BibliographyCollectedHandler(
        transaction, clock, CurrentIndex(transaction), languages=("en",), series_max_missing=10, author_max_missing=20
    )
    ozma = a_work("Ozma of Oz", series=[SeriesPlace(name="Oz", sequence="3")])
    await compare_bibliography.compare(a_bibliography(series.id, ozma))
    return (await lists.list_missing_books(ListMissingBooks())).items[0]


async def test_the_timeline_of_a_missing_book_says_how_it_was_found_and_ignored(
    maintenance: MaintenanceHandlers, transaction: Transactions, clock: ManualClock, gap: MissingBook
) -> None:
    clock.forward(seconds=60)
    ignore = UpdateMissingBook(id=gap.id, update=MissingBookUpdate(status="ignored"))
    await UpdateMissingBookHandler(transaction, clock).update(ignore)
    timeline = await maintenance.timeline(TellTimeline(missing_book_ids=[gap.id]))
    assert sorted(entry.kind for entry in timeline.entries[:2]) == ["compared", "gap_found"]
    assert [(entry.kind, entry.words) for entry in timeline.entries[2:]] == [("ignored", "ignored by a person")]
    assert any("AUDIBLE" in entry.words for entry in timeline.entries)


async def test_the_timeline_of_a_missing_book_has_a_code_for_each_sentence(
    maintenance: MaintenanceHandlers, gap: MissingBook
) -> None:
    entries = (await maintenance.timeline(TellTimeline(missing_book_ids=[gap.id]))).entries

    assert {entry.kind: entry.translatable["words"].code for entry in entries} == {
        "compared": "library.missing", "gap_found": "library.gap",
    }  # fmt: skip
    (found,) = [entry for entry in entries if entry.kind == "gap_found"]
    evidence = found.translatable["words"].figures["evidence"]
    assert evidence["figures"]["sentences"][0]["code"] == "work.not_owned"


async def test_the_timeline_of_a_book_says_where_its_fields_come_from(
    maintenance: MaintenanceHandlers, transaction: Transactions, gap: MissingBook
) -> None:
    [book] = (await ListLibraryHandlers(transaction, transaction).list_books(ListBooks())).items
    timeline = await maintenance.timeline(TellTimeline(book_ids=[book.id]))
    assert [entry.kind for entry in timeline.entries] == ["book_appeared", "fields_from"]
    assert "ABS: authors, series, title" in timeline.entries[1].words


async def test_an_unknown_id_has_no_history(maintenance: MaintenanceHandlers) -> None:
    assert (await maintenance.timeline(TellTimeline(download_ids=[uuid4()]))).entries == []


async def test_the_statistics_count_books_gaps_and_empty_fields(
    maintenance: MaintenanceHandlers, gap: MissingBook
) -> None:
    figures = (await maintenance.statistics(TellStatistics())).figures
    assert (figures["books_by_status"], figures["missing_by_reason"]) == ({"active": 1}, {"series_gap": 1})
    assert (figures["without_isbn"], figures["without_authors"], figures["without_series"]) == (1, 0, 0)


async def test_old_history_and_handled_messages_are_deleted_and_a_dry_run_only_counts_them(
    maintenance: MaintenanceHandlers, database: Database, clock: ManualClock, gap: MissingBook
) -> None:
    async with database.engine.begin() as connection:
        row = {"consumer": "x", "message_id": "1", "handled_at": clock.now()}
        await connection.execute(insert(CHASSIS.inbox).values(row))
    assert set((await maintenance.clean_up(CleanUp())).deleted.values()) == {0}
    clock.forward(days=400)
    planned = (await maintenance.clean_up(CleanUp(dry_run=True))).deleted
    done = (await maintenance.clean_up(CleanUp())).deleted
    assert (planned["history"], planned["inbox"], done) == (1, 1, planned)
    assert set((await maintenance.clean_up(CleanUp())).deleted.values()) == {0}


async def test_the_cleanup_records_each_day_once_and_today_is_always_there(
    maintenance: MaintenanceHandlers, clock: ManualClock, gap: MissingBook
) -> None:
    [today] = (await maintenance.growth(GetGrowth())).days
    assert (today.day, today.books, today.missing) == (clock.now().date(), 1, 1)
    clock.forward(days=1)
    await maintenance.clean_up(CleanUp(dry_run=True))
    await maintenance.clean_up(CleanUp())
    await maintenance.clean_up(CleanUp())
    clock.forward(days=2)
    days = (await maintenance.growth(GetGrowth())).days
    assert [(each.day - today.day).days for each in days] == [0, 1, 3]
    assert len((await maintenance.growth(GetGrowth(days=1))).days) == 1
