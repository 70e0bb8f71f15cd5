"""How people write series and places into folders, titles, subtitles and file names."""

import random
from collections.abc import Callable

from sandbox.worldmaking.facts import inverted
from sandbox.worldmaking.messy.catalogue import TrueBook

Habit = Callable[[TrueBook, random.Random], str]


def tidy_folder(book: TrueBook, chance: random.Random) -> str:
    """A folder that names the series and the place, in one of the usual ways."""
    return chance.choice(SERIES_FOLDERS if book.series else SINGLE_FOLDERS)(book, chance)


def plain_folder(book: TrueBook, chance: random.Random) -> str:
    """A folder that does not name the series."""
    return chance.choice(SINGLE_FOLDERS)(book, chance)


def file_safe(text: str) -> str:
    """A text as part of a file name."""
    return text.replace("/", "-").replace(":", " -").replace("?", "").strip(" .")


def _unit(book: TrueBook, chance: random.Random) -> str:
    return chance.choice(book.language.units) if chance.random() < 0.6 else chance.choice(("Book", "Vol."))


def _padded(book: TrueBook) -> str:
    whole, _, part = (book.place or "").partition(".")
    return f"{whole:0>2}.{part}" if part else f"{whole:0>2}"


def _title(book: TrueBook) -> str:
    return file_safe(book.title)


def _series(book: TrueBook) -> str:
    return file_safe(book.series or "")


SINGLE_FOLDERS: tuple[Habit, ...] = (
    lambda book, _: f"{book.author}/{_title(book)}",
    lambda book, _: f"{book.author}/{_title(book)}",
    lambda book, _: f"{book.author}/{book.author} - {_title(book)}",
    lambda book, _: f"{inverted(book.author)}/{_title(book)}",
    lambda book, _: f"{book.author}/{book.year} - {_title(book)}",
    lambda book, _: f"{book.author} - {_title(book)}",
    lambda book, _: f"{book.author}/{_title(book)} ({book.year})",
    lambda book, _: f"{book.author}/{_title(book)} {{{book.narrator}}}",
    lambda book, chance: f"Top 100 Audiobooks/{chance.randint(1, 100)} - {_title(book)} - {book.author}",
    lambda book, _: f"Audiobooks/{book.author}/{_title(book)}",
    lambda book, _: f"{book.author}/{_title(book)} (Unabridged) 64k",
)
SERIES_FOLDERS: tuple[Habit, ...] = (
    lambda book, _: f"{book.author}/{_series(book)}/{_padded(book)} - {_title(book)}",
    lambda book, _: f"{book.author}/{_series(book)}/{book.place} - {_title(book)}",
    lambda book, chance: f"{book.author}/{_series(book)}/{_unit(book, chance)} {book.place} - {_title(book)}",
    lambda book, _: f"{book.author}/{_series(book)}/{book.place}. {_title(book)}",
    lambda book, _: f"{book.author}/{_series(book)} {_padded(book)} - {_title(book)}",
    lambda book, _: f"{book.author} - {_series(book)} {_padded(book)} - {_title(book)}",
    lambda book, _: f"{book.author}/{_title(book)} ({_series(book)} #{book.place})",
    lambda book, _: f"{book.author}/{_title(book)} [{_series(book)} {_padded(book)}]",
    lambda book, _: f"{inverted(book.author)}/{_series(book)}/{_series(book)} {_padded(book)} {_title(book)}",
    lambda book, _: f"{book.author}/{_series(book)}/{book.year} - {_title(book)} (Book {book.place})",
    lambda book, _: f"{book.author}/{_series(book)}/{_padded(book)} {_title(book)}",
    lambda book, _: f"{book.author}/{_series(book)}/[{_padded(book)}] {_title(book)}",
    lambda book, _: f"{book.author}/{_series(book)}/#{book.place} {_title(book)}",
    lambda book, _: (
        f"{book.author}/{_series(book)}/Vol. {book.place} - {book.year} - {_title(book)} {{{book.narrator}}}"
    ),
    lambda book, _: f"{book.author}/{_series(book)}_{_padded(book)}_{_title(book)}".replace(" ", "_"),
    lambda book, _: f"{book.author} - [{_series(book)} {_padded(book)}] - {_title(book)} (read by {book.narrator})",
    lambda book, chance: f"{book.author}/{_title(book)} - {_series(book)}, {_unit(book, chance)} {book.place}",
    lambda book, _: f"{book.author}/{_title(book)} ({_series(book)}, Book {book.place}) [M4B 64k]",
    lambda book, _: f"{book.author}/{_series(book)} (1-12)/{_padded(book)} - {_title(book)}",
)
TITLES: tuple[Habit, ...] = (
    lambda book, _: f"{book.title} ({book.series}, Book {book.place})",
    lambda book, _: f"{book.title} ({book.series} #{book.place})",
    lambda book, _: f"{book.title} ({book.series}, #{book.place})",
    lambda book, _: f"{book.title} [{book.series} {_padded(book)}]",
    lambda book, _: f"{book.title} [{book.series}, {book.language.units[0]} {book.place}]",
    lambda book, _: f"{book.series} {_padded(book)} - {book.title}",
    lambda book, _: f"{book.series}, Book {book.place}: {book.title}",
    lambda book, _: f"{book.title}: {book.series}, Book {book.place}",
    lambda book, _: f"{book.series} #{book.place} - {book.title}",
    lambda book, _: f"{book.series} - {_padded(book)} - {book.title}",
    lambda book, _: f"{book.series} Book {book.place} - {book.title}",
    lambda book, chance: f"{book.title}: {book.series}, {chance.choice(book.language.units)} {book.place}",
    lambda book, _: f"{book.title} - {book.series}, Vol. {book.place}",
    lambda book, _: f"{book.title} (Book {book.place} of {book.series})",
    lambda book, _: f"{book.series}: Book {book.place}: {book.title}",
)
SUBTITLES: tuple[Habit, ...] = (
    lambda book, _: f"{book.series}, Book {book.place}",
    lambda book, _: f"{book.series}, {book.language.units[0]} {book.place}",
    lambda book, _: f"{book.series} #{book.place}",
    lambda book, _: f"Book {book.place} of {book.series}",
    lambda book, _: f"Book {book.place} of the {(book.series or '').removeprefix('The ')} Series",
    lambda book, _: f"{book.series} {book.place}",
    lambda book, _: f"{book.series} - Book {book.place}",
)
FILES: tuple[Habit, ...] = (
    lambda book, _: f"{_series(book)} {_padded(book)} - {_title(book)}",
    lambda book, _: f"{_title(book)} ({_series(book)} #{book.place})",
    lambda book, _: f"{book.author} - {_series(book)} {_padded(book)} - {_title(book)}",
    lambda book, _: f"{_series(book)}, Book {book.place} - {_title(book)}",
)
POLLUTION: tuple[tuple[str, Habit], ...] = (
    ("number", lambda book, chance: f"{chance.randint(1, 40):02d} - {book.title}"),
    ("number", lambda book, _: f"{_padded(book)} - {book.title}" if book.place else f"01. {book.title}"),
    ("number", lambda book, _: f"{_padded(book)} {book.title}" if book.place else f"03 {book.title}"),
    ("narrator", lambda book, _: f"{book.title} ({book.language.read_by} {book.narrator})"),
    ("narrator", lambda book, _: f"{book.title} (read by {book.narrator})"),
    ("narrator", lambda book, _: f"{book.title} - {book.narrator}"),
    ("narrator", lambda book, _: f"{book.title} {{{book.narrator}}}"),
    ("narrator", lambda book, _: f"{book.title} - Narrated by {book.narrator}"),
    ("bitrate", lambda book, chance: f"{book.title} {chance.choice(('64k', '128kbps', '64 kbps', '32k'))}"),
    (
        "bitrate",
        lambda book, chance: f"{book.title} [{chance.choice(('MP3 64k', '128k', 'M4B', 'mp3', '64kbps 44.1kHz'))}]",
    ),
    ("bitrate", lambda book, _: f"{book.title} [64k 09.31.48 {{246mb}}]"),
    ("bracket", lambda book, _: f"{book.title} ({book.language.whole})"),
    ("bracket", lambda book, _: f"{book.title} (Unabridged)"),
    ("bracket", lambda book, _: f"{book.title} [Unabridged]"),
    ("bracket", lambda book, _: f"{book.title} [Audiobook]"),
    ("bracket", lambda book, _: f"{book.title} (Retail) [ENG]"),
    ("bracket", lambda book, _: f"{book.title} ({book.author})"),
    ("year", lambda book, _: f"{book.title} ({book.year})"),
    ("year", lambda book, _: f"{book.title} [{book.year}]"),
    ("year", lambda book, _: f"{book.year} - {book.title}"),
    ("author", lambda book, _: f"{book.author} - {book.title}"),
    ("author", lambda book, _: f"{book.title} by {book.author}"),
    ("file", lambda book, _: book.title.replace(" ", "_")),
    ("file", lambda book, _: f"{file_safe(book.title)}.m4b"),
)
"""Pollution of a title that does not name the series."""
