"""Covers, chapters and tags written to the stand-in, and restored exactly."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from library_builders import (
    TOKEN,
    Pictures,
    a_book,
    a_picture,
    a_world,
    sent_messages,
    the_library,
    the_writer,
)
from library_scanner.domain.item import CoverFile
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.edit_books import EditBooksHandlers
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.scan_library import ScanLibraryHandler
from sandbox.outcomes import Failure, Outcome
from shared.chassis.database import Database
from shared.chassis.errors import TryAgainLater
from shared.contracts.library.books import Book, BookChanged, BookEntry, CreateBook, ListBooks
from shared.contracts.library.chapters import is_per_file
from shared.contracts.library.metadata_writes import FieldChange, MetadataWritten, WriteMetadata
from shared.contracts.library.scans import ScanLibrary
from shared.testing.clocks import ManualClock

from sandbox import audiobookshelf

URL = "https://pictures.example/oz.jpg"
CHAPTERS = "0:00:00.000 Opening Credits\n0:01:00.500 The Wooden Horse\n1:30:00.000 The Emerald City"
FILES = [{"name": f"{number:02d}.mp3", "duration_seconds": 3600.0} for number in (1, 2, 3)]


class Scene:
    """A scanned library of one book with three numbered files, and a server of pictures."""

    def __init__(self, database: Database, transaction: Transactions, clock: ManualClock, folder: Path) -> None:
        self.database, self.transaction, self.clock = database, transaction, clock
        self.stand_in = audiobookshelf.create(a_world(a_book(1, files=FILES)), library_folder=folder, token=TOKEN)
        self.library = the_library(self.stand_in)
        self.pictures = Pictures(oz=a_picture())
        self.writer = the_writer(transaction, self.library, clock, self.pictures)

    async def scan(self) -> None:
        await ScanLibraryHandler(self.transaction, self.library, self.clock).scan(ScanLibrary())

    async def book(self) -> Book:
        lists = ListLibraryHandlers(self.transaction, self.transaction)
        return (await lists.list_books(ListBooks())).items[0]

    async def cover(self) -> bytes | None:
        cover = await self.library.cover((await self.book()).abs_id or "")
        return cover.content if cover else None

    async def upload(self, content: bytes) -> None:
        """A person uploads a cover in Audiobookshelf."""
        await self.library.set_cover((await self.book()).abs_id or "", CoverFile(content, "image/jpeg"))

    async def chapters(self) -> list[list[Any]]:
        item = await self.library.item((await self.book()).abs_id or "")
        return [[each.title, each.start, each.end] for each in item.chapters] if item else []

    async def write(self, change: FieldChange, *, by_person: bool = False) -> str | None:
        """Write one change. Return why it was refused, or None if it was written."""
        command = WriteMetadata(book_id=(await self.book()).id, changes=[change], by_person=by_person)
        await self.writer.write(command)
        result = (await sent_messages(self.database, MetadataWritten))[-1]
        assert (change.correction_id in result.written) is not (change.correction_id in result.refused)
        return result.refused.get(change.correction_id)

    async def undo(self, change: FieldChange) -> str | None:
        undone = change.model_copy(update={"old": change.new, "new": change.old, "source": "MANUAL"})
        return await self.write(undone, by_person=True)


def a_change(field: Any, old: Any, new: Any) -> FieldChange:
    return FieldChange(correction_id=uuid4(), field=field, old=old, new=new, source="AUDIBLE")


@pytest.fixture
async def scene(database: Database, transaction: Transactions, clock: ManualClock, library_folder: Path) -> Scene:
    made = Scene(database, transaction, clock, library_folder)
    await made.scan()
    return made


async def test_a_missing_cover_is_written_and_removed_by_its_undo(scene: Scene) -> None:
    change = a_change("cover", None, URL)
    assert await scene.write(change) is None
    assert await scene.cover() == scene.pictures.served["oz"]
    await scene.scan()
    book = await scene.book()
    assert (book.cover, book.metadata_source["cover"]) == (URL, "AUDIBLE")
    assert await sent_messages(scene.database, BookChanged) == []
    assert await scene.write(change) is None, "a repeated command changes nothing"
    assert await scene.undo(change) is None
    assert await scene.cover() is None
    book = await scene.book()
    assert (book.cover, book.metadata_source["cover"]) == (None, "MANUAL")


async def test_a_tiny_cover_is_replaced_and_restored_byte_by_byte(scene: Scene) -> None:
    tiny = a_picture(80, 120, seed=7)
    await scene.upload(tiny)
    await scene.scan()
    former = (await scene.book()).cover
    assert former is not None
    by_machine = await scene.write(a_change("cover", former, URL))
    assert by_machine == "a person set or locked cover, so it is not changed automatically"
    change = a_change("cover", former, URL)
    assert await scene.write(change, by_person=True) is None
    assert await scene.cover() == scene.pictures.served["oz"]
    assert (await scene.book()).cover == URL
    assert await scene.undo(change) is None
    assert await scene.cover() == tiny
    await scene.scan()
    assert (await scene.book()).cover == former


async def test_two_covers_are_undone_together(scene: Scene) -> None:
    scene.pictures.served["ozma"] = a_picture(seed=3)
    first = a_change("cover", None, URL)
    second = a_change("cover", URL, URL.replace("oz.jpg", "ozma.jpg"))
    await scene.write(first)
    assert await scene.write(second, by_person=True) is None
    assert await scene.cover() == scene.pictures.served["ozma"]
    together = first.model_copy(update={"also_settles": [second.correction_id], "old": None, "new": second.new})
    assert await scene.undo(together) is None
    assert await scene.cover() is None


@pytest.mark.parametrize(("size", "refused"), [((80, 80), False), ((400, 400), True)])
async def test_a_cover_that_the_library_had_from_the_start_is_replaced_only_if_it_is_tiny(
    database: Database,
    transaction: Transactions,
    clock: ManualClock,
    library_folder: Path,
    size: tuple[int, int],
    refused: bool,
) -> None:
    scene = Scene(database, transaction, clock, library_folder)
    first = next(iter(await scene.library.newest((await scene.library.libraries())[0].id)))
    await scene.library.set_cover(first.abs_id, CoverFile(a_picture(*size), "image/jpeg"))
    await scene.scan()
    former = (await scene.book()).cover
    why = await scene.write(a_change("cover", former, URL))
    assert (why == "cover was not written: the book has a cover of at least 150 pixels already") is refused
    assert ((await scene.book()).cover == former) is refused


async def test_a_tiny_cover_is_not_replaced_by_another_tiny_one(
    database: Database, transaction: Transactions, clock: ManualClock, library_folder: Path
) -> None:
    scene = Scene(database, transaction, clock, library_folder)
    first = next(iter(await scene.library.newest((await scene.library.libraries())[0].id)))
    tiny = a_picture(80, 80, seed=7)
    await scene.library.set_cover(first.abs_id, CoverFile(tiny, "image/jpeg"))
    await scene.scan()
    scene.pictures.served["oz"] = a_picture(100, 100)
    why = await scene.write(a_change("cover", (await scene.book()).cover, URL))
    assert why == "cover was not written: the new cover is as small as the present one"
    assert await scene.cover() == tiny


async def test_an_undo_does_not_remove_a_cover_that_a_person_uploaded_meanwhile(scene: Scene) -> None:
    change = a_change("cover", None, URL)
    await scene.write(change)
    mine = a_picture(seed=99)
    await scene.upload(mine)
    assert await scene.undo(change) == "cover was not written: the cover was changed in Audiobookshelf meanwhile"
    assert await scene.cover() == mine


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the server answered 404"),
        (b"<html>no</html>", "it is not a JPEG, PNG or WebP picture, or it is damaged"),
        (a_picture()[:300], "it is not a JPEG, PNG or WebP picture, or it is damaged"),
        (b"x" * (2**20 + 1), "it is larger than 1 MiB"),
    ],
    ids=["missing", "HTML", "cut off", "too large"],
)
async def test_what_is_no_picture_is_refused(scene: Scene, content: bytes, why: str) -> None:
    scene.pictures.served["oz"] = content
    refused = await scene.write(a_change("cover", None, URL))
    assert refused == f"cover was not written: the picture cannot be used: {why}"
    assert await scene.cover() is None
    assert await scene.write(a_change("language", None, "English")) is None


async def test_a_cover_is_written_after_an_outage(scene: Scene) -> None:
    change = a_change("cover", None, URL)
    scene.stand_in.outcomes.switch_on(Outcome(kind=Failure.AWAY))
    with pytest.raises(TryAgainLater):
        await scene.writer.write(WriteMetadata(book_id=(await scene.book()).id, changes=[change]))
    scene.stand_in.outcomes.clear()
    assert await scene.write(change) is None
    assert await scene.undo(change) is None
    assert await scene.cover() is None


async def test_numbered_files_get_chapters_and_an_undo_restores_them_exactly(scene: Scene) -> None:
    before = await scene.chapters()
    book = await scene.book()
    assert is_per_file(book.chapters)
    change = a_change("chapters", book.chapters, CHAPTERS)
    assert await scene.write(change) is None
    assert await scene.chapters() == [
        ["Opening Credits", 0.0, 60.5],
        ["The Wooden Horse", 60.5, 5400.0],
        ["The Emerald City", 5400.0, 10800.0],
    ]
    await scene.scan()
    after = await scene.book()
    assert (after.chapters or "").startswith("3 chapters [")
    assert after.metadata_source["chapters"] == "AUDIBLE"
    assert await scene.write(change) is None, "a repeated command changes nothing"
    assert await scene.undo(change) is None
    assert json.dumps(await scene.chapters()) == json.dumps(before)
    assert (await scene.book()).chapters == book.chapters


async def test_named_chapters_are_only_replaced_by_a_person(scene: Scene) -> None:
    book = await scene.book()
    await scene.write(a_change("chapters", book.chapters, CHAPTERS))
    named = (await scene.book()).chapters
    other = a_change("chapters", named, "0:00:00 Another Beginning\n0:10:00 The End")
    assert await scene.write(other) == "chapters was not written: the book has chapters already"
    assert await scene.write(other, by_person=True) is None


async def test_chapters_beyond_the_end_are_refused(scene: Scene) -> None:
    book = await scene.book()
    late = a_change("chapters", book.chapters, "0:00:00 Beginning\n3:00:00 After the End")
    assert await scene.write(late) == "chapters was not written: the last chapter starts after the end of the book"
    assert is_per_file((await scene.book()).chapters)


async def test_chapters_that_a_person_set_in_audiobookshelf_are_manual(scene: Scene) -> None:
    abs_id = (await scene.book()).abs_id or ""
    item = await scene.library.item(abs_id)
    assert item is not None
    await scene.library.set_chapters(abs_id, item.chapters[:2])
    await scene.scan()
    book = await scene.book()
    assert book.metadata_source["chapters"] == "MANUAL"
    assert [each.fields for each in await sent_messages(scene.database, BookChanged)] == [["chapters"]]


async def test_tags_are_written_and_undone(scene: Scene) -> None:
    change = a_change("tags", [], ["fantasy", "owned"])
    assert await scene.write(change) is None
    book = await scene.book()
    assert (book.tags, book.metadata_source["tags"], book.title) == (["fantasy", "owned"], "AUDIBLE", "Oz Story 1")
    assert await scene.undo(change) is None
    assert (await scene.book()).tags == []


async def test_a_book_entered_by_hand_has_no_cover_and_no_chapters(
    scene: Scene, transaction: Transactions, clock: ManualClock
) -> None:
    created = await EditBooksHandlers(transaction, clock).create(CreateBook(entry=BookEntry(title="The Sea Fairies")))
    change = a_change("cover", None, URL)
    await scene.writer.write(WriteMetadata(book_id=created.id, changes=[change], by_person=True))
    result = (await sent_messages(scene.database, MetadataWritten))[-1]
    assert result.refused == {change.correction_id: "the book is not in Audiobookshelf, so it has no cover"}
