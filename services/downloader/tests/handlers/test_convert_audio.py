"""Imports whose files are merged or tagged before they are placed."""

import asyncio
import os
import sys
from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.adapters.audio_tagger import Tags, cover_in, write_tags
from downloader.adapters.av_converter import AvConverter
from downloader.adapters.av_probe import AvProbe
from downloader.adapters.filesystem import Filesystem
from downloader.domain.chapters import ListedChapters
from downloader.domain.conversion import ConversionRule
from downloader.domain.edition_contents import Cover
from downloader.handlers.import_by_hand import ImportByHandHandlers
from downloader.handlers.retry_failed_downloads import STUCK_AFTER
from shared.contracts.downloads.commands import ConvertAudio, ImportDownload, RetryFailedDownloads
from shared.contracts.downloads.downloads import ConversionKind, Download, DownloadStatus
from shared.contracts.downloads.imports import ImportFolder
from shared.contracts.library.chapters import Chapter
from shared.contracts.library.imports import ConfirmImport
from shared.contracts.system import TellTimeline
from shared.testing.waiting import until
from sqlalchemy import text

from .conftest import Bench
from .sound import chapters_in, seconds_of, write_tone

TITLE, AUTHOR = "The Marvelous Land of Oz", "L. Frank Baum"
FOLDER = f"{AUTHOR}/{TITLE} {{Tom Reed}}"
ENDLESS = """
import json, sys, time
json.load(sys.stdin)
for second in range(1, 1000):
    print(json.dumps({"seconds": second / 10}), flush=True)
    time.sleep(0.05)
"""
"""A converter that reports its progress and does not end."""


def switch_on(bench: Bench, *, merge: bool = False, tag: bool = False) -> None:
    """Convert imports from now on."""
    bench.conversion = ConversionRule(merge=merge, tag=tag)
    bench.import_download = bench.import_with(AvProbe(decode_all=False))
    bench.convert_audio = bench.convert_with(AvConverter(bench.library_path))


class Incoming:
    """A folder with files of a person, which are imported as one book."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        self.folder, self._bench = folder, bench
        bench.folder = Filesystem(bench.library_path, bench.downloads_path, [folder])
        switch_on(bench, merge=True)
        self._handlers = ImportByHandHandlers(bench.transaction, bench.folder, bench.folder_import())

    def write(self, *names: str, lowest: int = 300, seconds: float = 2.0, **tags: Any) -> list[Path]:
        return [
            write_tone(
                self.folder / "Oz" / name, seconds + number, hertz=lowest * (number + 1),
                title=f"Part {'ABC'[number]}", album=TITLE, artist=AUTHOR, composer="Tom Reed", **tags,
            )
            for number, name in enumerate(names)
        ]  # fmt: skip

    async def start(self) -> UUID:
        """Begin to import the book, and return the id of its download. No command is delivered."""
        request = ImportFolder(path=str(self.folder / "Oz"), title=TITLE, authors=[AUTHOR])
        return (await self._handlers.start(request)).id

    async def imported(self) -> Download:
        download_id = await self.start()
        await self._bench.deliver()
        return await self._bench.download(download_id)

    def placed(self) -> list[str]:
        """The files in the library folder, hidden ones too."""
        library = self._bench.library_path
        return sorted(str(path.relative_to(library)) for path in library.rglob("*") if path.is_file())


@pytest.fixture
def incoming(bench: Bench, tmp_path: Path) -> Incoming:
    (tmp_path / "incoming").mkdir()
    return Incoming(bench, tmp_path / "incoming")


async def words_of(bench: Bench, download: Download) -> list[str]:
    timeline = await bench.tell_timeline.tell_timeline(TellTimeline(download_ids=[download.id]))
    return [entry.words for entry in timeline.entries]


@pytest.mark.parametrize(
    ("ending", "how"),
    [
        ("mp3", "encoded as AAC with 32 kbit/s"),
        ("m4a", "without encoding it again"),
        ("flac", "encoded as AAC with 64 kbit/s"),
        ("opus", "encoded as AAC with"),
    ],
)
async def test_the_files_of_a_book_become_one_m4b_with_chapters(
    bench: Bench, incoming: Incoming, ending: str, how: str
) -> None:
    written = incoming.write(f"01.{ending}", f"02.{ending}", f"10.{ending}")
    (incoming.folder / "Oz/cover.jpg").write_bytes(b"a cover")
    (incoming.folder / "Oz/list.m3u").write_text("01.mp3")
    before = [sha256(file.read_bytes()).digest() for file in written]

    download = await incoming.imported()

    assert (download.status, download.error, download.library_path) == (DownloadStatus.IMPORTING, None, FOLDER)
    assert incoming.placed() == [f"{FOLDER}/{TITLE}.m4b", f"{FOLDER}/cover.jpg"]
    merged = bench.library_path / FOLDER / f"{TITLE}.m4b"
    assert [title for _, title in chapters_in(merged)] == ["Part A", "Part B", "Part C"]
    assert [start for start, _ in chapters_in(merged)] == pytest.approx([0.0, 2.0, 5.0], abs=0.2)
    assert seconds_of(merged) == pytest.approx(9.0, abs=0.3)
    assert [sha256(file.read_bytes()).digest() for file in written] == before
    assert download.conversion is not None
    assert (download.conversion.progress, download.conversion.problem) == (1.0, None)
    words = " ".join(await words_of(bench, download))
    assert f"3 files were merged into one with 3 chapters, {how}" in words
    assert "1 file merged from the downloaded files" in words
    assert len(await bench.sent(ConfirmImport)) == 1


async def test_a_merged_book_has_the_tags_of_the_work(bench: Bench, incoming: Incoming) -> None:
    incoming.write("1.mp3", "2.mp3", track="1")
    await incoming.imported()

    (probed,) = await AvProbe(decode_all=False).probe(
        [bench.library_path / FOLDER / f"{TITLE}.m4b"], bench.library_path
    )
    assert probed.tags == {
        "title": TITLE, "album": TITLE, "artist": AUTHOR, "album_artist": AUTHOR, "composer": "Tom Reed",
    }  # fmt: skip


async def test_files_that_cannot_be_merged_are_imported_separately(bench: Bench, incoming: Incoming) -> None:
    incoming.write("1.mp3", "2.m4a")
    download = await incoming.imported()

    assert incoming.placed() == [f"{FOLDER}/1.mp3", f"{FOLDER}/2.m4a"]
    assert download.conversion is not None
    assert "several formats" in (download.conversion.problem or "")
    assert any("imported as they are" in words for words in await words_of(bench, download))


@pytest.mark.parametrize("program", ["import sys; sys.exit(3)", "import os; os.abort()", "print('{}')"])
async def test_a_converter_that_fails_stops_no_import(bench: Bench, incoming: Incoming, program: str) -> None:
    incoming.write("1.mp3", "2.mp3")
    bench.convert_audio = bench.convert_with(AvConverter(bench.library_path, [sys.executable, "-c", program]))
    download = await incoming.imported()

    assert incoming.placed() == [f"{FOLDER}/1.mp3", f"{FOLDER}/2.mp3"]
    assert download.conversion is not None
    assert (download.error, bool(download.conversion.problem)) == (None, True)


async def test_a_single_file_is_not_merged(bench: Bench, incoming: Incoming) -> None:
    (file,) = incoming.write("book.m4b")
    download = await incoming.imported()

    assert download.conversion is None
    assert (bench.library_path / FOLDER / "book.m4b").samefile(file)


async def test_a_cancelled_download_stops_its_merge(bench: Bench, incoming: Incoming) -> None:
    incoming.write("1.mp3", "2.mp3")
    bench.convert_audio = bench.convert_with(AvConverter(bench.library_path, [sys.executable, "-c", ENDLESS]))
    download_id = await incoming.start()
    converting = asyncio.create_task(bench.deliver())

    async def has_progress() -> bool:
        conversion = (await bench.download(download_id)).conversion
        return conversion is not None and conversion.progress > 0

    await until(has_progress)
    await bench.cancelled(download_id)
    await asyncio.wait_for(converting, 60)

    assert (await bench.download(download_id)).status is DownloadStatus.CANCELLED
    assert incoming.placed() == []


async def test_a_merge_that_was_killed_begins_again_and_leaves_nothing(bench: Bench, incoming: Incoming) -> None:
    incoming.write("1.mp3", "2.mp3")
    program = [sys.executable, "-c", ENDLESS]
    endless = bench.convert_with(AvConverter(bench.library_path, program))
    download_id = await incoming.start()
    bench.convert_audio, working = endless, bench.convert_audio
    converting = asyncio.create_task(bench.deliver())

    async def is_converting() -> bool:
        return any(path.name.startswith(".gapless-") for path in bench.library_path.iterdir())

    await until(is_converting)
    converting.cancel()
    await asyncio.wait([converting], timeout=60)
    (bench.library_path / f".gapless-{download_id}-{uuid4().hex}").mkdir()  # what a killed service leaves

    await working.convert(ConvertAudio(download_id=download_id))

    assert incoming.placed() == [f"{FOLDER}/{TITLE}.m4b"]
    assert os.listdir(bench.library_path) == [AUTHOR]


async def test_an_attempt_that_died_after_it_placed_the_merged_file_is_recognized(
    bench: Bench, incoming: Incoming, monkeypatch: pytest.MonkeyPatch
) -> None:
    incoming.write("1.mp3", "2.mp3")
    place = bench.folder.place

    async def placed_and_killed(*what: Any) -> None:
        await place(*what)
        raise KeyboardInterrupt

    download_id = await incoming.start()
    with monkeypatch.context() as patched:
        patched.setattr(bench.folder, "place", placed_and_killed)
        with pytest.raises(KeyboardInterrupt):
            await bench.deliver()
    incoming.write("1.mp3", "2.mp3", lowest=200)  # so that the next attempt makes another file
    merged = bench.library_path / FOLDER / f"{TITLE}.m4b"
    before = merged.read_bytes()
    await bench.convert_audio.convert(ConvertAudio(download_id=download_id))

    download = await bench.download(download_id)
    assert (download.library_path, download.waiting_for, merged.read_bytes() == before) == (FOLDER, None, True)
    assert os.listdir(bench.library_path) == [AUTHOR]


async def test_a_conversion_whose_message_was_lost_is_sent_again(
    bench: Bench, incoming: Incoming, stored: Callable[..., Any]
) -> None:
    incoming.write("1.mp3", "2.mp3")
    download_id = await incoming.start()
    await bench.lose_messages()
    await bench.import_download.import_download(ImportDownload(download_id=download_id))
    await bench.lose_messages()
    async with bench.transaction() as tx:
        await tx.session.execute(text("update downloads.downloads set updated_at = '2026-01-01'"))
    bench.clock.forward(seconds=2 * STUCK_AFTER.total_seconds())

    async with bench.locks.held(download_id):
        await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
        while_running = await bench.sent(ConvertAudio)
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())

    assert while_running == []
    assert [each.download_id for each in await bench.sent(ConvertAudio)] == [download_id]


@pytest.mark.parametrize("ending", ["mp3", "m4a", "flac", "opus"])
async def test_tagged_files_are_copies(bench: Bench, incoming: Incoming, ending: str) -> None:
    switch_on(bench, tag=True)
    written = incoming.write(f"1.{ending}", f"2.{ending}")
    before = [sha256(file.read_bytes()).digest() for file in written]
    download = await incoming.imported()

    placed = [bench.library_path / FOLDER / file.name for file in written]
    probed = await AvProbe(decode_all=False).probe(placed, bench.library_path)
    assert [(each.tags["title"], each.tags["album"]) for each in probed] == [("Part A", TITLE), ("Part B", TITLE)]
    assert [each.tags["artist"] for each in probed] == [AUTHOR, AUTHOR]
    assert [sha256(file.read_bytes()).digest() for file in written] == before
    assert not any(copy.samefile(file) for copy, file in zip(placed, written, strict=True))
    assert download.conversion is not None
    assert download.conversion.kind is ConversionKind.TAG
    assert any("2 files as a copy with new tags" in words for words in await words_of(bench, download))


async def test_a_single_file_gets_the_title_of_the_book(bench: Bench, incoming: Incoming) -> None:
    switch_on(bench, tag=True)
    incoming.write("book.m4b")
    await incoming.imported()

    (probed,) = await AvProbe(decode_all=False).probe([bench.library_path / FOLDER / "book.m4b"], bench.library_path)
    assert probed.tags["title"] == TITLE


async def test_a_merged_book_has_the_chapters_of_its_edition(bench: Bench, incoming: Incoming) -> None:
    chapters = [Chapter("The Escape", 0), Chapter("The Powder", 1_500), Chapter("The Arrival", 30_000)]
    written = incoming.write("1.mp3", "2.mp3", seconds=20.0)
    length = sum(seconds_of(file) for file in written)
    bench.contents.lists = [ListedChapters(chapters, 900.0), ListedChapters(chapters, length)]
    await incoming.imported()

    merged = bench.library_path / FOLDER / f"{TITLE}.m4b"
    assert chapters_in(merged) == [(0.0, "The Escape"), (1.5, "The Powder"), (30.0, "The Arrival")]


@pytest.mark.parametrize("ending", ["mp3", "m4b", "flac", "opus"])
@pytest.mark.parametrize("from_release", [True, False])
async def test_the_cover_is_placed_and_written_into_the_tags(
    bench: Bench, incoming: Incoming, ending: str, from_release: bool
) -> None:
    picture = files("sandbox").joinpath("resources/cover.jpg").read_bytes()
    bench.contents.picture = Cover(b"\x89PNG fetched" if from_release else picture, ".jpg")
    bench.sidecars = ("cover",)
    switch_on(bench, tag=True)
    incoming.write(f"book.{ending}")
    if from_release:
        (incoming.folder / "Oz/Folder.jpg").write_bytes(picture)
    await incoming.imported()

    shown = "Folder.jpg" if from_release else "cover.jpg"
    assert incoming.placed() == sorted([f"{FOLDER}/book.{ending}", f"{FOLDER}/{shown}"])
    assert (bench.library_path / FOLDER / shown).read_bytes() == picture
    assert cover_in(str(bench.library_path / FOLDER / f"book.{ending}")) == picture


async def test_a_merged_book_keeps_the_picture_of_its_first_file(bench: Bench, incoming: Incoming) -> None:
    picture = files("sandbox").joinpath("resources/cover.jpg").read_bytes()
    first, _ = incoming.write("1.mp3", "2.mp3")
    write_tags(str(first), Tags("", "", [], [], "", "", "", "", cover=picture, only_file=False))
    await incoming.imported()

    assert cover_in(str(bench.library_path / FOLDER / f"{TITLE}.m4b")) == picture


async def test_a_book_without_a_cover_is_imported(bench: Bench, incoming: Incoming) -> None:
    bench.sidecars = ("cover",)
    switch_on(bench)
    incoming.write("book.m4b")
    download = await incoming.imported()

    assert (download.error, incoming.placed()) == (None, [f"{FOLDER}/book.m4b"])
