"""The order of the files of a merged book is certain, or they are not merged."""

import pytest
from downloader.domain.audio_order import NumberedFile, UnknownOrder, playing_order


def order(*names: str) -> list[str]:
    return [names[at] for at in playing_order([NumberedFile(name) for name in names])]


@pytest.mark.parametrize(
    "names",
    [
        ("1.mp3", "2.mp3", "10.mp3"),
        ("Oz - 01 - Escape.mp3", "Oz - 02 - Arrival.mp3"),
        ("CD1/01.mp3", "CD1/02.mp3", "CD2/01.mp3", "CD10/01.mp3"),
        ("Part 1.m4b", "Part 2.m4b"),
    ],
)
def test_numbered_names_are_played_in_the_order_of_their_numbers(names: tuple[str, ...]) -> None:
    assert order(*reversed(names)) == list(names)


def test_names_without_numbers_are_played_in_the_order_of_their_tags() -> None:
    files = [NumberedFile("Chapter Two.mp3", track=2), NumberedFile("Chapter One.mp3", track=1)]
    assert playing_order(files) == [1, 0]


def test_tracks_are_counted_on_each_disc() -> None:
    files = [NumberedFile("b.mp3", 2, 1), NumberedFile("a.mp3", 1, 2), NumberedFile("c.mp3", 1, 1)]
    assert playing_order(files) == [2, 1, 0]


def test_equal_track_numbers_say_nothing() -> None:
    assert playing_order([NumberedFile("2.mp3", track=1), NumberedFile("1.mp3", track=1)]) == [1, 0]


@pytest.mark.parametrize(
    "files",
    [
        [NumberedFile("Chapter One.mp3"), NumberedFile("Chapter Two.mp3")],
        [NumberedFile("1.mp3", track=2), NumberedFile("2.mp3", track=1)],
        [NumberedFile("1.mp3"), NumberedFile("intro.mp3")],
    ],
)
def test_an_order_that_is_not_certain_is_refused(files: list[NumberedFile]) -> None:
    with pytest.raises(UnknownOrder):
        playing_order(files)
