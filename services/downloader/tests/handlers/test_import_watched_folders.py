"""New books in watched folders are proposed once, or imported if it is sure which book they are."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from downloader.adapters.av_probe import AvProbe
from downloader.adapters.filesystem import Filesystem
from downloader.domain.watched_folders import Watch
from downloader.handlers.import_watched_folders import ImportWatchedFoldersHandler
from downloader.handlers.waiting_imports import WaitingImportHandlers
from sandbox.content import Tags, audio_content
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.downloads.commands import ImportDownload, ImportWatchedFolders
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.events import ImportProposed
from shared.contracts.downloads.imports import DecideImport, ListWaitingImports, WaitingImport, WaitingImportKind
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.runs import RunFinished

from .conftest import Bench

LAND = "The Marvelous Land of Oz"
UNCHANGED = timedelta(minutes=15)


class Watched:
    """A watched folder."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        self.folder, self._bench = folder, bench
        bench.folder = Filesystem(bench.library_path, bench.downloads_path, [folder])
        bench.waiting_imports = WaitingImportHandlers(bench.transaction, bench.folder_import(), bench.clock)
        bench.import_download = bench.import_with(AvProbe(decode_all=False))
        self.pass_time()

    def pass_time(self) -> None:
        """Let the clock be an hour after all changes on the disk."""
        now = datetime.now(UTC)
        self._bench.clock.forward(seconds=(now - self._bench.clock.now()).total_seconds() + 3600)

    def write(self, path: str, title: str = LAND, minutes: float = 300, author: str = "L. Frank Baum") -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(audio_content(path, minutes * 60, Tags(title, title, author, "Tom Reed")))
        return file

    async def run(self, watch: Watch, *, dry_run: bool = False) -> RunFinished:
        """Run the task, and return its report."""
        bench = self._bench
        handler = ImportWatchedFoldersHandler(
            bench.transaction,
            finder=bench.folder,
            folder_import=bench.folder_import(),
            roots=[self.folder],
            watch=watch,
            unchanged_for=UNCHANGED,
            clock=bench.clock,
        )
        await handler.import_new_books(ImportWatchedFolders(run_id=uuid4(), dry_run=dry_run))
        reports: list[RunFinished] = await bench.sent(RunFinished)
        return reports[-1]

    async def waiting(self) -> list[WaitingImport]:
        return (await self._bench.waiting_imports.list_waiting(ListWaitingImports())).items


@pytest.fixture
def watched(bench: Bench, tmp_path: Path) -> Watched:
    (tmp_path / "incoming").mkdir()
    return Watched(bench, tmp_path / "incoming")


@pytest.fixture
def land(bench: Bench, a_missing_book: Callable[..., MissingBook]) -> MissingBook:
    """The missing book."""
    bench.library.missing = [a_missing_book(), a_missing_book(title="Ozma of Oz", sequence="3")]
    return bench.library.missing[0]


async def test_a_new_book_is_proposed_once_and_imported_as_a_person_decides(
    watched: Watched, bench: Bench, land: MissingBook
) -> None:
    file = watched.write("Land/oz.m4b")
    for _ in range(2):
        await watched.run(Watch.ASK)

    (question,) = await watched.waiting()
    assert (question.kind, question.download_id, question.path) == (
        WaitingImportKind.FOUND_FOLDER, None, str(file.parent),
    )  # fmt: skip
    assert [each.key for each in question.choices] == [f"missing:{land.id}", "as_named", "ignore"]
    assert "HIGH" in question.reasons[0]
    (announced,) = await bench.sent(ImportProposed)
    assert (announced.question_id, announced.title, announced.authors) == (question.id, LAND, ["L. Frank Baum"])
    assert question.reasons[0] in announced.words
    assert await bench.sent(ImportDownload) == []

    decision = DecideImport(id=question.id, choice=f"missing:{land.id}", decided_by="kitchen tablet")
    answered = await bench.waiting_imports.decide(decision)
    assert answered.download_id is not None
    assert await bench.waiting_imports.decide(decision) == answered  # it changes nothing
    await bench.deliver()
    download = await bench.download(answered.download_id)
    assert (download.status, download.missing_book_id) == (DownloadStatus.IMPORTING, land.id)
    assert await watched.waiting() == []
    assert file.exists()


async def test_a_sure_book_is_imported_at_once_and_only_once(watched: Watched, bench: Bench, land: MissingBook) -> None:
    watched.write("Land/oz.m4b")
    for _ in range(2):
        await watched.run(Watch.IMPORT)

    assert len(await bench.sent(ImportDownload)) == 1
    assert await watched.waiting() == []


@pytest.mark.parametrize("doubt", ["another length", "owned", "no missing book", "two books"])
async def test_a_book_that_is_not_sure_is_proposed(
    watched: Watched, bench: Bench, land: MissingBook, a_missing_book: Callable[..., MissingBook], doubt: str
) -> None:
    now = bench.clock.now()
    if doubt == "owned":
        bench.library.owned = [
            Book(id=uuid4(), title=LAND, authors=["L. Frank Baum"], path="Oz", added_at=now, updated_at=now)
        ]
    elif doubt == "no missing book":
        bench.library.missing = []
    elif doubt == "two books":
        bench.library.missing = [land, a_missing_book()]
    watched.write("Land/oz.m4b", minutes=60 if doubt == "another length" else 300)
    await watched.run(Watch.IMPORT)

    (question,) = await watched.waiting()
    assert question.reasons
    assert await bench.sent(ImportDownload) == []


async def test_files_that_cannot_be_imported_can_only_be_ignored(watched: Watched, bench: Bench) -> None:
    (watched.folder / "Bad").mkdir()
    (watched.folder / "Bad/oz.m4b").write_bytes(b"no audio" * 100)
    await watched.run(Watch.IMPORT)

    (question,) = await watched.waiting()
    assert [each.key for each in question.choices] == ["ignore"]
    assert "cannot be imported" in question.reasons[0]
    await bench.waiting_imports.decide(DecideImport(id=question.id, choice="ignore", decided_by="kitchen tablet"))
    assert await watched.waiting() == []
    assert await bench.sent(ImportDownload) == []


async def test_a_folder_that_still_changes_waits(watched: Watched, bench: Bench, land: MissingBook) -> None:
    bench.clock.forward(seconds=-3600)
    file = watched.write("Land/oz.m4b")
    os.utime(file, (0, 0))  # as programs do that copy the times of files
    await watched.run(Watch.ASK)
    before = await watched.waiting()
    watched.pass_time()
    await watched.run(Watch.ASK)

    assert before == []
    assert len(await watched.waiting()) == 1


async def test_a_removed_folder_is_new_when_it_comes_again(watched: Watched, land: MissingBook) -> None:
    other = watched.write("Wonderful/oz.m4b", "The Wonderful Wizard of Oz")
    file = watched.write("Land/oz.m4b")
    await watched.run(Watch.ASK)
    file.unlink()
    file.parent.rmdir()
    await watched.run(Watch.ASK)
    without = [each.path for each in await watched.waiting()]
    watched.write("Land/oz.m4b")
    watched.pass_time()
    await watched.run(Watch.ASK)

    assert without == [str(other.parent)]
    assert [each.path for each in await watched.waiting()] == [str(other.parent), str(file.parent)]


async def test_an_empty_root_may_be_a_disk_that_is_not_mounted(watched: Watched, land: MissingBook) -> None:
    file = watched.write("Land/oz.m4b")
    await watched.run(Watch.ASK)
    file.unlink()
    file.parent.rmdir()
    await watched.run(Watch.ASK)

    assert len(await watched.waiting()) == 1


async def test_audio_directly_in_the_folder_is_a_book_only_as_m4b(watched: Watched, land: MissingBook) -> None:
    watched.write("oz.m4b")
    watched.write("1.mp3", minutes=1)
    watched.write("2.mp3", minutes=1)
    await watched.run(Watch.ASK)
    assert [Path(each.path or "").name for each in await watched.waiting()] == ["oz.m4b"]


async def test_a_dry_run_only_lists(watched: Watched, bench: Bench, land: MissingBook) -> None:
    watched.write("Land/oz.m4b")
    watched.write("Short/oz.m4b", minutes=60)
    report = await watched.run(Watch.IMPORT, dry_run=True)

    assert report.details["plan"]["counts"] == {"import": 1, "ask_person": 1}
    assert (await watched.waiting(), await bench.sent(ImportDownload)) == ([], [])


async def test_nothing_is_watched_unless_it_is_switched_on(watched: Watched, land: MissingBook) -> None:
    watched.write("Land/oz.m4b")
    report = await watched.run(Watch.OFF, dry_run=True)
    assert report.details["plan"]["notes"] == ["No folder is watched (IMPORT_WATCH and IMPORT_FOLDERS)."]
    assert await watched.waiting() == []


async def test_a_library_that_cannot_be_read_is_a_problem_of_the_run(
    watched: Watched, bench: Bench, land: MissingBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.write("Land/oz.m4b")

    async def unavailable(_query: str) -> list[Book]:
        raise RemoteUnavailable("library", "it is being restarted")

    with monkeypatch.context() as patched:
        patched.setattr(bench.library, "search_books", unavailable)
        report = await watched.run(Watch.IMPORT)
    assert "library" in report.problems[0]
    await watched.run(Watch.IMPORT)
    assert len(await bench.sent(ImportDownload)) == 1
