"""The books within one item of Audiobookshelf."""

from typing import Any

import pytest
from library_builders import an_item
from library_scanner.domain.books_in_item import books_in_item
from library_scanner.domain.item import AudioFile

HOUR = 3600.0


def an_item_of(*files: str, seconds: float | None = 9 * HOUR, album: str | None = None, **changes: Any) -> Any:
    return an_item(files=tuple(AudioFile(path, seconds, album) for path in files), **changes)


NESBIT: dict[str, Any] = {"path": "E. Nesbit", "title": "E. Nesbit", "authors": ()}
OZ: dict[str, Any] = {"path": "L. Frank Baum/Oz", "title": "The Wonderful Wizard of Oz"}


@pytest.mark.parametrize("seconds", [9 * HOUR, 2.0, None])
def test_files_with_different_titles_are_separate_books(seconds: float | None) -> None:
    files = ("Five Children and It.m4b", "02 - The Phoenix and the Carpet.m4b", "The Story of the Amulet [64k].m4b")
    assert books_in_item(an_item_of(*files, seconds=seconds, **NESBIT)) == files


def test_folders_below_a_book_without_its_own_folder_are_separate_books() -> None:
    item = an_item_of(
        "The Wonderful Wizard of Oz 01.mp3",
        "The Wonderful Wizard of Oz 02.mp3",
        "2 - The Marvelous Land of Oz/CD 1/01.mp3",
        "2 - The Marvelous Land of Oz/CD 2/01.mp3",
        "3 - Ozma of Oz/Ozma of Oz.m4b",
        **OZ,
    )
    assert books_in_item(item) == ("2 - The Marvelous Land of Oz/", "3 - Ozma of Oz/")


def test_the_book_with_the_title_of_the_item_is_not_listed() -> None:
    files = ("The Wonderful Wizard of Oz.m4b", "Ozma of Oz.m4b")
    assert books_in_item(an_item_of(*files, **OZ)) == ("Ozma of Oz.m4b",)


@pytest.mark.parametrize(
    "files",
    [
        ["The Wonderful Wizard of Oz.m4b"],
        [f"The Wonderful Wizard of Oz - {number:02d}.mp3" for number in range(1, 10)],
        [f"{number:02d}.mp3" for number in range(1, 10)],
        [f"CD {disc}/{number:02d} Track.mp3" for disc in (1, 2) for number in (1, 2)],
        [f"Del {part}/{number:02d}.mp3" for part in (1, 2) for number in (1, 2)],
        ["Tom 1 - The Cyclone/01.mp3", "Tom 2 - The Munchkins/01.mp3"],
        ["Part 1 - The Cyclone.mp3", "Part 2 - The Munchkins.mp3"],
        ["The Wonderful Wizard of Oz (1 of 2).m4b", "The Wonderful Wizard of Oz (2 of 2).m4b"],
        ["The Wonderful Wizard of Oz - The Cyclone.mp3", "The Wonderful Wizard of Oz - The Munchkins.mp3"],
        ["The Wonderful Wizard of Oz.m4b", "Bonus/Interview with the author.mp3"],
        ["The Wonderful Wizard of Oz.m4b", "Opening Credits.m4b"],
        [f"{number:02d} - The {name} Story.mp3" for number, name in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖ", 1)],
    ],
)
def test_parts_and_extras_of_a_book_are_not_books(files: list[str]) -> None:
    assert books_in_item(an_item_of(*files, **OZ)) == ()


def test_named_chapters_are_not_books_because_they_are_short() -> None:
    files = ("01 - The Cyclone.mp3", "02 - The Council with the Munchkins.mp3", "03 - How Dorothy Saved It.mp3")
    assert books_in_item(an_item_of(*files, seconds=25 * 60, **OZ)) == ()


def test_named_chapters_with_one_album_are_not_books() -> None:
    files = ("01 - The Cyclone.mp3", "02 - The Council with the Munchkins.mp3", "03 - How Dorothy Saved It.mp3")
    assert books_in_item(an_item_of(*files, seconds=None, album="The Wonderful Wizard of Oz", **OZ)) == ()


def test_an_album_named_like_the_folder_is_ignored() -> None:
    files = ("Five Children and It.m4b", "The Phoenix and the Carpet.m4b")
    assert books_in_item(an_item_of(*files, album="E. Nesbit", **NESBIT)) == files
