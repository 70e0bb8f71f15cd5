"""Scans of the stand-in, stored in a real Postgres."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from library_builders import LibraryAtStandIn, a_book, sent_messages, the_library
from library_scanner.adapters.postgres.tables import CHASSIS
from library_scanner.domain import catalogue
from library_scanner.domain.item import Item, ItemMark
from library_scanner.domain.series_reading import SeriesFound
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.record_refresh import BookRefreshedHandler
from library_scanner.workflow import read_series
from sandbox.outcomes import Failure, Outcome
from scanned_library import ChangedLibrary, Scene
from shared.chassis.database import Database
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.library.authors import ListAuthors
from shared.contracts.library.books import (
    BookAppeared,
    BookChanged,
    BookStatus,
    BookVanished,
    ListBooks,
)
from shared.contracts.library.series import ListSeries
from shared.contracts.metadata.refreshes import BookRefreshed, RefreshBooks
from shared.contracts.runs import Plan, RunOutcome
from shared.contracts.values import Confidence
from shared.testing.clocks import ManualClock
from sqlalchemy import select


class FailingAfter(ChangedLibrary):
    def __init__(self, library: LibraryAtStandIn, batches: int) -> None:
        super().__init__(library)
        self.left = batches

    async def items(self, abs_ids: Sequence[str]) -> list[Item]:
        self.left -= 1
        if self.left < 0:
            raise RemoteUnavailable("Audiobookshelf", "the connection broke")
        return await super().items(abs_ids)


class CancelledAfter(ChangedLibrary):
    """A person cancels the run while a batch is fetched."""

    def __init__(self, library: LibraryAtStandIn, batches: int, transaction: Any, run_id: UUID) -> None:
        super().__init__(library)
        self.left, self.request, self.transaction, self.run_id = batches, 0, transaction, run_id

    async def items(self, abs_ids: Sequence[str]) -> list[Item]:
        self.request += 1
        if self.request == self.left:
            async with self.transaction() as tx:
                await tx.runs.cancel(self.run_id)
        return await super().items(abs_ids)


class Skipping(ChangedLibrary):
    def __init__(self, library: LibraryAtStandIn, folder: str) -> None:
        super().__init__(library)
        self.folder = folder

    async def marks(self, library_id: str) -> AsyncIterator[list[ItemMark]]:
        async for page in super().marks(library_id):
            yield [mark for mark in page if not mark.path.endswith(self.folder)]


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock, library_folder: Path) -> Scene:
    return Scene(database, transaction, clock, library_folder)


async def test_a_first_scan_stores_every_book_with_series_and_authors(scene: Scene) -> None:
    scene.owns(a_book(1), a_book(2), a_book(3, authors=["L. Frank Baum", "Ruth Plumly Thompson"]))
    finished = await scene.scan()
    assert finished.outcome is RunOutcome.COMPLETED
    assert {**finished.details, "seconds": 0} == {
        "seen": 3, "added": 3, "changed": 0, "vanished": 0, "without_files": 0, "seconds": 0,
    }  # fmt: skip
    books = await scene.lists.list_books(ListBooks(sort="title"))
    assert [book.title for book in books.items] == ["Oz Story 1", "Oz Story 2", "Oz Story 3"]
    assert books.items[0].metadata_source["series"] == "ABS"
    series = (await scene.lists.list_series(ListSeries())).items
    assert [(one.name, one.owned, one.authors) for one in series] == [
        ("Oz", 3, ["L. Frank Baum", "Ruth Plumly Thompson"])
    ]
    authors = (await scene.lists.list_authors(ListAuthors())).items
    assert [(one.name, one.owned) for one in authors] == [("L. Frank Baum", 3), ("Ruth Plumly Thompson", 1)]
    assert len(await sent_messages(scene.database, BookAppeared)) == 3


async def test_a_scan_of_an_unchanged_library_fetches_no_details(scene: Scene) -> None:
    scene.owns(a_book(1), a_book(2))
    await scene.scan()
    before = scene.calls("POST", "*/batch/get")
    finished = await scene.scan()
    assert finished.details["changed"] == finished.details["added"] == 0
    assert scene.calls("POST", "*/batch/get") == before


async def test_a_field_changed_in_audiobookshelf_is_announced_and_becomes_manual(scene: Scene) -> None:
    scene.owns(a_book(1))
    await scene.scan()
    book = (await scene.lists.list_books(ListBooks())).items[0]
    await scene.library.write(book.abs_id or "", {"title": "The Wonderful Wizard of Oz"})
    await scene.scan()
    changed = await sent_messages(scene.database, BookChanged)
    assert [(one.book.title, one.fields) for one in changed] == [("The Wonderful Wizard of Oz", ["title"])]
    assert changed[0].book.metadata_source["title"] == "MANUAL"
    assert changed[0].book.metadata_source["authors"] == "ABS"


async def test_a_removed_book_is_archived_and_restored_with_the_same_id(scene: Scene) -> None:
    scene.owns(a_book(1), a_book(2), a_book(3))
    await scene.scan()
    shown = (await scene.lists.list_books(ListBooks(sort="title"))).items
    full = scene.stand_in
    scene.owns(a_book(1), a_book(2))
    finished = await scene.scan()
    assert finished.details["vanished"] == 1
    assert [one.book_id for one in await sent_messages(scene.database, BookVanished)] == [shown[2].id]
    archived = await scene.lists.list_books(ListBooks(status=BookStatus.ARCHIVED))
    assert [book.id for book in archived.items] == [shown[2].id]
    assert [one.owned for one in (await scene.lists.list_series(ListSeries())).items] == [2]
    scene.stand_in, scene.library = full, the_library(full)
    await scene.scan()
    assert (await scene.lists.list_books(ListBooks(sort="title"))).items[2].id == shown[2].id


@pytest.mark.parametrize("failure", [each for each in Failure if each is not Failure.SLOW])
async def test_a_scan_that_fails_archives_nothing_and_says_why(scene: Scene, failure: Failure) -> None:
    scene.owns(a_book(1), a_book(2))
    await scene.scan()
    scene.stand_in.outcomes.switch_on(Outcome(kind=failure, path="*/items"))
    finished = await scene.scan()
    assert finished.outcome is RunOutcome.FAILED
    assert finished.problems[0].startswith("Audiobookshelf: ")
    assert (await scene.lists.list_books(ListBooks())).total == 2


async def test_a_scan_after_an_interrupted_one_fetches_only_the_rest(scene: Scene) -> None:
    scene.owns(*(a_book(number) for number in range(1, 251)))
    scene.library = FailingAfter(scene.library, batches=2)
    assert (await scene.scan()).outcome is RunOutcome.FAILED
    assert (await scene.lists.list_books(ListBooks())).total == 200
    scene.library = the_library(scene.stand_in)
    before = scene.calls("POST", "*/batch/get")
    finished = await scene.scan()
    assert (finished.outcome, finished.details["added"]) == (RunOutcome.COMPLETED, 50)
    assert scene.calls("POST", "*/batch/get") == before + 1


async def test_a_scan_that_is_cancelled_stops_before_the_next_batch_and_archives_nothing(scene: Scene) -> None:
    scene.owns(a_book(999))
    await scene.scan()
    scene.owns(*(a_book(number) for number in range(1, 251)))
    run_id = uuid4()
    scene.library = stopped = CancelledAfter(scene.library, 2, scene.transaction, run_id)
    finished = await scene.scan(run_id=run_id)
    assert (finished.run_id, stopped.request, finished.details["vanished"]) == (run_id, 2, 0)
    assert (await scene.lists.list_books(ListBooks())).total == 101


async def test_a_series_missing_in_audiobookshelf_is_read_from_the_folder_with_evidence(scene: Scene) -> None:
    scene.owns(a_book(1, series=[]), a_book(2))
    await scene.scan()
    read = (await scene.lists.list_books(ListBooks(sort="title"))).items[0]
    assert [(place.name, place.sequence) for place in read.series] == [("Oz", "1")]
    assert "confidence" in (read.series_evidence or "")
    assert "series" not in read.metadata_source
    assert [one.owned for one in (await scene.lists.list_series(ListSeries())).items] == [2]


async def test_a_position_read_from_the_folder_completes_a_series_without_counting_as_a_change(scene: Scene) -> None:
    scene.owns(a_book(1, series=[{"name": "Oz", "sequence": None}]))
    await scene.scan()
    read = (await scene.lists.list_books(ListBooks())).items[0]
    assert [(place.name, place.sequence) for place in read.series] == [("Oz", "1")]
    assert [(place.name, place.sequence) for place in read.series_in_abs] == [("Oz", None)]
    assert "series" in read.metadata_source
    assert (await scene.scan(full=True)).details["changed"] == 0


async def test_siblings_later_in_the_scan_decide_whether_a_number_is_a_position(scene: Scene) -> None:
    titles = [
        "Emerald Tower 2",
        "Emerald Tower 3",
        "Silver Sky 4",
        "The Hinge Lost Door, Book 1",
        "Latch Lost Door, Book 2",
    ]
    scene.owns(
        *(
            a_book(number, title=title, authors=["Mira Castell"], series=[], folder=f"Mira Castell/{title}")
            for number, title in enumerate(titles)
        )
    )
    await scene.scan()
    books = (await scene.lists.list_books(ListBooks(sort="title"))).items
    assert [(book.title, [(place.name, place.sequence) for place in book.series]) for book in books] == [
        ("Emerald Tower 2", [("Emerald Tower", "2")]),
        ("Emerald Tower 3", [("Emerald Tower", "3")]),
        ("The Hinge Lost Door, Book 1", [("Lost Door", "1")]),
        ("Latch Lost Door, Book 2", [("Lost Door", "2")]),
        ("Silver Sky 4", []),
    ]
    owned = {one.name: one.owned for one in (await scene.lists.list_series(ListSeries())).items}
    assert (owned["Emerald Tower"], owned["Lost Door"]) == (2, 2)
    assert (await scene.scan(full=True)).details["changed"] == 0
    assert (await scene.lists.list_books(ListBooks(sort="title"))).items == books


async def test_a_book_added_later_confirms_the_position_of_an_existing_one(scene: Scene) -> None:
    second, third = (
        a_book(number, title=title, authors=["Mira Castell"], series=[], folder=f"Mira Castell/{title}")
        for number, title in ((2, "Emerald Tower 2"), (3, "Emerald Tower 3"))
    )
    scene.owns(second)
    await scene.scan()
    assert (await scene.lists.list_series(ListSeries())).items == []
    scene.owns(second, third)
    await scene.scan()
    assert [one.owned for one in (await scene.lists.list_series(ListSeries())).items] == [2]


async def test_two_spellings_of_a_series_or_an_author_are_one(scene: Scene) -> None:
    scene.owns(
        a_book(1, series=[{"name": "The Oz Series", "sequence": "1"}]),
        a_book(2, authors=["Baum, L. Frank"], series=[{"name": "Oz", "sequence": "2"}]),
    )
    await scene.scan()
    assert [one.owned for one in (await scene.lists.list_series(ListSeries())).items] == [2]
    assert [one.owned for one in (await scene.lists.list_authors(ListAuthors())).items] == [2]


async def test_two_series_with_one_name_by_different_authors_stay_separate(scene: Scene) -> None:
    others = {"authors": ["Nora Vale"], "narrators": []}
    scene.owns(
        a_book(1),
        a_book(2),
        a_book(11, **others, series=[{"name": "Oz", "sequence": "1"}], folder="Nora Vale/A"),
        a_book(12, **others, series=[{"name": "Oz", "sequence": "2"}], folder="Nora Vale/B"),
    )
    await scene.scan()
    series = (await scene.lists.list_series(ListSeries())).items
    assert sorted(one.authors[0] for one in series) == ["L. Frank Baum", "Nora Vale"]


async def test_a_book_missed_by_the_paging_is_not_archived(scene: Scene) -> None:
    scene.owns(a_book(1), a_book(2))
    await scene.scan()
    scene.library = Skipping(scene.library, "02 - Oz Story 2")
    finished = await scene.scan()
    assert (finished.outcome, finished.details["vanished"]) == (RunOutcome.COMPLETED, 0)
    assert (await scene.lists.list_books(ListBooks())).total == 2


async def everything(scene: Scene) -> dict[str, list[str]]:
    """Every row of every table except the outbox."""
    async with scene.database.engine.connect() as connection:
        tables = [table for table in CHASSIS.outbox.metadata.sorted_tables if table.name != "outbox"]
        return {table.name: sorted(map(str, await connection.execute(select(table)))) for table in tables}


async def test_an_unchanged_book_is_read_again_once_after_the_reading_rules_changed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that was scanned with earlier rules gets the position from its folder, without a full scan."""
    scene.owns(a_book(1, series=[{"name": "Oz", "sequence": None}]))
    with monkeypatch.context() as earlier:
        earlier.setattr(catalogue, "series_of", lambda item: SeriesFound(item.series))
        earlier.setattr(read_series, "reread_series", lambda _siblings: {})
        earlier.setattr(read_series, "READING_VERSION", 0)
        await scene.scan()
    assert (await scene.lists.list_books(ListBooks())).items[0].series[0].sequence is None
    for _ in range(2):
        await scene.scan()
    assert (await scene.lists.list_books(ListBooks())).items[0].series[0].sequence == "1"
    assert [each.fields for each in await sent_messages(scene.database, BookChanged)] == [["series"]]


async def message_kinds_sent(scene: Scene) -> set[str]:
    async with scene.database.engine.connect() as connection:
        return {subject.split(".")[1] for subject in await connection.scalars(select(CHASSIS.outbox.c.subject))}


async def test_a_dry_run_of_a_first_scan_lists_every_book_and_stores_none(scene: Scene) -> None:
    scene.owns(a_book(1), a_book(2))
    finished = await scene.scan(dry_run=True)
    assert (await scene.lists.list_books(ListBooks())).total == 0
    assert await message_kinds_sent(scene) == {"runs"}
    assert finished.details["plan"]["counts"] == {"add": 2}
    what, path = "Oz Story 1 by L. Frank Baum", "L. Frank Baum/Oz/01 - Oz Story 1"
    action = finished.details["plan"]["actions"][0]
    assert (action["kind"], action["what"], action["words"]) == ("add", what, f"at {path}")
    assert action["translatable"]["words"] == {"code": "plan.at", "figures": {"path": path}}


async def test_a_scan_adds_updates_and_archives_exactly_what_its_dry_run_reported(scene: Scene) -> None:
    scene.owns(a_book(1), a_book(2), a_book(3))
    await scene.scan()
    scene.owns(a_book(1, title="The Wonderful Wizard of Oz"), a_book(3), a_book(4))
    before, news = await everything(scene), len(await sent_messages(scene.database, BookAppeared))
    planned = await scene.scan(full=True, dry_run=True)
    assert await everything(scene) == before
    assert len(await sent_messages(scene.database, BookAppeared)) == news

    done = await scene.scan(full=True)
    plan = Plan.model_validate(planned.details.pop("plan"))
    assert {**planned.details, "seconds": 0} == {**done.details, "seconds": 0}
    planned_by_kind = {kind: [each.what for each in plan.actions if each.kind == kind] for kind in plan.counts}
    appeared, changed = (
        await sent_messages(scene.database, BookAppeared),
        await sent_messages(scene.database, BookChanged),
    )
    assert planned_by_kind == {
        "add": [f"{each.book.title} by L. Frank Baum" for each in appeared[news:]],
        "update": [f"{each.book.title} by L. Frank Baum" for each in changed],
        "archive": ["L. Frank Baum/Oz/02 - Oz Story 2"],
    }
    assert plan.counts == {"add": done.details["added"], "update": done.details["changed"], "archive": 1}


async def test_a_dry_run_that_fails_reports_why_and_what_it_found_so_far(scene: Scene) -> None:
    scene.owns(*(a_book(number) for number in range(1, 151)))
    scene.library = FailingAfter(scene.library, batches=1)
    finished = await scene.scan(dry_run=True)
    assert (finished.outcome, finished.details["plan"]["counts"]) == (RunOutcome.FAILED, {"add": 100})
    assert "the connection broke" in finished.problems[0]


async def test_new_books_are_refreshed_at_once_if_the_scan_was_requested_for_them(
    scene: Scene, clock: ManualClock
) -> None:
    today = clock.now().date().isoformat()
    scene.owns(a_book(1, added="2020-01-01"), a_book(2, added=today), a_book(3, added=today))
    await scene.scan()
    assert await sent_messages(scene.database, RefreshBooks) == []
    books = {book.title: book.id for book in (await scene.lists.list_books(ListBooks())).items}
    refreshed = BookRefreshed(book_id=books["Oz Story 3"], confidence=Confidence.HIGH, corrections=0)
    await BookRefreshedHandler(scene.transaction, clock).record(refreshed)
    await scene.scan(refresh_new=True, dry_run=True)
    assert await sent_messages(scene.database, RefreshBooks) == []
    await scene.scan(refresh_new=True)
    (command,) = await sent_messages(scene.database, RefreshBooks)
    assert (command.book_ids, command.fill_only) == ([books["Oz Story 2"]], True)


async def test_at_most_fifty_new_books_are_refreshed_at_once(scene: Scene, clock: ManualClock) -> None:
    today = clock.now().date().isoformat()
    scene.owns(*(a_book(number, added=today) for number in range(1, 61)))
    await scene.scan(refresh_new=True)
    assert [len(each.book_ids) for each in await sent_messages(scene.database, RefreshBooks)] == [25, 25]
