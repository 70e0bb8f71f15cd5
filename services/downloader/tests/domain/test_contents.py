"""Finished files that belong to another book."""

from collections.abc import Callable
from typing import Any

import pytest
from downloader.domain.contents import fault_of_several_books, faults_of_contents
from downloader.domain.verification import ProbedAudio

Make = Callable[..., Any]


def audio(name: str, seconds: float = 18_000, **tags: str) -> ProbedAudio:
    return ProbedAudio(name, seconds, seconds, None, tags)


@pytest.mark.parametrize(
    ("folder", "files"),
    [
        (None, [audio("Bram Stoker - Dracula.m4b", album="The Marvelous Land of Oz", artist="L. Frank Baum")]),
        ("The Marvelous Land of Oz", [audio("Bram Stoker - Dracula.m4b")]),
        ("Bram Stoker - Dracula", [audio("01.mp3"), audio("02.mp3")]),
        ("Bram Stoker", [audio("Dracula.m4b")]),
        (None, [audio("Oz.m4b", album="Dracula", artist="Bram Stoker")]),
        (None, [audio("book.m4b", title="Dracula", album_artist="Bram Stoker")]),
        ("Oz", [audio(f"{n:02}.mp3", 600, album="Dracula", artist="Bram Stoker") for n in range(30)]),
        ("Oz", [audio(f"Bram Stoker - Dracula - {n:02}.mp3", 600) for n in range(30)]),
        ("L. Frank Baum - Sky Island", [audio(f"{n:02}.mp3", 600, album="Sky Island") for n in range(30)]),
    ],
)
def test_files_that_clearly_belong_to_another_book_are_rejected(
    a_download: Make, a_release: Make, folder: str | None, files: list[ProbedAudio]
) -> None:
    faults = faults_of_contents(files, folder, a_download(release=a_release()))

    assert len(faults) == 1
    assert "not “The Marvelous Land of Oz” by L. Frank Baum" in faults[0]


@pytest.mark.parametrize(
    ("folder", "files"),
    [
        (None, [audio("The Marvelous Land of Oz.m4b", album="The Marvelous Land of Oz", artist="L. Frank Baum")]),
        (None, [audio("01.mp3")]),
        ("Oz 2", [audio(f"Track {n:02}.mp3", 600, title=f"Chapter {n}", artist="Tom Reed") for n in range(30)]),
        ("Oz", [audio(f"Jane Miller - A Good Chapter {n}.mp3", 600, artist="Jane Miller") for n in range(30)]),
        ("Oz", [audio("01 - Jane Miller - Tip Makes a Pumpkinhead.mp3", 600), *[audio("02.mp3", 600)] * 29]),
        ("marvelous.land.of.oz.2010.mp3-grp", [audio("mloz.mp3", album="Oz", artist="Jane Miller")]),
        ("L. Frank Baum", [audio("Oz.m4b", album="L. Frank Baum", artist="L. Frank Baum")]),
        ("Baum - Im Reich des Zauberers", [audio("01.mp3"), audio("02.mp3")]),
        (None, []),
    ],
)
def test_files_that_may_belong_to_the_book_are_accepted(
    a_download: Make, a_release: Make, folder: str | None, files: list[ProbedAudio]
) -> None:
    assert faults_of_contents(files, folder, a_download(release=a_release())) == []


def test_files_named_like_the_chosen_listing_are_accepted(a_download: Make, a_release: Make) -> None:
    """A person may have chosen a release under a title that no provider knows."""
    release = a_release(title="Tip's Travels", authors=["Frank B. Lyman"])
    files = [audio("Frank B. Lyman - Tip's Travels.m4b", album="Tip's Travels", artist="Frank B. Lyman")]

    assert faults_of_contents(files, None, a_download(release=release)) == []


OTHERS = ["The Wonderful Wizard of Oz", "Oz", "Ozma of Oz (Oz Book 3)", "Sky Island", "The Marvelous Land of Oz"]


@pytest.mark.parametrize(
    ("folder", "files"),
    [
        (None, [audio("L. Frank Baum - Sky Island.m4b", album="The Marvelous Land of Oz")]),
        (None, [audio("Sky Island.m4b")]),
        ("Oz 3 - Ozma of Oz", [audio("01.mp3"), audio("02.mp3")]),
        ("The Marvelous Land of Oz", [audio("Oz 1 - The Wonderful Wizard of Oz.m4b")]),
        (None, [audio("oz.m4b", title="Sky Island")]),
    ],
)
def test_files_of_another_known_book_by_the_author_are_rejected(
    a_download: Make, a_release: Make, folder: str | None, files: list[ProbedAudio]
) -> None:
    (fault,) = faults_of_contents(files, folder, a_download(release=a_release()), OTHERS)

    assert "another book of that author or series" in fault


@pytest.mark.parametrize(
    ("folder", "files"),
    [
        (None, [audio("L. Frank Baum - Oz.m4b", album="Oz")]),
        (None, [audio("Sky Island 02.m4b")]),
        (None, [audio("Sky Island - 02.m4b")]),
        ("Sky Island", [audio("The Marvelous Land of Oz.m4b")]),
        ("Oz", [audio("01.mp3", 600, title="Sky Island"), *[audio("02.mp3", 600)] * 29]),
        (None, [audio("L. Frank Baum - A Title Nobody Knows.m4b")]),
    ],
)
def test_names_of_series_and_chapters_are_not_other_books(
    a_download: Make, a_release: Make, folder: str | None, files: list[ProbedAudio]
) -> None:
    assert faults_of_contents(files, folder, a_download(release=a_release()), OTHERS) == []


SERIES = ["The Wonderful Wizard of Oz", "The Marvelous Land of Oz", "Ozma of Oz"]


@pytest.mark.parametrize(
    ("folder", "files"),
    [
        ("Oz", [audio(f"Oz {place} - {title}/{title}.m4b") for place, title in enumerate(SERIES, 1)]),
        ("Oz 1-3", [audio(f"{place:02} - {title}.m4b") for place, title in enumerate(SERIES, 1)]),
        ("Oz", [audio(f"{title}/{track:02}.mp3", 600) for title in SERIES for track in range(1, 31)]),
    ],
)
def test_files_of_several_books_are_not_one_of_them(
    a_download: Make, a_release: Make, folder: str, files: list[ProbedAudio]
) -> None:
    (fault,) = fault_of_several_books(files, folder, a_download(release=a_release()), OTHERS)

    assert "several books" in fault


@pytest.mark.parametrize(
    "files",
    [
        [audio("The Marvelous Land of Oz.m4b")],
        [audio(f"{track:02} - The Marvelous Land of Oz.mp3", 600) for track in range(1, 31)],
        [audio(f"CD {disc}/{track:02}.mp3", 600) for disc in (1, 2, 3) for track in range(1, 11)],
        [audio("01 - Tip Makes a Pumpkinhead.mp3", 600), audio("02 - Sky Island.mp3", 600), audio("03.mp3", 600)],
        [audio("Part 1.m4b"), audio("Part 2.m4b")],
    ],
)
def test_the_files_of_one_book_are_not_several(a_download: Make, a_release: Make, files: list[ProbedAudio]) -> None:
    folder = "L. Frank Baum - The Marvelous Land of Oz"

    assert fault_of_several_books(files, folder, a_download(release=a_release()), OTHERS) == []
