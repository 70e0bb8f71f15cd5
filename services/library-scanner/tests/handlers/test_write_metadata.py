"""Corrections written to the stand-in."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from library_builders import TOKEN, a_book, a_world, sent_messages, the_library, the_writer
from library_scanner.adapters.audiobookshelf.pace import Pace
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.edit_books import EditBooksHandlers
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.record_refresh import BookRefreshedHandler
from library_scanner.handlers.scan_library import ScanLibraryHandler
from sandbox.outcomes import Failure, Outcome
from sandbox.world import OwnedBook
from shared.chassis.database import Database
from shared.chassis.errors import TryAgainLater
from shared.contracts.library.books import Book, BookChanged, BookEntry, CreateBook, GetBook, ListBooks
from shared.contracts.library.metadata_writes import FieldChange, MetadataWritten, WriteMetadata
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.library.series import ListSeries
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.metadata.refreshes import BookRefreshed
from shared.contracts.values import Confidence, SeriesPlace
from shared.testing.clocks import ManualClock
from structlog.testing import capture_logs

from sandbox import audiobookshelf

OZ = [SeriesPlace(name="Oz", sequence="1")]


class Scene:
    """A scanned library of one book."""

    def __init__(self, database: Database, transaction: Transactions, clock: ManualClock, folder: Path) -> None:
        self.database, self.transaction, self.clock, self.folder = database, transaction, clock, folder
        self.lists = ListLibraryHandlers(transaction, transaction)
        self.owns(a_book(1))

    def owns(self, *books: OwnedBook) -> None:
        self.stand_in = audiobookshelf.create(a_world(*books), library_folder=self.folder, token=TOKEN)
        self.library = the_library(self.stand_in)
        self.write_metadata = the_writer(self.transaction, self.library, self.clock)

    async def scan(self) -> None:
        await ScanLibraryHandler(self.transaction, self.library, self.clock).scan(ScanLibrary())

    async def book(self) -> Book:
        return (await self.lists.list_books(ListBooks())).items[0]

    async def write(self, *changes: FieldChange, by_person: bool = False) -> MetadataWritten:
        command = WriteMetadata(book_id=(await self.book()).id, changes=list(changes), by_person=by_person)
        await self.write_metadata.write(command)
        return (await sent_messages(self.database, MetadataWritten))[-1]


def a_change(field: Any, old: Any, new: Any) -> FieldChange:
    return FieldChange(correction_id=uuid4(), field=field, old=old, new=new, source="AUDIBLE")


@pytest.fixture
async def scene(database: Database, transaction: Transactions, clock: ManualClock, library_folder: Path) -> Scene:
    made = Scene(database, transaction, clock, library_folder)
    await made.scan()
    return made


async def test_changes_are_written_in_one_request_and_a_scan_does_not_mark_them_as_manual(
    scene: Scene,
) -> None:
    changes = [
        a_change("title", "Oz Story 1", "The Wonderful Wizard of Oz"),
        a_change("series", [SeriesPlace(name="Oz", sequence="1")], [SeriesPlace(name="Land of Oz", sequence="1")]),
        a_change("published_year", None, "1900"),
        a_change("description", None, "<p>Kansas.</p><script>x</script>"),
    ]
    written = await scene.write(*changes)
    assert (written.written, written.refused) == ([change.correction_id for change in changes], {})
    calls = [each.method for each in scene.stand_in.outcomes.requests if each.path.endswith("/media")]
    assert calls == ["PATCH"]
    await scene.scan()
    book = await scene.book()
    assert (book.title, book.series, book.published_year, book.description) == (
        "The Wonderful Wizard of Oz", [SeriesPlace(name="Land of Oz", sequence="1")], "1900", "<p>Kansas.</p>",
    )  # fmt: skip
    assert [book.metadata_source[field] for field in ("title", "series", "description")] == ["AUDIBLE"] * 3
    assert await sent_messages(scene.database, BookChanged) == []


async def test_the_corrections_of_several_books_are_written_together(scene: Scene) -> None:
    scene.owns(*(a_book(number) for number in range(1, 9)))
    scene.library = the_library(scene.stand_in, pace=Pace(0.3))
    scene.write_metadata = the_writer(scene.transaction, scene.library, scene.clock)
    await scene.scan()
    books = (await scene.lists.list_books(ListBooks())).items
    changes = {book.id: a_change("publisher", None, f"Emerald {book.title}") for book in books}
    scene.stand_in.outcomes.requests.clear()
    await asyncio.gather(
        *(scene.write_metadata.write(WriteMetadata(book_id=each, changes=[one])) for each, one in changes.items())
    )
    results = {each.book_id: each for each in await sent_messages(scene.database, MetadataWritten)}
    assert {each: result.written for each, result in results.items()} == {
        each: [one.correction_id] for each, one in changes.items()
    }
    after = (await scene.lists.list_books(ListBooks())).items
    assert {each.publisher for each in after} == {f"Emerald {each.title}" for each in books}
    written = [each for each in scene.stand_in.outcomes.requests if each.path.endswith(("/media", "/update"))]
    assert 1 < len(written) < len(books)
    await scene.scan()
    assert await sent_messages(scene.database, BookChanged) == []


async def test_a_change_with_an_outdated_old_value_is_refused_and_the_others_are_written(scene: Scene) -> None:
    faster, fine = a_change("title", "Another Title", "A Third"), a_change("language", None, "English")
    written = await scene.write(faster, fine)
    assert written.written == [fine.correction_id]
    assert written.refused == {
        faster.correction_id: "title was changed meanwhile: it is 'Oz Story 1', not 'Another Title'"
    }


async def test_a_change_that_is_already_set_counts_as_written(scene: Scene) -> None:
    change = a_change("language", None, "English")
    await scene.write(change)
    assert (await scene.write(change)).written == [change.correction_id]


async def test_an_undo_settles_every_correction_that_it_undoes(scene: Scene) -> None:
    earlier = [uuid4(), uuid4()]
    change = a_change("title", "Oz Story 1", "The Wizard").model_copy(update={"also_settles": earlier})
    assert (await scene.write(change, by_person=True)).written == [change.correction_id, *earlier]
    again = a_change("title", "Oz Story 1", "Another").model_copy(update={"also_settles": earlier})
    assert set((await scene.write(again)).refused) == {again.correction_id, *earlier}


async def test_a_book_is_marked_as_abridged_and_the_mark_is_undone(scene: Scene) -> None:
    scene.owns(a_book(1, abridged=False))
    await scene.scan()
    mark = a_change("abridged", False, True)
    assert (await scene.write(mark, a_change("publisher", None, "Reilly"))).refused == {}
    await scene.scan()
    book = await scene.book()
    assert (book.abridged, book.metadata_source["abridged"]) == (True, "AUDIBLE")
    assert await sent_messages(scene.database, BookChanged) == []
    undo = a_change("abridged", True, False)
    assert (await scene.write(undo, by_person=True)).written == [undo.correction_id]
    await scene.scan()
    book = await scene.book()
    assert (book.abridged, book.metadata_source["abridged"]) == (False, "MANUAL")
    again = a_change("abridged", False, True)
    assert "a person set or locked abridged" in (await scene.write(again)).refused[again.correction_id]


async def test_a_mark_that_a_person_set_in_audiobookshelf_is_kept(scene: Scene) -> None:
    book = await scene.book()
    await scene.library.write(book.abs_id or "", {"abridged": True})
    await scene.scan()
    assert (await scene.book()).metadata_source["abridged"] == "MANUAL"
    assert [one.fields for one in await sent_messages(scene.database, BookChanged)] == [["abridged"]]
    change = a_change("abridged", True, False)
    assert "a person set or locked abridged" in (await scene.write(change)).refused[change.correction_id]


async def test_a_manual_value_is_only_changed_by_a_person(scene: Scene) -> None:
    book = await scene.book()
    await scene.library.write(book.abs_id or "", {"title": "My Wizard"})
    change = a_change("title", "My Wizard", "The Wonderful Wizard of Oz")
    assert "a person set or locked title" in (await scene.write(change)).refused[change.correction_id]
    assert [one.fields for one in await sent_messages(scene.database, BookChanged)] == [["title"]]
    assert (await scene.write(change, by_person=True)).written == [change.correction_id]
    assert (await scene.book()).metadata_source["title"] == "MANUAL"


async def test_values_that_audiobookshelf_would_misinterpret_are_refused(scene: Scene) -> None:
    bad = [
        a_change("authors", ["L. Frank Baum"], [""]),
        a_change("title", "Oz Story 1", " "),
        a_change("series", [SeriesPlace(name="Oz", sequence="1")], ["Oz"]),
        a_change("narrators", ["Tom Reed"], "Tom Reed"),
    ]
    written = await scene.write(*bad)
    assert (written.written, set(written.refused)) == ([], {change.correction_id for change in bad})
    assert not [each for each in scene.stand_in.outcomes.requests if each.method == "PATCH"]


async def test_a_correction_is_retried_with_growing_delays_while_audiobookshelf_is_unavailable(scene: Scene) -> None:
    scene.stand_in.outcomes.switch_on(Outcome(kind=Failure.AWAY, path="*/items/*"))
    delays = []
    for _ in range(2):
        with pytest.raises(TryAgainLater) as raised:
            await scene.write(a_change("language", None, "English"))
        delays.append(raised.value.delay_seconds)
    assert delays == [2.0, 5.0]


async def test_a_correction_of_a_removed_book_is_refused(scene: Scene) -> None:
    book = await scene.book()
    await scene.library.remote.request("DELETE", f"api/items/{book.abs_id}")
    change = a_change("language", None, "English")
    assert "no longer" in (await scene.write(change)).refused[change.correction_id]


async def test_the_time_of_a_refresh_is_recorded_even_if_nothing_changed(scene: Scene) -> None:
    before = await scene.book()
    await BookRefreshedHandler(scene.transaction, scene.clock).record(
        BookRefreshed(book_id=before.id, confidence=Confidence.HIGH, corrections=0)
    )
    after = await scene.book()
    refreshed = {"last_metadata_update_at": scene.clock.now(), "match_confidence": Confidence.HIGH}
    assert after == before.model_copy(update=refreshed)


async def test_html_responses_are_retried_and_the_correction_is_finally_refused(scene: Scene) -> None:
    scene.stand_in.outcomes.switch_on(Outcome(kind=Failure.HTML, path="/api/items/*"))
    change = a_change("title", "Oz Story 1", "The Wonderful Wizard of Oz")
    for _ in range(5):
        with pytest.raises(TryAgainLater):
            await scene.write(change)
    written = await scene.write(change)
    assert "HTML instead of JSON" in written.refused[change.correction_id]


@pytest.fixture
async def entered(scene: Scene) -> Book:
    """A book that a person entered and that Audiobookshelf does not have."""
    entry = BookEntry(title="Queen Zixi of Ix", authors=["L. Frank Baum"], language="English")
    return await EditBooksHandlers(scene.transaction, scene.clock).create(CreateBook(entry=entry))


async def test_a_book_entered_by_hand_is_corrected_in_the_database(scene: Scene, entered: Book) -> None:
    series = [SeriesPlace(name="Ix", sequence="1")]
    filled, placed = a_change("publisher", None, "Emerald Audio"), a_change("series", [], series)
    machines = a_change("language", "English", "German")
    await scene.write_metadata.write(WriteMetadata(book_id=entered.id, changes=[filled, placed, machines]))
    (result,) = await sent_messages(scene.database, MetadataWritten)
    assert sorted(result.written) == sorted([filled.correction_id, placed.correction_id])
    assert result.refused == {
        machines.correction_id: "a person set or locked language, so it is not changed automatically"
    }
    book = await scene.lists.get_book(GetBook(id=entered.id))
    assert (book.publisher, book.series, book.language) == ("Emerald Audio", series, "English")
    assert (book.metadata_source["publisher"], book.metadata_source["language"]) == ("AUDIBLE", "MANUAL")
    assert "Ix" in [each.name for each in (await scene.lists.list_series(ListSeries())).items]
    assert not [each for each in scene.stand_in.outcomes.requests if each.path.endswith("/media")]


async def test_undoing_a_correction_of_a_book_entered_by_hand_makes_the_value_manual(
    scene: Scene, entered: Book
) -> None:
    change = a_change("publisher", None, "Emerald Audio")
    back = change.model_copy(update={"old": change.new, "new": change.old})
    await scene.write_metadata.write(WriteMetadata(book_id=entered.id, changes=[change]))
    for _ in range(2):
        await scene.write_metadata.write(WriteMetadata(book_id=entered.id, changes=[back], by_person=True))
    assert [each.written for each in await sent_messages(scene.database, MetadataWritten)] == [
        [change.correction_id]
    ] * 3
    book = await scene.lists.get_book(GetBook(id=entered.id))
    assert (book.publisher, book.metadata_source["publisher"]) == (None, "MANUAL")
    await scene.write_metadata.write(WriteMetadata(book_id=entered.id, changes=[change]))
    assert change.correction_id in (await sent_messages(scene.database, MetadataWritten))[-1].refused


async def test_a_book_that_joins_a_series_never_compared_is_reported(scene: Scene) -> None:
    result = await scene.write(a_change("series", OZ, [SeriesPlace(name="Emerald Tales", sequence="2")]))
    assert result.series_to_compare
    result = await scene.write(a_change("asin", None, "B0OZ000001"))
    assert not result.series_to_compare, "only series and authors lead to a comparison"


async def test_a_series_that_was_compared_before_is_not_reported(scene: Scene) -> None:
    place = SeriesPlace(name="Emerald Tales", sequence="2")
    await scene.write(a_change("series", OZ, [place]))
    series = next(each for each in (await scene.lists.list_series(ListSeries())).items if each.name == place.name)
    async with scene.transaction() as tx:
        subject = await tx.subjects.get(BibliographyOf.SERIES, series.id)
        assert subject is not None
        await tx.subjects.checked(subject, at=scene.clock.now(), problem=None, providers=["AUDIBLE"])
    result = await scene.write(a_change("series", [place], [SeriesPlace(name="Emerald Tales", sequence="3")]))
    assert not result.series_to_compare


async def test_each_written_correction_is_logged(scene: Scene) -> None:
    with capture_logs() as lines:
        await scene.write(a_change("publisher", None, "Emerald Audio"), a_change("asin", None, "B0OZ000001"))
    logged = {line["field"]: line for line in lines if line["event"] == "correction_written"}
    assert set(logged) == {"publisher", "asin"}
    line = logged["publisher"]
    assert (line["book"], line["old"], line["new"], line["source"]) == (
        (await scene.book()).title, "nothing", "Emerald Audio", "AUDIBLE",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "old", "new", "shown"),
    [
        ("series", [], [SeriesPlace(name="OZ", sequence="2")], [SeriesPlace(name="Oz", sequence="2")]),
        ("authors", ["Nobody Known"], ["L. FRANK BAUM"], ["L. Frank Baum"]),
    ],
)
async def test_a_name_that_audiobookshelf_knows_in_another_spelling_counts_as_written_and_can_be_undone(
    scene: Scene, field: Any, old: Any, new: Any, shown: Any
) -> None:
    """Audiobookshelf matches series and authors without regard to case. It is our value, not that of a person."""
    other = a_book(2, title="Queen Zixi of Ix", folder="Queen Zixi of Ix", authors=["Nobody Known"], series=[])
    scene.owns(a_book(1), other)
    await scene.scan()
    book = next(each for each in (await scene.lists.list_books(ListBooks())).items if each.title == other.title)
    change = a_change(field, old, new)
    await scene.write_metadata.write(WriteMetadata(book_id=book.id, changes=[change]))
    await scene.scan()
    (result,) = await sent_messages(scene.database, MetadataWritten)
    after = await scene.lists.get_book(GetBook(id=book.id))
    assert (result.written, result.refused) == ([change.correction_id], {})
    assert (getattr(after, field), after.metadata_source[field]) == (shown, "AUDIBLE")
    back = change.model_copy(update={"old": new, "new": old})
    await scene.write_metadata.write(WriteMetadata(book_id=book.id, changes=[back], by_person=True))
    assert (await sent_messages(scene.database, MetadataWritten))[-1].written == [change.correction_id]


async def test_a_change_of_the_spelling_that_audiobookshelf_does_not_accept_is_refused(scene: Scene) -> None:
    change = a_change("series", OZ, [SeriesPlace(name="OZ", sequence="1")])
    result = await scene.write(change, by_person=True)
    assert result.refused == {change.correction_id: "Audiobookshelf kept 'Oz #1' as series"}
    async with scene.transaction() as tx:
        stored = await tx.books.by_id((await scene.book()).id)
    assert stored is not None
    assert (stored.pending, stored.book.metadata_source["series"]) == ({}, "ABS")
