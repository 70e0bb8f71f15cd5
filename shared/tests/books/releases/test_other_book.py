"""Names of files and tags that clearly name another book, and those that do not."""

import pytest
from shared.books.releases.other_book import Expected, ExpectedNames

OZMA = ExpectedNames(
    Expected(("Ozma of Oz",), ("L. Frank Baum",), narrators=("Tom Reed",), series=("The Marvelous Lands",))
)
CRIME = ExpectedNames(Expected(("Crime and Punishment",), ("Fyodor Dostoevsky",)))


@pytest.mark.parametrize(
    "name",
    [
        "Bram Stoker - Dracula",
        "Bram Stoker - Dracula (Unabridged) [64kbps]",
        "Stoker, Bram - Dracula",
        "Dracula by Bram Stoker",
        "Bram_Stoker_-_Dracula",
        "Bram.Stoker-Dracula.2013.MP3",
        "01 - Bram Stoker - Dracula",
        "H. G. Wells - The War of the Worlds",
        "Edgar Rice Burroughs - Barsoom 01 - A Princess of Mars",
    ],
)
def test_another_author_and_title_are_another_book(name: str) -> None:
    assert OZMA.other_book_in(name) is not None


@pytest.mark.parametrize(
    "name",
    [
        "01", "Track 01", "01 - Chapter 1", "Part One", "Disc 3 - Track 4", "audiobook", "final", "output - copy",
        "Ozma of Oz", "ozma.of.oz.2012.mp3-grp", "Ozma of Oz by L. Frank Baum [ENG / M4B]", "ozma_of_oz_64kb",
        "Ozma Of Os - Part 2", "OzmaOfOz", "Oz 3",
        "L. Frank Baum", "LFB - Oz3", "Baum, L. Frank - Book 3", "Frank Baum - Die Prinzessin",
        "Tom Reed", "Reed, Tom - Kapitel 3", "Jane Miller", "Jane Miller - Chapter One", "Jane Miller - End Credits",
        "Jane Miller - Ozma of Oz", "Marvelous Lands 03", "Jane Miller - Marvelous Lands Book Three",
        "LibriVox - Chapter 12", "Penguin Random House - Audiobook", "Unknown Artist - Unknown Album",
        "www.books.net - Jane Miller", "Fairy Tales; Read by Jane Miller", "Dracula",
        "Emerald Stories narrated by Jane Miller - MP3",
        "Л. Фрэнк Баум - Озма из страны Оз",
        "オズのオズマ姫 - ボーム",
    ],
)  # fmt: skip
def test_vague_names_and_names_of_the_book_pass(name: str) -> None:
    assert OZMA.other_book_in(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "Fjodor Dostojewski - Schuld und Sühne",
        "Fédor Dostoïevski - Crime et châtiment",
        "Dostoyevski, Fiódor - Crimen y castigo",
        "Фёдор Достоевский - Преступление и наказание",
        "Constance Garnett - Crime & Punishment",
    ],
)
def test_an_author_s_name_in_another_language_is_not_another_author(name: str) -> None:
    assert CRIME.other_book_in(name) is None


def test_the_other_book_is_named() -> None:
    assert OZMA.other_book_in("Bram Stoker - Dracula") == "“Dracula” by Bram Stoker"
    assert OZMA.other_book_in_tags("Dracula", ["Bram Stoker"]) == "“Dracula” by Bram Stoker"
    assert OZMA.other_title_in(["L. Frank Baum - Sky Island"], "Sky Island") == "“Sky Island”"


@pytest.mark.parametrize(
    ("title", "people"),
    [
        ("Ozma of Oz", ["Jane Miller"]),
        ("Marvelous Lands 3", ["Jane Miller"]),
        ("Dracula", ["L. Frank Baum"]),
        ("Dracula", ["Tom Reed"]),
        ("Dracula", []),
        ("Dracula", ["BookRipper"]),
        ("Dracula", ["Full Cast"]),
        ("Unknown Album", ["Jane Miller"]),
        ("Chapter 12", ["Jane Miller"]),
        ("Disc 2", ["Jane Miller"]),
        ("Audiobook (Unabridged)", ["Jane Miller"]),
        ("", ["Jane Miller"]),
        ("Озма", ["Лаймен Баум"]),
    ],
)
def test_vague_tags_and_tags_of_the_book_pass(title: str, people: list[str]) -> None:
    assert OZMA.other_book_in_tags(title, people) is None


@pytest.mark.parametrize(
    ("names", "album"),
    [
        (["Ozma of Oz"], "Sky Island"),
        (["L. Frank Baum - Sky Island", "Ozma of Oz"], "Sky Island"),
        (["01", "02"], "Sky Island"),
        (["L. Frank Baum"], "L. Frank Baum"),
        (["Marvelous Lands 3"], "Marvelous Lands"),
        (["Fairylands 3"], "Fairylands 3"),
        (["Audiobook"], "Audiobook"),
    ],
)
def test_one_name_alone_is_not_another_title(names: list[str], album: str) -> None:
    assert OZMA.other_title_in(names, album) is None


def test_hostile_names_take_little_time() -> None:
    for name in ("- " * 50_000, "A" * 100_000, "Aa Bb - " * 20_000, "[" * 50_000, "by " * 50_000):
        OZMA.other_book_in(name)
        OZMA.other_book_in_tags(name, [name])
        OZMA.other_title_in([name], name)
