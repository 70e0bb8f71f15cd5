"""Tiny covers are found: their sizes are read from the stand-in of Audiobookshelf, a limited number in a day."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from library_builders import TOKEN, a_book, a_picture, a_world, the_library
from library_scanner.domain.item import CoverFile
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.check_library import CheckLibraryHandler
from library_scanner.handlers.findings import FindingHandlers
from library_scanner.handlers.scan_library import ScanLibraryHandler
from library_scanner.workflow.cover_sizes import CoverSizeReading
from sandbox.outcomes import Failure, Outcome
from shared.contracts.library.findings import CheckLibrary, FindingKind, FindingStatus, ListFindings
from shared.contracts.library.scans import ScanLibrary
from shared.testing.clocks import ManualClock

from sandbox import audiobookshelf

PER_DAY = 2


class Scene:
    """A scanned library of three books, and the check that may read two covers in a day."""

    def __init__(self, transaction: Transactions, clock: ManualClock, folder: Path) -> None:
        world = a_world(*(a_book(number) for number in (1, 2, 3)))
        self.transaction, self.clock = transaction, clock
        self.stand_in = audiobookshelf.create(world, library_folder=folder, token=TOKEN)
        self.library = the_library(self.stand_in)
        covers = CoverSizeReading(transaction, self.library, clock, per_day=PER_DAY)
        self.checks = CheckLibraryHandler(transaction, clock, covers, tiny_pixels=150)
        self.findings = FindingHandlers(transaction, transaction, clock)

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

    @property
    def covers_read(self) -> int:
        requests = self.stand_in.outcomes.requests
        return sum(each.method == "GET" and each.path.endswith("/cover") for each in requests)


@pytest.fixture
def scene(transaction: Transactions, clock: ManualClock, library_folder: Path) -> Scene:
    return Scene(transaction, clock, library_folder)


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
