"""Tiny covers are found, and that of the edition is proposed instead.

Their sizes are read from the stand-in of Audiobookshelf, a limited number in a day.
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import pytest
from library_builders import TOKEN, Pictures, a_book, a_picture, a_world, sent_messages, the_library, the_writer
from library_scanner.domain.item import CoverFile
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.check_library import CheckLibraryHandler
from library_scanner.handlers.findings import FindingHandlers
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.record_refresh import BookRefreshedHandler
from library_scanner.handlers.scan_library import ScanLibraryHandler
from library_scanner.workflow.cover_sizes import CoverSizeReading
from sandbox.outcomes import Failure, Outcome
from shared.chassis.database import Database
from shared.contracts.library.books import Book, ListBooks
from shared.contracts.library.findings import CheckLibrary, FindingKind, FindingStatus, ListFindings
from shared.contracts.library.metadata_writes import FieldChange, MetadataWritten, WriteMetadata
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.metadata.proposals import ProposalKind, ProposeChanges, ProposedChange
from shared.contracts.metadata.refreshes import BookRefreshed, KnownEdition
from shared.contracts.values import Confidence
from shared.testing.clocks import ManualClock

from sandbox import audiobookshelf

PER_DAY = 2
URL = "https://pictures.example/oz.jpg"


class Scene:
    """A scanned library of three books, and the check that may read two covers in a day."""

    def __init__(self, database: Database, transaction: Transactions, clock: ManualClock, folder: Path) -> None:
        self.database = database
        world = a_world(*(a_book(number) for number in (1, 2, 3)))
        self.transaction, self.clock = transaction, clock
        self.stand_in = audiobookshelf.create(world, library_folder=folder, token=TOKEN)
        self.library = the_library(self.stand_in)
        covers = CoverSizeReading(transaction, self.library, clock, per_day=PER_DAY)
        self.checks = CheckLibraryHandler(transaction, clock, covers, tiny_pixels=150)
        self.findings = FindingHandlers(transaction, transaction, clock)
        self.pictures = Pictures(oz=a_picture())
        self.writer = the_writer(transaction, self.library, clock, self.pictures)

    async def upload(self, width: int, height: int, *numbers: int) -> None:
        """A person uploads a cover of this size for some books, which are scanned then."""
        await self.store(*(CoverFile(a_picture(width, height), "image/jpeg") for _ in numbers), numbers=numbers)

    async def store(self, *covers: CoverFile, numbers: Sequence[int]) -> None:
        self.clock.forward(minutes=1)
        items = await self.library.newest((await self.library.libraries())[0].id)
        ids = sorted(item.abs_id for item in items)
        for number, cover in zip(numbers, covers, strict=True):
            await self.library.set_cover(ids[number], cover)
        await ScanLibraryHandler(self.transaction, self.library, self.clock).scan(ScanLibrary())

    async def check(self) -> list[str]:
        """Check all books, and return what is wrong with covers."""
        await self.checks.check(CheckLibrary(full=True))
        listed = await self.findings.list_findings(ListFindings(kind=FindingKind.TINY_COVER, sort="found_at"))
        return [each.words.partition(" has ")[2] for each in listed.items]

    async def book(self) -> Book:
        """The first book of the server."""
        items = await self.library.newest((await self.library.libraries())[0].id)
        first = min(item.abs_id for item in items)
        books = await ListLibraryHandlers(self.transaction, self.transaction).list_books(ListBooks())
        return next(each for each in books.items if each.abs_id == first)

    async def refresh(self, book: Book) -> None:
        """A refresh finds the edition of a book, which has a cover."""
        edition = KnownEdition(provider="AUDIBLE", id="AUDIBLE:1", identified=True, cover=URL)
        event = BookRefreshed(book_id=book.id, confidence=Confidence.HIGH, corrections=0, editions=[edition])
        await BookRefreshedHandler(self.transaction, self.clock).record(event)

    async def proposed(self) -> list[ProposedChange]:
        """The changes that the last check proposed."""
        sent = await sent_messages(self.database, ProposeChanges)
        return sent[-1].changes if sent else []

    async def write(self, change: FieldChange, *, by_person: bool = False) -> None:
        """Write a change, which is not refused."""
        book = await self.book()
        await self.writer.write(WriteMetadata(book_id=book.id, changes=[change], by_person=by_person))
        assert (await sent_messages(self.database, MetadataWritten))[-1].written == [change.correction_id]

    async def cover(self) -> bytes:
        found = await self.library.cover((await self.book()).abs_id or "")
        assert found is not None
        return found.content

    @property
    def covers_read(self) -> int:
        requests = self.stand_in.outcomes.requests
        return sum(each.method == "GET" and each.path.endswith("/cover") for each in requests)


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock, library_folder: Path) -> Scene:
    return Scene(database, transaction, clock, library_folder)


async def test_a_tiny_cover_is_found_with_its_size_and_solved_by_a_larger_one(scene: Scene) -> None:
    await scene.upload(96, 120, 0)
    await scene.upload(600, 600, 1)
    assert await scene.check() == ["96 × 120 pixels"]
    scene.clock.forward(days=1, minutes=1)
    await scene.upload(500, 500, 0)
    assert await scene.check() == []
    solved = await scene.findings.list_findings(ListFindings(kind=FindingKind.TINY_COVER, status=FindingStatus.SOLVED))
    assert solved.total == 1


async def test_only_so_many_covers_are_read_in_a_day_and_none_twice(scene: Scene) -> None:
    await scene.upload(96, 96, 0, 1, 2)
    assert len(await scene.check()) == PER_DAY
    assert len(await scene.check()) == PER_DAY
    assert scene.covers_read == PER_DAY
    scene.clock.forward(days=1, minutes=1)
    assert len(await scene.check()) == 3
    scene.clock.forward(days=1, minutes=1)
    assert len(await scene.check()) == 3
    assert scene.covers_read == 3


async def test_a_failure_leaves_the_rest_for_another_day(scene: Scene) -> None:
    await scene.upload(96, 96, 0, 1)
    scene.stand_in.outcomes.switch_on(Outcome(kind=Failure.FORBIDDEN, path="*/cover"))
    assert await scene.check() == []
    scene.stand_in.outcomes.clear()
    assert len(await scene.check()) == 2


async def test_what_is_no_picture_is_not_tiny(scene: Scene) -> None:
    await scene.store(CoverFile(b"no picture", "image/jpeg"), numbers=[0])
    assert await scene.check() == []


async def test_a_tiny_cover_is_replaced_by_that_of_the_edition_and_restored_byte_by_byte(scene: Scene) -> None:
    await scene.upload(96, 120, 0)
    tiny, former = await scene.cover(), (await scene.book()).cover
    await scene.check()
    assert await scene.proposed() == []
    await scene.refresh(await scene.book())
    await scene.check()
    (finding,) = (await scene.findings.list_findings(ListFindings(kind=FindingKind.TINY_COVER))).items
    assert finding.repairable
    (proposal,) = await scene.proposed()
    assert (proposal.kind, proposal.source, proposal.finding_id) == (ProposalKind.COVER, "AUDIBLE", finding.id)
    assert (proposal.old, proposal.new, proposal.confidence) == (former, URL, Confidence.MEDIUM)

    change = FieldChange(correction_id=uuid4(), field="cover", old=former, new=URL, source="AUDIBLE")
    await scene.write(change)
    assert await scene.cover() == scene.pictures.served["oz"]
    scene.clock.forward(days=1, minutes=1)
    await ScanLibraryHandler(scene.transaction, scene.library, scene.clock).scan(ScanLibrary())
    assert await scene.check() == []
    assert await scene.proposed() == []

    await scene.write(change.model_copy(update={"old": URL, "new": former, "source": "MANUAL"}), by_person=True)
    assert await scene.cover() == tiny


async def test_nothing_is_proposed_in_place_of_a_cover_that_a_person_uploaded(scene: Scene) -> None:
    await ScanLibraryHandler(scene.transaction, scene.library, scene.clock).scan(ScanLibrary())
    await scene.upload(96, 96, 0)
    await scene.refresh(await scene.book())
    assert await scene.check() == ["96 × 96 pixels"]
    assert await scene.proposed() == []
