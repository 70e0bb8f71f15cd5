"""The folder of a book, with names that every file system allows."""

from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from downloader.domain.folders import NotInDownloadFolder, SharedFolder
from downloader.domain.naming import LONGEST_NAME_BYTES, book_folder, book_folders, outside_of_books, safe_name
from hypothesis import given
from hypothesis import strategies as st


def folder(**changes: Any) -> str:
    book: dict[str, Any] = {
        "title": "Ozma of Oz", "authors": ["L. Frank Baum"], "series": "Oz", "sequence": "3", "narrators": ["Tom Reed"],
    }  # fmt: skip
    return str(book_folder(**(book | changes)))


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({}, "L. Frank Baum/Oz/03 - Ozma of Oz {Tom Reed}"),
        ({"narrators": []}, "L. Frank Baum/Oz/03 - Ozma of Oz"),
        ({"narrators": ["A", "B", "C"]}, "L. Frank Baum/Oz/03 - Ozma of Oz {A, B}"),
        ({"series": None, "sequence": None}, "L. Frank Baum/Ozma of Oz {Tom Reed}"),
        ({"sequence": None}, "L. Frank Baum/Oz/Ozma of Oz {Tom Reed}"),
        ({"sequence": "2.5"}, "L. Frank Baum/Oz/02.5 - Ozma of Oz {Tom Reed}"),
        ({"sequence": "0"}, "L. Frank Baum/Oz/00 - Ozma of Oz {Tom Reed}"),
        ({"sequence": "14"}, "L. Frank Baum/Oz/14 - Ozma of Oz {Tom Reed}"),
        ({"sequence": "1-3"}, "L. Frank Baum/Oz/01-03 - Ozma of Oz {Tom Reed}"),
        ({"authors": []}, "Unknown Author/Oz/03 - Ozma of Oz {Tom Reed}"),
        ({"title": "Oz: A Romance"}, "L. Frank Baum/Oz/03 - Oz - A Romance {Tom Reed}"),
        ({"title": "Who? What/Where."}, "L. Frank Baum/Oz/03 - Who What Where {Tom Reed}"),
        ({"title": "../../etc/passwd"}, "L. Frank Baum/Oz/03 - .. .. etc passwd {Tom Reed}"),
        ({"series": ".."}, "L. Frank Baum/_/03 - Ozma of Oz {Tom Reed}"),
        ({"authors": ["Con"]}, "_Con/Oz/03 - Ozma of Oz {Tom Reed}"),
    ],
)
def test_a_book_has_its_folder(changes: dict[str, Any], path: str) -> None:
    assert folder(**changes) == path


def test_a_long_title_is_shortened_before_its_narrator() -> None:
    name = PurePosixPath(folder(title="Ö" * 400)).name

    assert len(name.encode()) <= LONGEST_NAME_BYTES
    assert name.endswith("{Tom Reed}")


@given(st.text())
def test_any_text_gives_one_safe_name(text: str) -> None:
    name = safe_name(text)

    assert PurePosixPath(name).name == name
    assert name not in (".", "..", "")
    assert not name.endswith((".", " "))
    assert len(name.encode()) <= LONGEST_NAME_BYTES + 1


def test_a_path_of_the_client_is_mapped_to_our_folder() -> None:
    shared = SharedFolder(Path("/data/downloads"), "/downloads")

    assert shared.to_ours("/downloads/Oz/oz.m4b") == Path("/data/downloads/Oz/oz.m4b")
    assert shared.save_path == "/downloads"


def test_without_a_setting_the_client_has_the_same_path() -> None:
    assert SharedFolder(Path("/data")).to_ours("/data/oz.m4b") == Path("/data/oz.m4b")


@pytest.mark.parametrize("path", ["/elsewhere/oz.m4b", "/downloads", "/downloads/../etc/passwd", "", "/downloads2/oz"])
def test_a_path_outside_the_folder_is_refused_with_what_to_do(path: str) -> None:
    with pytest.raises(NotInDownloadFolder, match="QBITTORRENT_DOWNLOAD_PATH"):
        SharedFolder(Path("/data/downloads"), "/downloads", setting="QBITTORRENT_DOWNLOAD_PATH").to_ours(path)


@pytest.mark.parametrize(
    ("books", "path"),
    [
        ([], "Zane Grey/Betty Zane/02 - The Last Trail"),
        (["Zane Grey/Betty Zane"], "Zane Grey/The Last Trail"),
        (["Zane Grey"], "Zane Grey - The Last Trail"),
    ],
)
def test_a_book_is_never_placed_within_the_folder_of_another(books: list[str], path: str) -> None:
    folders = book_folders(
        title="The Last Trail", authors=["Zane Grey"], series="Betty Zane", sequence="2", narrators=[]
    )
    assert str(outside_of_books(folders, books)) == path


def test_no_name_is_longer_than_file_systems_allow() -> None:
    folders = book_folders(
        title="Trail " * 60, authors=["Zane " * 60], series="Betty " * 60, sequence="2", narrators=["Tom Reed"]
    )
    assert max(len(name.encode()) for folder in folders for name in folder.parts) <= 255
    assert all(folder.name.endswith("{Tom Reed}") for folder in folders)
