"""Placing files: linked, whole or not at all, and never over anything."""

import errno
import os
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from downloader.adapters.filesystem import Filesystem
from downloader.domain.ports import PlaceTaken

FOLDER = PurePosixPath("L. Frank Baum/Oz/02 - The Marvelous Land of Oz")


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


def below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def test_files_are_linked_into_the_book_s_folder(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path
) -> None:
    await filesystem.place(files, download_folder / "Oz 2", FOLDER, "one")

    target = library_folder / FOLDER
    assert below(target) == ["art/cover.jpg", "oz.m4b"]
    assert (target / "oz.m4b").samefile(download_folder / "Oz 2/oz.m4b")


async def test_placing_again_does_nothing(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path
) -> None:
    for _ in range(2):
        await filesystem.place(files, download_folder / "Oz 2", FOLDER, "one")

    assert below(library_folder) == [f"{FOLDER}/art/cover.jpg", f"{FOLDER}/oz.m4b"]


async def test_what_a_killed_import_left_behind_is_no_hindrance(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path
) -> None:
    (library_folder / ".gapless-one").mkdir()
    (library_folder / ".gapless-one/half.m4b").write_bytes(b"half")

    await filesystem.place(files, download_folder / "Oz 2", FOLDER, "one")

    assert below(library_folder) == [f"{FOLDER}/art/cover.jpg", f"{FOLDER}/oz.m4b"]


async def test_nothing_is_placed_over_another_book(
    filesystem: Filesystem, files: list[Path], library_folder: Path, download_folder: Path
) -> None:
    (library_folder / FOLDER).mkdir(parents=True)
    (library_folder / FOLDER / "oz.m4b").write_bytes(b"another reading")

    with pytest.raises(PlaceTaken, match="The Marvelous Land of Oz"):
        await filesystem.place(files, download_folder / "Oz 2", FOLDER, "one")
    assert (library_folder / FOLDER / "oz.m4b").read_bytes() == b"another reading"


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
    await filesystem.place(files, download_folder / "Oz 2", FOLDER, "one")

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
        await filesystem.place(files, download_folder / "Oz 2", FOLDER, "one")
    assert os.listdir(library_folder) == []


async def test_a_link_that_leads_out_of_a_torrent_is_left_out(
    filesystem: Filesystem, files: list[Path], download_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (download_folder / "Oz 2/secret.txt").symlink_to(tmp_path / "secret.txt")

    assert await filesystem.files_of(download_folder / "Oz 2") == files


async def test_the_check_says_that_files_can_be_linked(filesystem: Filesystem, library_folder: Path) -> None:
    assert await filesystem.check() == "files are hard-linked"
    assert os.listdir(library_folder) == []
