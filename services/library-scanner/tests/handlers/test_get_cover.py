"""Covers in sizes, fetched from the stand-in of Audiobookshelf."""

import asyncio
import io
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from library_builders import a_book, a_picture
from library_scanner.adapters.audiobookshelf import Audiobookshelf
from library_scanner.domain.cover_images import ItemCover
from library_scanner.domain.item import CoverFile
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.get_cover import GetCoverHandler
from library_scanner.workflow.cover_images import CoverImages
from PIL import Image
from sandbox.outcomes import Failure, Outcome
from scanned_library import Scene as ScannedLibrary
from shared.chassis.database import Database
from shared.chassis.errors import NotFound, RemoteAnsweredNonsense, RemoteUnavailable
from shared.chassis.http import Remote
from shared.contracts.library.books import ListBooks
from shared.contracts.library.covers import MAX_COVER_BYTES, CoverImage, CoverWidth, GetCover
from shared.testing.clocks import ManualClock
from shared.testing.waiting import until
from starlette.responses import Response

ITEM = ItemCover("item", 1, "/cover.jpg")
NEVER = ItemCover("never", 1, "/cover.jpg")


class Scene(ScannedLibrary):
    """Two scanned books, and the covers that people upload for the first one."""

    async def prepare(self) -> None:
        self.owns(a_book(1), a_book(2))
        await self.scan()
        first, second = (await self.lists.list_books(ListBooks(sort="path"))).items
        self.abs_id, self.book_id, self.other_id = first.abs_id or "", first.id, second.id
        self.handler = GetCoverHandler(self.transaction, CoverImages(self.library))

    async def upload(self, content: bytes) -> None:
        self.clock.forward(minutes=1)
        await self.library.set_cover(self.abs_id, CoverFile(content, "image/jpeg"))
        await self.scan()

    async def get(self, width: CoverWidth = CoverWidth.TILE, *known: str, book_id: UUID | None = None) -> CoverImage:
        return await self.handler.get(GetCover(book_id=book_id or self.book_id, width=width, known=list(known)))

    @property
    def fetched(self) -> int:
        return self.calls("GET", "*/cover")


@pytest.fixture
async def scene(database: Database, transaction: Transactions, clock: ManualClock, library_folder: Path) -> Scene:
    made = Scene(database, transaction, clock, library_folder)
    await made.prepare()
    return made


def size_of(cover: CoverImage) -> tuple[int, int]:
    with Image.open(io.BytesIO(cover.content or b"")) as opened:
        return opened.size


@pytest.mark.parametrize("width", list(CoverWidth))
async def test_a_cover_is_scaled_by_audiobookshelf(scene: Scene, width: CoverWidth) -> None:
    await scene.upload(a_picture(500, 600))
    cover = await scene.get(width)
    assert (size_of(cover), cover.media_type) == ((width, round(width * 1.2)), "image/webp")


async def test_a_cover_is_fetched_once_in_each_size(scene: Scene) -> None:
    await scene.upload(a_picture())
    tiles = await asyncio.gather(*(scene.get() for _ in range(8)))
    row = await scene.get(CoverWidth.ROW)
    assert scene.fetched == 2
    assert len({tile.version for tile in tiles}) == 1
    assert row.version != tiles[0].version


async def test_a_version_that_the_caller_has_is_not_sent_or_fetched_again(scene: Scene) -> None:
    await scene.upload(a_picture())
    version = (await scene.get()).version
    scene.handler = GetCoverHandler(scene.transaction, CoverImages(scene.library))  # another replica
    assert await scene.get(CoverWidth.TILE, "0" * 32, version) == CoverImage(version=version)
    assert scene.fetched == 1


async def test_a_changed_cover_has_another_version(scene: Scene) -> None:
    await scene.upload(a_picture(500, 500))
    before = await scene.get()
    await scene.upload(a_picture(500, 700))
    after = await scene.get(CoverWidth.TILE, before.version)
    assert after.version != before.version
    assert size_of(after) == (192, 269)


async def test_a_book_without_a_cover_is_answered_without_a_request(scene: Scene) -> None:
    for book_id in (scene.other_id, uuid4()):
        with pytest.raises(NotFound):
            await scene.get(book_id=book_id)
    assert scene.fetched == 0


async def test_a_cover_that_is_gone_since_the_scan_is_not_found(scene: Scene) -> None:
    await scene.upload(a_picture())
    await scene.library.set_cover(scene.abs_id, None)
    with pytest.raises(NotFound, match="Audiobookshelf has no cover"):
        await scene.get()


def sending(content: bytes) -> CoverImages:
    """The covers of a server that sends this as every cover, and calls it WebP."""
    transport = httpx.ASGITransport(Response(content, media_type="image/webp"))
    return CoverImages(Audiobookshelf(Remote("Audiobookshelf", "http://server", transport=transport)))


@pytest.mark.parametrize(
    "content",
    [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html><script>alert(1)</script>", b"", b"RIFF0000WAVE", b"GIF89a"],
)
async def test_only_pictures_are_shown_whatever_their_type_says(content: bytes) -> None:
    with pytest.raises(RemoteAnsweredNonsense, match="cannot be shown"):
        await sending(content).get(ITEM, 96)


async def test_a_cover_that_is_too_large_is_refused() -> None:
    with pytest.raises(RemoteAnsweredNonsense, match="larger than"):
        await sending(a_picture() + bytes(MAX_COVER_BYTES)).get(ITEM, 96)


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
async def test_the_type_of_a_cover_is_that_of_its_content(kind: str, media_type: str) -> None:
    cover = await sending(a_picture(kind=kind)).get(ITEM, 96)
    assert cover is not None
    assert cover.media_type == media_type


async def test_a_failure_of_audiobookshelf_is_not_remembered(scene: Scene) -> None:
    await scene.upload(a_picture())
    scene.stand_in.outcomes.switch_on(Outcome(kind=Failure.AWAY, path="*/cover", times=1))
    with pytest.raises(RemoteUnavailable):
        await scene.get()
    assert scene.fetched == 1
    assert (await scene.get()).content


class SlowScaler:
    """A server that counts how many covers are fetched at once. One of the item `never` does not arrive."""

    def __init__(self) -> None:
        self.now = self.most = self.total = 0

    async def scaled_cover(self, abs_id: str, width: int) -> CoverFile | None:
        self.now += 1
        self.total += 1
        self.most = max(self.most, self.now)
        try:
            await (asyncio.Event().wait() if abs_id == "never" else asyncio.sleep(0))
        finally:
            self.now -= 1
        return CoverFile(b"x" * width, "image/webp")


async def test_audiobookshelf_gets_one_request_at_a_time() -> None:
    images = CoverImages(server := SlowScaler(), fetch_seconds=60)
    await asyncio.gather(*(images.get(ItemCover(str(number), 1, "/cover.jpg"), 96) for number in range(20)))
    assert (server.most, server.total) == (1, 20)


async def test_a_cover_that_does_not_arrive_ends_with_the_reason() -> None:
    images = CoverImages(server := SlowScaler(), fetch_seconds=0.05)
    with pytest.raises(RemoteUnavailable, match="in time"):
        await images.get(NEVER, 96)
    assert server.now == 0


async def test_a_caller_that_left_does_not_stop_the_next_one() -> None:
    images = CoverImages(server := SlowScaler(), fetch_seconds=60)
    left = asyncio.create_task(images.get(NEVER, 96))
    await until(lambda: server.now == 1)
    left.cancel()
    assert await images.get(ITEM, 96)
    assert left.cancelled()


async def test_the_covers_used_last_stay_within_the_limit_of_memory() -> None:
    images = CoverImages(server := SlowScaler(), cache_bytes=200, fetch_seconds=60)
    one, two, three = (ItemCover(name, 1, "/cover.jpg") for name in ("one", "two", "three"))
    for cover in (one, two, one, three):  # the third is fetched, and the second is dropped
        await images.get(cover, 96)
    assert server.total == 3
    await images.get(one, 96)
    assert server.total == 3
    await images.get(two, 96)
    assert server.total == 4
