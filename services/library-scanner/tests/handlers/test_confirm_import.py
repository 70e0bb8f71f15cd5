"""Imports that the stand-in shows after it scans real files."""

import asyncio
from contextlib import suppress
from pathlib import Path
from time import monotonic
from uuid import UUID, uuid4

import pytest
from library_builders import TOKEN, a_book, a_world, sent_messages, the_library
from library_scanner.domain.missing_book import StoredMissingBook
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.confirm_import import ConfirmImportHandler
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.scan_library import ScanLibraryHandler
from sandbox.mpeg3 import mp3_audio
from sandbox.outcomes import Failure, Outcome
from shared.chassis.database import Database
from shared.chassis.errors import TryAgainLater
from shared.contracts.library.books import Book, BookAppeared, ListBooks
from shared.contracts.library.imports import ConfirmImport, ImportConfirmed, ImportUnconfirmed
from shared.contracts.library.missing_books import GetMissingBook, MissingBook, MissingBookClosed
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.values import MissingReason, MissingStatus
from shared.testing.clocks import ManualClock

from sandbox import audiobookshelf

FOLDER = "L. Frank Baum/Oz/03 - Ozma of Oz {Tom Reed}"


class Scene:
    """A library that waits for Ozma of Oz."""

    def __init__(self, database: Database, transaction: Transactions, clock: ManualClock, folder: Path) -> None:
        self.database, self.transaction, self.clock = database, transaction, clock
        world = a_world(a_book(1), a_book(2))
        self.stand_in = audiobookshelf.create(world, library_folder=folder, token=TOKEN, scan_seconds=0)
        self.folder = folder
        self.library = the_library(self.stand_in)
        self.lists = ListLibraryHandlers(transaction, transaction)
        self.missing_id: UUID = uuid4()
        self.command = ConfirmImport(
            download_id=uuid4(),
            missing_book_id=self.missing_id,
            relative_path=FOLDER,
        )

    @property
    def confirm_import(self) -> ConfirmImportHandler:
        return ConfirmImportHandler(self.transaction, self.library, self.clock, confirm_seconds=600, watcher_seconds=25)

    async def wants(self) -> None:
        now = self.clock.now()
        missing = MissingBook(
            id=self.missing_id, title="Ozma of Oz", authors=["L. Frank Baum"], reason=MissingReason.SERIES_GAP,
            source="AUDIBLE", status=MissingStatus.DOWNLOADING, priority=50, identified_at=now, updated_at=now,
        )  # fmt: skip
        async with self.transaction() as tx:
            await tx.missing_books.save(StoredMissingBook(missing))

    def place(self, folder: str = FOLDER) -> None:
        path = self.folder / folder
        path.mkdir(parents=True)
        (path / "Ozma of Oz.mp3").write_bytes(mp3_audio(1))

    async def until_confirmed(self) -> None:
        """Repeat the command, as redelivery would, while the stand-in scans."""
        deadline = monotonic() + 120
        while monotonic() < deadline:
            try:
                await self.confirm_import.confirm(self.command)
            except TryAgainLater as later:
                self.clock.forward(seconds=later.delay_seconds)
                await asyncio.sleep(0.01)  # lets the stand-in's own task run
            else:
                return
        pytest.fail("not confirmed within 120 s")

    async def until_unconfirmed(self) -> None:
        for _ in range(100):
            try:
                await self.confirm_import.confirm(self.command)
            except TryAgainLater as later:
                self.clock.forward(seconds=later.delay_seconds)
            else:
                return
        pytest.fail("the import never timed out")

    async def until_shown(self) -> None:
        """Request a scan and wait until the stand-in shows the book."""
        (shown,) = await self.library.libraries()
        async with asyncio.timeout(60):
            while not any(mark.path == FOLDER for mark in await self.library.newest(shown.id)):
                await self.library.scan(shown.id)
                await asyncio.sleep(0)  # lets the stand-in's own task run

    async def until_scanned(self, folder: str) -> None:
        """If a scan was requested, wait until the stand-in shows the folder."""
        if not self.scans_requested():
            return
        (shown,) = await self.library.libraries()
        async with asyncio.timeout(60):
            paths: list[str] = []
            while folder not in paths:
                await asyncio.sleep(0.01)  # lets the stand-in's own task run
                paths = [mark.path for mark in await self.library.newest(shown.id)]

    def scans_requested(self) -> int:
        return sum(each.path.endswith("/scan") for each in self.stand_in.outcomes.requests)

    async def imported(self) -> Book:
        confirmed = await sent_messages(self.database, ImportConfirmed)
        assert [one.download_id for one in confirmed] == [self.command.download_id]
        books = await self.lists.list_books(ListBooks())
        return next(book for book in books.items if book.id == confirmed[0].book_id)


@pytest.fixture
async def scene(database: Database, transaction: Transactions, clock: ManualClock, library_folder: Path) -> Scene:
    made = Scene(database, transaction, clock, library_folder)
    await made.wants()
    return made


async def test_an_imported_book_is_confirmed_and_no_longer_missing(scene: Scene) -> None:
    scene.place()
    await scene.until_confirmed()
    book = await scene.imported()
    assert (book.path, book.metadata_source["title"]) == (FOLDER, "ABS")
    missing = await scene.lists.get_missing_book(GetMissingBook(id=scene.missing_id))
    assert (missing.status, missing.book_id) == (MissingStatus.COMPLETED, book.id)
    assert [one.missing_book_id for one in await sent_messages(scene.database, MissingBookClosed)] == [scene.missing_id]
    assert len(await sent_messages(scene.database, BookAppeared)) == 1


async def test_a_repeated_command_for_a_confirmed_import_announces_it_again(scene: Scene) -> None:
    scene.place()
    await scene.until_confirmed()
    await scene.confirm_import.confirm(scene.command)
    first, again = await sent_messages(scene.database, ImportConfirmed)
    assert first == again
    assert len(await sent_messages(scene.database, MissingBookClosed)) == 1


async def test_one_scan_after_the_delay_of_the_watcher_serves_all_waiting_imports(scene: Scene) -> None:
    commands = [
        scene.command.model_copy(update={"download_id": uuid4(), "missing_book_id": None, "relative_path": f"Oz/{one}"})
        for one in range(4)
    ]
    for placed in range(1, 5):
        for command in commands[:placed]:
            with pytest.raises(TryAgainLater):
                await scene.confirm_import.confirm(command)
        scene.clock.forward(seconds=20)
    assert scene.scans_requested() == 0, "imports are still being placed, one every 20 s"
    scene.clock.forward(seconds=5)
    for command in commands:
        with pytest.raises(TryAgainLater):
            await scene.confirm_import.confirm(command)
    assert scene.scans_requested() == 1


async def test_a_book_that_the_watcher_found_needs_no_scan(scene: Scene) -> None:
    scene.place()
    await scene.until_shown()
    request = scene.scans_requested()
    await scene.confirm_import.confirm(scene.command)
    await scene.imported()
    assert scene.scans_requested() == request


async def test_a_scan_is_requested_after_two_minutes_even_while_others_are_being_placed(scene: Scene) -> None:
    requests = []
    for _ in range(8):
        for command in (scene.command, scene.command.model_copy(update={"download_id": uuid4()})):
            with pytest.raises(TryAgainLater):
                await scene.confirm_import.confirm(command)
        requests.append(scene.scans_requested())
        scene.clock.forward(seconds=20)
    assert requests == [0, 0, 0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize(
    ("placed_at", "confirmed"),
    [
        ("media/03 - Ozma of Oz {Tom Reed}", True),
        ("L. Frank Baum/Ozma of Oz", True),
        ("Another Author/Ozma of Oz", False),
        ("L. Frank Baum/Another Book", False),
    ],
)
async def test_a_book_that_has_another_path_in_audiobookshelf_is_found_by_its_folder_or_its_title(
    scene: Scene, placed_at: str, confirmed: bool
) -> None:
    scene.place(placed_at)
    scene.command = scene.command.model_copy(update={"title": "Ozma of Oz", "authors": ["L. Frank Baum"]})
    for _ in range(4):
        with suppress(TryAgainLater):
            await scene.confirm_import.confirm(scene.command)
        scene.clock.forward(seconds=30)
        await scene.until_scanned(placed_at)
    assert bool(await sent_messages(scene.database, ImportConfirmed)) is confirmed


async def test_the_item_of_another_import_with_the_same_folder_name_is_not_taken(scene: Scene) -> None:
    other = scene.command.model_copy(update={"download_id": uuid4(), "relative_path": f"Another/{Path(FOLDER).name}"})
    scene.place()
    for _ in range(4):
        for command in (scene.command, other):
            with suppress(TryAgainLater):
                await scene.confirm_import.confirm(command)
        scene.clock.forward(seconds=30)
        await scene.until_scanned(FOLDER)
    confirmed = {each.download_id for each in await sent_messages(scene.database, ImportConfirmed)}
    assert confirmed == {scene.command.download_id}


async def test_an_import_that_timed_out_is_confirmed_by_a_later_scan(scene: Scene) -> None:
    for _ in range(2):
        await scene.until_unconfirmed()
    assert [one.download_id for one in await sent_messages(scene.database, ImportUnconfirmed)] == [
        scene.command.download_id
    ]
    scene.place()
    await scene.until_shown()
    await ScanLibraryHandler(scene.transaction, scene.library, scene.clock).scan(ScanLibrary())
    (again,) = await sent_messages(scene.database, ConfirmImport)
    await scene.confirm_import.confirm(again)
    assert (await scene.imported()).path == FOLDER


async def test_the_confirmation_is_retried_while_audiobookshelf_is_unavailable(scene: Scene) -> None:
    scene.place()
    scene.stand_in.outcomes.switch_on(Outcome(kind=Failure.UNAUTHORIZED, path="*/libraries", times=1))
    with pytest.raises(TryAgainLater):
        await scene.confirm_import.confirm(scene.command)
    await scene.until_confirmed()
    assert (await scene.imported()).path == FOLDER
