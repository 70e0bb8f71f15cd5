"""Locks of fields, which corrections and scans keep."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from library_builders import TOKEN, LibraryAtStandIn, a_book, a_world, sent_messages, the_library, the_writer
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.lock_fields import LockFieldsHandlers
from library_scanner.handlers.scan_library import ScanLibraryHandler
from shared.chassis.database import Database
from shared.chassis.errors import NotFound
from shared.contracts.library.books import Book, ListBooks
from shared.contracts.library.locks import BookLocks, GetLocks, SetLocks
from shared.contracts.library.metadata_writes import FieldChange, MetadataWritten, WriteMetadata
from shared.contracts.library.scans import ScanLibrary
from shared.testing.clocks import ManualClock

from sandbox import audiobookshelf


class Scene:
    """A scanned library of one book, and its locks."""

    def __init__(self, database: Database, transaction: Transactions, clock: ManualClock, folder: Path) -> None:
        self.database, self.transaction, self.clock = database, transaction, clock
        self.library: LibraryAtStandIn = the_library(
            audiobookshelf.create(a_world(a_book(1)), library_folder=folder, token=TOKEN)
        )
        self.handlers = LockFieldsHandlers(transaction, clock)
        self.write_metadata = the_writer(transaction, self.library, clock)

    async def scan(self) -> None:
        await ScanLibraryHandler(self.transaction, self.library, self.clock).scan(ScanLibrary())

    async def book(self) -> Book:
        lists = ListLibraryHandlers(self.transaction, self.transaction)
        return (await lists.list_books(ListBooks())).items[0]

    async def lock(self, *fields: Any) -> dict[str, str]:
        return shown(await self.handlers.set(SetLocks(book_id=(await self.book()).id, fields=list(fields))))

    async def locks(self) -> dict[str, str]:
        return shown(await self.handlers.get(GetLocks(book_id=(await self.book()).id)))

    async def write(self, field: Any, old: Any, new: Any, *, by_person: bool = False) -> MetadataWritten:
        change = FieldChange(correction_id=uuid4(), field=field, old=old, new=new, source="AUDIBLE")
        book_id = (await self.book()).id
        await self.write_metadata.write(WriteMetadata(book_id=book_id, changes=[change], by_person=by_person))
        return (await sent_messages(self.database, MetadataWritten))[-1]


def shown(locks: BookLocks) -> dict[str, str]:
    return {each.field: each.why for each in locks.locked}


@pytest.fixture
async def scene(database: Database, transaction: Transactions, clock: ManualClock, library_folder: Path) -> Scene:
    made = Scene(database, transaction, clock, library_folder)
    await made.scan()
    return made


async def test_a_locked_field_is_changed_only_by_a_person(scene: Scene) -> None:
    assert await scene.locks() == {}
    assert await scene.lock("title", "language") == {"title": "locked", "language": "locked"}
    refused = await scene.write("language", None, "English")
    assert list(refused.refused.values()) == ["a person set or locked language, so it is not changed automatically"]
    assert (await scene.write("language", None, "English", by_person=True)).refused == {}
    assert (await scene.write("published_year", None, "1900")).refused == {}


async def test_locks_survive_scans_and_changes_in_audiobookshelf(scene: Scene) -> None:
    await scene.lock("language")
    await scene.library.write((await scene.book()).abs_id or "", {"title": "My Wizard"})
    await scene.scan()
    assert await scene.locks() == {"title": "set_by_person", "language": "locked"}


async def test_a_field_that_a_person_set_can_be_unlocked(scene: Scene) -> None:
    await scene.library.write((await scene.book()).abs_id or "", {"title": "My Wizard"})
    await scene.scan()
    assert await scene.lock() == {}
    assert (await scene.book()).metadata_source["title"] == "UNLOCKED"
    await scene.scan()
    assert await scene.locks() == {}
    assert (await scene.write("title", "My Wizard", "The Wonderful Wizard of Oz")).refused == {}
    await scene.library.write((await scene.book()).abs_id or "", {"title": "Mine again"})
    await scene.scan()
    assert await scene.locks() == {"title": "set_by_person"}
    assert await scene.lock("title") == {"title": "set_by_person"}


async def test_locks_of_an_unknown_book_are_not_found(scene: Scene) -> None:
    with pytest.raises(NotFound):
        await scene.handlers.get(GetLocks(book_id=uuid4()))
    with pytest.raises(NotFound):
        await scene.handlers.set(SetLocks(book_id=uuid4(), fields=[]))
