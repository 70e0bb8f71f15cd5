"""The files of a replaced book are moved aside after the better one is in the library, and never deleted."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.adapters import replaced_books
from shared.chassis.errors import RemoteUnavailable, TryAgainLater
from shared.contracts.downloads.commands import MoveReplacedBook, RetryFailedDownloads, SearchForDownload
from shared.contracts.downloads.downloads import Download
from shared.contracts.library.books import Book
from shared.contracts.library.imports import ConfirmImport, ImportConfirmed

from .conftest import GOOD, Bench
from .test_search_upgrades import allow_upgrades, search, the_downloads

Make = Callable[..., Any]


@pytest.fixture
def owned(bench: Bench, an_owned_book: Make) -> Book:
    """An owned MP3 in the folder that the better release would have."""
    book: Book = an_owned_book(path="L. Frank Baum/Oz/02 - The Marvelous Land of Oz {Tom Reed}")
    bench.library.owned = [book]
    folder = bench.library_path / book.path
    folder.mkdir(parents=True)
    (folder / "book.mp3").write_bytes(b"the old recording")
    return book


async def imported(bench: Bench, a_release: Make, *, confirm: bool = True) -> Download:
    """Grab, verify and import a better release; `confirm`: the library shows it."""
    await allow_upgrades(bench)
    bench.mam.releases = [a_release(id=GOOD.id)]
    await search(bench)
    await bench.monitored()
    await bench.deliver()
    (download,) = await the_downloads(bench)
    if confirm:
        await confirmed(bench, download.id)
        await bench.deliver()
    return await bench.download(download.id)


async def confirmed(bench: Bench, download_id: UUID, book_id: UUID | None = None) -> None:
    event = ImportConfirmed(download_id=download_id, missing_book_id=None, book_id=book_id or uuid4())
    await bench.import_download.confirmed(event)


async def test_the_old_book_stays_until_the_new_one_is_in_the_library(
    bench: Bench, owned: Book, a_release: Make
) -> None:
    placed = await imported(bench, a_release, confirm=False)

    assert placed.library_path == "L. Frank Baum/Oz/02 - The Marvelous Land of Oz (2) {Tom Reed}"
    assert [each.relative_path for each in await bench.sent(ConfirmImport)] == [placed.library_path]
    assert (bench.library_path / owned.path / "book.mp3").exists()

    await confirmed(bench, placed.id)
    await bench.deliver()

    download = await bench.download(placed.id)
    assert download.replaces is not None
    assert download.replaces.problem is None
    moved = Path(download.replaces.moved_to or "")
    assert moved == bench.replaced_path / str(download.id) / owned.path
    assert (moved / "book.mp3").read_bytes() == b"the old recording"
    assert not (bench.library_path / owned.path).exists()
    assert any((bench.library_path / (placed.library_path or "")).iterdir())


@pytest.mark.parametrize("why", ["same item", "moved by a person", "another book inside"])
async def test_the_old_book_stays_if_moving_it_could_take_more_with_it(
    bench: Bench, owned: Book, a_release: Make, why: str
) -> None:
    placed = await imported(bench, a_release, confirm=False)
    if why == "moved by a person":
        bench.library.owned = [owned.model_copy(update={"path": "Elsewhere"})]
    if why == "another book inside":
        (bench.library_path / owned.path / "Bonus").mkdir()
        bench.library.folders = [f"{owned.path}/Bonus"]

    await confirmed(bench, placed.id, owned.id if why == "same item" else None)
    await bench.deliver()

    download = await bench.download(placed.id)
    assert download.replaces is not None
    assert download.replaces.moved_to is None
    assert download.replaces.problem
    assert (bench.library_path / owned.path / "book.mp3").exists()


async def test_a_disk_error_is_stored_and_the_move_is_tried_again(bench: Bench, owned: Book, a_release: Make) -> None:
    placed = await imported(bench, a_release, confirm=False)
    bench.replaced_path.rmdir()
    bench.replaced_path.write_text("not a folder")
    await confirmed(bench, placed.id)
    await bench.deliver()
    download = await bench.download(placed.id)
    assert download.replaces is not None
    assert download.replaces.problem
    bench.replaced_path.unlink()

    await bench.move_replaced_book.move(MoveReplacedBook(download_id=placed.id))

    download = await bench.download(placed.id)
    assert download.replaces is not None
    assert (download.replaces.problem, bool(download.replaces.moved_to)) == (None, True)


async def test_a_move_whose_message_was_lost_is_sent_again(bench: Bench, owned: Book, a_release: Make) -> None:
    placed = await imported(bench, a_release, confirm=False)
    await confirmed(bench, placed.id)
    await bench.lose_messages()
    async with bench.transaction() as tx:
        download = await tx.downloads.get(placed.id)
        assert download is not None
        download.described_at = bench.clock.now()
        await tx.downloads.save(download)
    bench.clock.at = download.updated_at + timedelta(days=1_000)

    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())

    assert [each.download_id for each in await bench.sent(MoveReplacedBook)] == [placed.id]


async def test_a_move_waits_for_the_library(bench: Bench, owned: Book, a_release: Make) -> None:
    placed = await imported(bench, a_release, confirm=False)
    await confirmed(bench, placed.id)
    bench.library.error = RemoteUnavailable("library", "not running")

    with pytest.raises(TryAgainLater):
        await bench.move_replaced_book.move(MoveReplacedBook(download_id=placed.id))


async def test_a_missing_book_replaces_nothing(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    await bench.move_replaced_book.move(MoveReplacedBook(download_id=download_id))

    assert (await bench.download(download_id)).replaces is None


@pytest.mark.parametrize("path", ["../elsewhere", "/etc", ".", "link/book"])
def test_only_what_is_inside_the_library_is_moved(library_folder: Path, tmp_path: Path, path: str) -> None:
    outside = tmp_path / "elsewhere"
    (outside / "book").mkdir(parents=True)
    (library_folder / "link").symlink_to(outside)

    with pytest.raises(OSError, match="not a path inside"):
        replaced_books.move(library_folder, PurePosixPath(path), tmp_path / "replaced")
    assert (outside / "book").exists()
