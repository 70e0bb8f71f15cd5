"""A person imports files from a folder: what they may be, and the import as the chosen book."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from downloader.adapters.av_probe import AvProbe
from downloader.adapters.filesystem import Filesystem
from downloader.domain.refusals import AlreadyGrabbed, NotImportable
from downloader.handlers.import_by_hand import ImportByHandHandlers
from downloader.handlers.waiting_imports import WaitingImportHandlers
from sandbox.content import Tags, audio_content
from shared.chassis.errors import NotFound, RemoteUnavailable, ServiceUnavailable
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.events import DownloadCancelled
from shared.contracts.downloads.imports import (
    DecideImport,
    FoundBook,
    ImportFolder,
    ListWaitingImports,
    ScanImportFolder,
)
from shared.contracts.library.books import Book
from shared.contracts.library.imports import ConfirmImport
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.values import Confidence

from .conftest import GOOD, Bench

LAND = "The Marvelous Land of Oz"
PLACE = "L. Frank Baum/Oz/02 - The Marvelous Land of Oz {Tom Reed}"


class Incoming:
    """A folder with files of a person, and the handlers that import them."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        self.folder, self._bench = folder, bench
        filesystem = Filesystem(bench.library_path, bench.downloads_path, [folder])
        bench.folder = filesystem
        bench.waiting_imports = WaitingImportHandlers(bench.transaction, bench.folder_import(), bench.clock)
        bench.import_download = bench.import_with(AvProbe(decode_all=False))
        self.handlers = ImportByHandHandlers(bench.transaction, bench.folder, bench.folder_import())

    def write(self, path: str, title: str = LAND, minutes: float = 300, author: str = "L. Frank Baum") -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(audio_content(path, minutes * 60, Tags(title, title, author, "Tom Reed")))
        return file

    async def scan(self, folder: Path | None = None) -> list[FoundBook]:
        return (await self.handlers.scan(ScanImportFolder(folder=str(folder or self.folder)))).books

    async def start(self, path: Path, **book: Any) -> Any:
        download = await self.handlers.start(ImportFolder(path=str(path), **book))
        await self._bench.deliver()
        return await self._bench.download(download.id)


@pytest.fixture
def incoming(bench: Bench, tmp_path: Path) -> Incoming:
    (tmp_path / "incoming").mkdir()
    return Incoming(bench, tmp_path / "incoming")


@pytest.fixture
def land(bench: Bench, a_missing_book: Callable[..., MissingBook]) -> MissingBook:
    """The missing book."""
    bench.library.missing = [a_missing_book(), a_missing_book(title="Ozma of Oz", sequence="3")]
    return bench.library.missing[0]


async def test_the_books_of_a_folder_are_matched_with_confidence_and_reasons(
    incoming: Incoming, bench: Bench, land: MissingBook
) -> None:
    now = bench.clock.now()
    bench.library.owned = [
        Book(id=uuid4(), title="Dracula", authors=["Bram Stoker"], path="Stoker", added_at=now, updated_at=now)
    ]
    incoming.write("Land/oz.m4b")
    incoming.write("Short/oz.m4b", minutes=60)
    incoming.write("two discs/CD1/1.mp3", "Dracula", 10, "Bram Stoker")
    incoming.write("two discs/CD2/2.mp3", "Dracula", 10, "Bram Stoker")
    incoming.write("other.m4b", "Peter and Wendy", author="J. M. Barrie")
    other, full, short, dracula = await incoming.scan()

    assert [Path(each.path).name for each in (other, full, short, dracula)] == [
        "other.m4b", "Land", "Short", "two discs",
    ]  # fmt: skip
    (match,) = full.matches
    assert (match.missing_book_id, match.confidence) == (land.id, Confidence.HIGH)
    assert "got 300 minutes, want 300" in [reason.words for reason in match.reasons]
    assert [each.confidence for each in short.matches] == [Confidence.LOW]
    assert (dracula.files, dracula.matches[0].book_id) == (2, bench.library.owned[0].id)
    assert (other.title, other.authors, other.matches) == ("Peter and Wendy", ["J. M. Barrie"], [])


async def test_approved_files_are_imported_as_the_missing_book_and_stay_where_they_are(
    incoming: Incoming, bench: Bench, land: MissingBook, stored: Callable[..., Any]
) -> None:
    queued = await stored(land)
    file = incoming.write("Land/oz.m4b")
    download = await incoming.start(file.parent, missing_book_id=land.id)

    assert (download.id, download.missing_book_id) == (queued, land.id)
    assert (download.status, download.error, download.library_path) == (DownloadStatus.IMPORTING, None, PLACE)
    assert (bench.library_path / PLACE / "oz.m4b").samefile(file)
    (confirm,) = await bench.sent(ConfirmImport)
    assert confirm.missing_book_id == land.id


async def test_a_single_file_is_imported_as_the_book_that_a_person_names(incoming: Incoming, bench: Bench) -> None:
    file = incoming.write("unknown.m4b", "???")
    place = {"name": "Peter Pan", "sequence": "1"}
    download = await incoming.start(file, title="Peter and Wendy", authors=["J. M. Barrie"], series=place)
    assert download.library_path == "J. M. Barrie/Peter Pan/01 - Peter and Wendy {Tom Reed}"
    assert os.listdir(bench.library_path / download.library_path) == ["unknown.m4b"]


async def test_damaged_files_are_not_imported_and_no_release_is_searched(
    incoming: Incoming, bench: Bench, land: MissingBook
) -> None:
    file = incoming.write("Land/oz.mp3")
    file.write_bytes(file.read_bytes()[:100_000])
    download = await incoming.start(file, missing_book_id=land.id)
    assert download.status is DownloadStatus.FAILED
    assert download.error is not None
    assert await bench.sent(SearchForDownload) == []
    assert os.listdir(bench.library_path) == []


async def test_files_of_another_length_wait_for_a_person_who_may_stop_the_import(
    incoming: Incoming, bench: Bench, land: MissingBook
) -> None:
    download = await incoming.start(incoming.write("oz.m4b", minutes=60), missing_book_id=land.id)
    (question,) = (await bench.waiting_imports.list_waiting(ListWaitingImports())).items
    assert [each.key for each in question.choices] == ["import", "stop"]
    await bench.waiting_imports.decide(DecideImport(id=question.id, choice="stop", decided_by="Dorothy"))
    assert (await bench.download(download.id)).status is DownloadStatus.CANCELLED
    assert len(await bench.sent(DownloadCancelled)) == 1


async def test_a_book_that_is_being_downloaded_is_not_imported_by_hand(
    incoming: Incoming, bench: Bench, land: MissingBook, wanted: Callable[..., Any]
) -> None:
    download_id = await wanted(GOOD)
    async with bench.transaction() as tx:
        download = await tx.downloads.get(download_id)
        assert download is not None
        bench.library.missing = [download.wanted]
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    with pytest.raises(AlreadyGrabbed, match="cancel its download first"):
        await incoming.start(incoming.write("oz.m4b"), missing_book_id=bench.library.missing[0].id)


async def test_only_folders_below_the_configured_ones_are_read_and_links_are_refused(
    incoming: Incoming, bench: Bench, tmp_path: Path
) -> None:
    (tmp_path / "secret").mkdir()
    (incoming.folder / "link").symlink_to(tmp_path / "secret")
    (incoming.folder / "empty").mkdir()
    for path, why in {
        tmp_path / "secret": "not below a folder of IMPORT_FOLDERS",
        incoming.folder / ".." / "secret": "not below a folder of IMPORT_FOLDERS",
        incoming.folder / "link": "a link",
        incoming.folder / "gone": "no folder",
    }.items():
        with pytest.raises(NotImportable, match=why):
            await incoming.scan(path)
    with pytest.raises(NotImportable, match="no audio"):
        await incoming.start(incoming.folder / "empty", title="Oz")
    assert await incoming.scan() == []
    without_folders = Filesystem(bench.library_path, bench.downloads_path)
    off = ImportByHandHandlers(bench.transaction, without_folders, bench.folder_import())
    with pytest.raises(NotImportable, match="set IMPORT_FOLDERS"):
        await off.scan(ScanImportFolder(folder=str(incoming.folder)))


async def test_the_library_itself_is_not_imported(bench: Bench, tmp_path: Path) -> None:
    inside = Incoming(bench, tmp_path)
    with pytest.raises(NotImportable, match="library folder"):
        await inside.scan()
    with pytest.raises(NotImportable, match="library folder"):
        await inside.scan(bench.library_path)


async def test_an_unknown_missing_book_and_an_unavailable_library_are_named(incoming: Incoming, bench: Bench) -> None:
    file = incoming.write("oz.m4b")
    with pytest.raises(NotFound):
        await incoming.start(file, missing_book_id=uuid4())
    bench.library.error = RemoteUnavailable("library", "no answer")
    with pytest.raises(ServiceUnavailable):
        await incoming.scan()
