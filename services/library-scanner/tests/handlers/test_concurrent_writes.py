"""Corrections that are written while the same item is scanned, or written by another replica."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from library_builders import TOKEN, a_book, a_world, sent_messages, the_library, the_writer
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.confirm_import import ConfirmImportHandler
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.scan_library import ScanLibraryHandler
from shared.chassis.database import Database
from shared.chassis.errors import TryAgainLater
from shared.contracts.library.books import Book, BookChanged, ListBooks
from shared.contracts.library.imports import ConfirmImport, ImportConfirmed
from shared.contracts.library.metadata_writes import FieldChange, FieldName, MetadataWritten, WriteMetadata
from shared.contracts.library.scans import ScanLibrary
from shared.testing.clocks import ManualClock

from sandbox import audiobookshelf


class LateAnswer(httpx.ASGITransport):
    """Delivers the first answer to a path only after something else has happened."""

    def __init__(self, app: Any, ending: str, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__(app)
        self._ending = ending
        self._meanwhile: Callable[[], Awaitable[object]] | None = meanwhile

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        if self._meanwhile is not None and request.url.path.endswith(self._ending):
            meanwhile, self._meanwhile = self._meanwhile, None
            await meanwhile()
        return answer


class Scene:
    """A scanned library of one book."""

    def __init__(self, database: Database, transaction: Transactions, clock: ManualClock, folder: Path) -> None:
        self.database, self.transaction, self.clock = database, transaction, clock
        self.stand_in = audiobookshelf.create(a_world(a_book(1)), library_folder=folder, token=TOKEN)
        self.lists = ListLibraryHandlers(transaction, transaction)

    def late(self, ending: str, meanwhile: Callable[[], Awaitable[object]]) -> LateAnswer:
        return LateAnswer(self.stand_in, ending, meanwhile)

    async def scan(self, transport: LateAnswer | None = None, *, full: bool = False) -> None:
        library = the_library(self.stand_in, transport=transport)
        await ScanLibraryHandler(self.transaction, library, self.clock).scan(ScanLibrary(full=full))

    async def write(self, field: FieldName, new: str, transport: LateAnswer | None = None) -> None:
        """Write one field, as a replica of its own."""
        self.clock.forward(seconds=1)
        writer = the_writer(self.transaction, the_library(self.stand_in, transport=transport), self.clock)
        change = FieldChange(correction_id=uuid4(), field=field, old=None, new=new, source="AUDIBLE")
        await writer.write(WriteMetadata(book_id=(await self.book()).id, changes=[change]))

    async def book(self) -> Book:
        return (await self.lists.list_books(ListBooks())).items[0]

    async def assert_written(self, **values: str) -> None:
        """Check the values of the book, also after another scan, and that no person counts as their source."""
        for _ in range(2):
            book = await self.book()
            assert {field: getattr(book, field) for field in values} == values
            assert {field: book.metadata_source[field] for field in values} == dict.fromkeys(values, "AUDIBLE")
            await self.scan()
        assert await sent_messages(self.database, BookChanged) == []
        answers = await sent_messages(self.database, MetadataWritten)
        assert [len(each.written) for each in answers] == [1] * len(values)


@pytest.fixture
async def scene(database: Database, transaction: Transactions, clock: ManualClock, library_folder: Path) -> Scene:
    made = Scene(database, transaction, clock, library_folder)
    await made.scan()
    return made


async def test_a_scan_that_read_an_item_before_a_correction_was_written_does_not_store_it(scene: Scene) -> None:
    await scene.scan(scene.late("/batch/get", lambda: scene.write("publisher", "Reilly & Britton")), full=True)
    await scene.assert_written(publisher="Reilly & Britton")


async def test_an_import_that_is_confirmed_while_its_metadata_is_written_does_not_store_it_as_it_was(
    scene: Scene,
) -> None:
    book = await scene.book()
    late = scene.late(book.abs_id or "", lambda: scene.write("publisher", "Reilly & Britton"))
    library = the_library(scene.stand_in, transport=late)
    confirm = ConfirmImportHandler(scene.transaction, library, scene.clock, confirm_seconds=600, watcher_seconds=25)
    await confirm.confirm(ConfirmImport(download_id=uuid4(), missing_book_id=None, relative_path=book.path))
    (confirmed,) = await sent_messages(scene.database, ImportConfirmed)
    assert confirmed.book_id == book.id
    await scene.assert_written(publisher="Reilly & Britton")


async def test_a_write_whose_answer_is_older_than_that_of_another_replica_is_read_again(scene: Scene) -> None:
    other = scene.late("/media", lambda: scene.write("subtitle", "A Tale"))
    await scene.write("publisher", "Reilly & Britton", other)
    await scene.assert_written(publisher="Reilly & Britton", subtitle="A Tale")


async def test_a_change_is_judged_again_if_another_replica_wrote_after_the_item_was_read(scene: Scene) -> None:
    item_id = (await scene.book()).abs_id or ""
    with pytest.raises(TryAgainLater, match="newer version"):
        await scene.write(
            "publisher", "Reilly & Britton", scene.late(item_id, lambda: scene.write("subtitle", "A Tale"))
        )
    await scene.write("publisher", "Reilly & Britton")
    await scene.assert_written(publisher="Reilly & Britton", subtitle="A Tale")


async def test_an_older_version_is_stored_if_audiobookshelf_shows_it_later_as_after_a_restored_backup(
    scene: Scene, library_folder: Path
) -> None:
    restored = audiobookshelf.create(a_world(a_book(1)), library_folder=library_folder, token=TOKEN)
    await scene.write("publisher", "Reilly & Britton")
    scene.stand_in = restored
    scene.clock.forward(seconds=1)
    await scene.scan()
    assert (await scene.book()).publisher is None
