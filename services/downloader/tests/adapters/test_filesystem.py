"""Files are placed by links, completely or not at all, and never replace others."""

import asyncio
import errno
import os
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.adapters.filesystem import Filesystem
from downloader.domain.import_problems import FolderOccupied

FOLDER = PurePosixPath("L. Frank Baum/Oz/02 - The Marvelous Land of Oz")
DOWNLOAD = UUID("7b2d3f1e-5c53-4a6e-9a57-2f6f0f7f9f11")


@pytest.fixture
def filesystem(library_folder: Path, download_folder: Path) -> Filesystem:
    return Filesystem(library_folder, download_folder)


@pytest.fixture
def files(download_folder: Path) -> list[Path]:
    content = download_folder / "Oz 2"
    (content / "art").mkdir(parents=True)
    (content / "oz.m4b").write_bytes(b"audio")
    (content / "art/cover.jpg").write_bytes(b"cover")
    return sorted(path for path in content.rglob("*") if path.is_file())


def sources(files: list[Path], root: Path) -> dict[Path, Path]:
    return {path.relative_to(root): path for path in files}


def below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def test_files_are_linked_into_the_book_s_folder(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path
) -> None:
    await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)

    target = library_folder / FOLDER
    assert below(target) == ["art/cover.jpg", "oz.m4b"]
    assert (target / "oz.m4b").samefile(download_folder / "Oz 2/oz.m4b")


async def test_placing_again_does_nothing(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path
) -> None:
    for _ in range(2):
        await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)

    assert below(library_folder) == [f"{FOLDER}/art/cover.jpg", f"{FOLDER}/oz.m4b"]


@pytest.mark.parametrize("name", [f".gapless-{DOWNLOAD}", f".gapless-{DOWNLOAD}-0123abcd", ".gapless-deleted-1"])
async def test_folders_of_a_killed_import_are_removed(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path, name: str
) -> None:
    (library_folder / name).mkdir()
    (library_folder / name / "half.m4b").write_bytes(b"half")

    await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)

    assert below(library_folder) == [f"{FOLDER}/art/cover.jpg", f"{FOLDER}/oz.m4b"]
    assert os.listdir(library_folder) == [FOLDER.parts[0]]


async def test_the_folder_of_another_download_is_kept(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path
) -> None:
    other = uuid4()
    (library_folder / f".gapless-{other}-{uuid4().hex}").mkdir()

    await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)

    assert await filesystem.unfinished_imports() == [other]


async def test_two_attempts_at_once_never_place_half_a_book(
    filesystem: Filesystem,
    files: list[Path],
    library_folder: Path,
    download_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second attempt starts and ends while the first has placed one of two files."""
    link, begun = os.link, []

    def interrupted(*args: Any, **options: Any) -> None:
        begun.append(args)
        if len(begun) == 2:
            asyncio.run(filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD))
        link(*args, **options)

    monkeypatch.setattr(os, "link", interrupted)
    with pytest.raises(FileNotFoundError):
        await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)

    assert below(library_folder) == [f"{FOLDER}/art/cover.jpg", f"{FOLDER}/oz.m4b"]
    assert os.listdir(library_folder) == [FOLDER.parts[0]]


async def test_a_folder_that_lost_a_file_while_it_was_built_is_not_placed(
    filesystem: Filesystem,
    files: list[Path],
    library_folder: Path,
    download_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link = os.link

    def unlinked_again(source: Path, target: Path, **options: Any) -> None:
        link(source, target, **options)
        if target.suffix == ".jpg":
            target.unlink()

    monkeypatch.setattr(os, "link", unlinked_again)
    with pytest.raises(OSError, match="the files changed while they were placed"):
        await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)
    assert os.listdir(library_folder) == []


async def test_a_folder_with_more_audio_is_another_book(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path
) -> None:
    await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)
    (library_folder / FOLDER / "oz part 2.m4b").write_bytes(b"more")

    with pytest.raises(FolderOccupied, match=r"more audio: oz part 2\.m4b"):
        await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)


async def test_other_files_in_the_folder_of_a_placed_book_are_allowed(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path
) -> None:
    await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)
    (library_folder / FOLDER / "metadata.json").write_text("{}")

    await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)


async def test_nothing_is_placed_over_another_book(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path
) -> None:
    (library_folder / FOLDER).mkdir(parents=True)
    (library_folder / FOLDER / "oz.m4b").write_bytes(b"another reading")

    with pytest.raises(FolderOccupied, match="The Marvelous Land of Oz"):
        await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)
    assert (library_folder / FOLDER / "oz.m4b").read_bytes() == b"another reading"


async def test_sidecars_are_placed_with_the_files_and_never_replace_one(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path
) -> None:
    sidecars = {Path("metadata.json"): b"{}", Path("oz.m4b"): b"not audio"}
    for _ in range(2):
        await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD, sidecars)
    assert below(library_folder / FOLDER) == ["art/cover.jpg", "metadata.json", "oz.m4b"]
    assert (library_folder / FOLDER / "oz.m4b").read_bytes() == b"audio"


async def test_across_file_systems_files_are_copied(
    filesystem: Filesystem,
    files: list[Path],
    library_folder: Path,
    download_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_links(*_: Any, **__: Any) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", no_links)
    await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)

    assert (library_folder / FOLDER / "oz.m4b").read_bytes() == b"audio"
    assert "copied" in await filesystem.check()


async def test_a_full_disk_leaves_nothing_behind(
    filesystem: Filesystem,
    files: list[Path],
    library_folder: Path,
    download_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", full)

    with pytest.raises(OSError, match="No space"):
        await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)
    assert os.listdir(library_folder) == []


@pytest.mark.parametrize("target", ["secret.txt", "secrets", "downloads/Oz 2/oz.m4b"])
async def test_symbolic_links_in_a_download_are_skipped(
    filesystem: Filesystem, files: list[Path], download_folder: Path, tmp_path: Path, target: str
) -> None:
    (tmp_path / "secrets").mkdir()
    for path in (tmp_path / "secret.txt", tmp_path / "secrets/secret.m4b"):
        path.write_text("secret")
    (download_folder / "Oz 2/link.m4b").symlink_to(tmp_path / target)

    assert await filesystem.files_of(download_folder / "Oz 2") == files


async def test_a_download_that_is_a_symbolic_link_has_no_files(
    filesystem: Filesystem, download_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/oz.m4b").write_bytes(b"secret")
    (download_folder / "folder").symlink_to(tmp_path / "secret")
    (download_folder / "oz.m4b").symlink_to(tmp_path / "secret/oz.m4b")

    assert await filesystem.files_of(download_folder / "folder") == []
    assert await filesystem.files_of(download_folder / "folder/oz.m4b") == []
    assert await filesystem.files_of(download_folder / "oz.m4b") == []


async def test_a_file_that_became_a_symbolic_link_is_not_placed(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    files[-1].unlink()
    files[-1].symlink_to(tmp_path / "secret.txt")

    with pytest.raises(OSError, match="the files changed while they were placed"):
        await filesystem.place(sources(files, download_folder / "Oz 2"), FOLDER, DOWNLOAD)
    assert os.listdir(library_folder) == []


async def test_folders_of_torrents_that_are_empty_for_a_day_are_removed(
    filesystem: Filesystem, download_folder: Path
) -> None:
    old, new, full = (download_folder / (digit * 40) for digit in "abc")
    for folder in (old, new, full, download_folder / "empty"):
        folder.mkdir()
    (full / "oz.m4b").write_bytes(b"audio")
    for folder in (old, full, download_folder / "empty"):
        os.utime(folder, (0, 0))

    counts = [await filesystem.empty_torrent_folders(remove=remove) for remove in (False, True, True)]

    assert counts == [1, 1, 0]
    assert sorted(os.listdir(download_folder)) == [new.name, full.name, "empty"]


async def test_the_check_says_that_files_can_be_linked(filesystem: Filesystem, library_folder: Path) -> None:
    assert await filesystem.check() == "files are hard-linked"
    assert os.listdir(library_folder) == []


async def test_a_torrent_in_another_folder_of_the_client_is_read(tmp_path: Path) -> None:
    seeds, elsewhere = tmp_path / "seeds", tmp_path / "elsewhere"
    for folder in (seeds, elsewhere):
        folder.mkdir()
        (folder / "Oz.m4b").write_bytes(b"x")
    disk = Filesystem(tmp_path / "library", tmp_path / "downloads", client_folders=[seeds])

    assert await disk.files_of(seeds / "Oz.m4b") == [seeds / "Oz.m4b"]
    assert await disk.files_of(elsewhere / "Oz.m4b") == []
