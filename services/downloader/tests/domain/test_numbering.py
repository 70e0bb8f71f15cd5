"""Gaps in the numbers of a book's files."""

import pytest
from downloader.domain.numbering import missing_numbers


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["01 Ozma.mp3", "02 Ozma.mp3", "04 Ozma.mp3"], ["3 numbered files, without 3"]),
        (["Ozma - 2.mp3", "Ozma - 3.mp3", "Ozma - 4.mp3"], ["3 numbered files, without 1"]),
        (["Oz 3 - 01.mp3", "Oz 3 - 02.mp3", "Oz 3 - 04.mp3", "Oz 3 - 05.mp3"], ["4 numbered files, without 3"]),
        (["CD1/01.mp3", "CD2/01.mp3", "CD4/01.mp3"], ["3 numbered files, without 3"]),
        (
            ["CD1/01.mp3", "CD1/02.mp3", "CD1/03.mp3", "CD2/01.mp3", "CD2/03.mp3", "CD2/04.mp3"],
            ["3 numbered files in CD2, without 2"],
        ),
        (["00 Intro.mp3", "01 One.mp3", "02 Two.mp3"], []),
        (["1.mp3", "2.mp3", "3.mp3", "10.mp3", "4.mp3", "5.mp3", "6.mp3", "7.mp3", "8.mp3", "9.mp3"], []),
        (["01 Ozma.mp3", "01 Ozma.m4b", "02 Ozma.mp3", "03 Ozma.mp3"], []),
        (["1986 Prologue.mp3", "1990 Later.mp3", "2001 Last.mp3"], []),
        (["Chapter One.mp3", "Chapter Two.mp3", "Chapter 7.mp3"], []),
        (["5 Ozma.mp3", "6 Ozma.mp3", "7 Ozma.mp3"], []),
        (["01.mp3", "03.mp3"], []),
        (["Ozma of Oz.m4b"], []),
        ([], []),
    ],
)
def test_a_gap_in_the_numbers_is_found(names: list[str], found: list[str]) -> None:
    assert missing_numbers(names) == found


def test_many_missing_numbers_are_shortened() -> None:
    numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 21]

    assert missing_numbers([f"{each:02}.mp3" for each in numbers]) == [
        "14 numbered files, without 14, 15, 16, 17, 18, …"
    ]
