"""How well the texts of a book support a series: which texts name it, and whether their form leaves no doubt."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from shared.books.gaps.works import same_series, series_key
from shared.books.series.bare_numbers import BEFORE_DASH
from shared.books.series.boundary_weights import JOINING, SERIES_NOUNS
from shared.books.series.reading import every_reading
from shared.books.series.readings import SeriesReading
from shared.books.series.sequence import normalise
from shared.books.text.titles import fold
from shared.books.text.word_table import word_set
from shared.contracts.library.books import Book

EXPLICIT_FILE = 0.85
"""The lowest confidence of a reading of a file name that counts."""
_CLEAR = frozenset(
    {
        "bracket",
        "ordinal",
        "place of a series",
        "name before its place",
        "name before a range",
        "folder above, number here",
        "folder above, place here",
        "abbreviation of the folder above",
        "number first, series named last",
        "padded number inside",
        "siblings",
    }
)
"""The rules whose form leaves no doubt. The others need the support of another text or another book."""
_MAY_BEGIN_WITH_AUTHOR = frozenset({"name before its place", BEFORE_DASH})
_DASHED_NUMBER = re.compile(r"\s[-–—]\s0*\d{1,3}(?:\.\d{1,2})?\s[-–—]\s|\s0\d(?:\.\d{1,2})?\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a book and the readings of each alone. The folder is left out if it only repeats the title."""

    title: tuple[SeriesReading, ...]
    subtitle: tuple[SeriesReading, ...]
    folder: tuple[SeriesReading, ...]
    files: tuple[SeriesReading, ...]

    def naming(self, reading: SeriesReading) -> list[str]:
        """Return the names of the texts that give this series and place by themselves."""
        key = series_key(reading.name)
        return [
            name
            for name in ("title", "subtitle", "folder", "files")
            if any(
                same_series(series_key(one.name), key) and one.sequence == reading.sequence
                for one in getattr(self, name)
            )
        ]


def read_texts(book: Book) -> Texts:
    """Return the readings of each text of a book alone."""
    author = book.authors[0] if book.authors else None
    subtitle = every_reading(None, book.subtitle, author, None) if book.subtitle else []
    return Texts(
        title=tuple(every_reading(book.title, None, author, None)),
        subtitle=tuple(subtitle),
        folder=tuple(_of_folder(book, author)),
        files=tuple(_of_files(book, author)),
    )


def is_clear(reading: SeriesReading, *, has_author: bool) -> bool:
    """Whether the form of a reading leaves no doubt: "(Oz, #3)", "Oz, Book 3", "Oz 03 - Ozma", "Oz - 3 - Ozma".

    Without a known author, the text before a place may begin with the author.
    """
    rules = {reason.rule for reason in reading.evidence}
    if not has_author and rules <= _MAY_BEGIN_WITH_AUTHOR:
        return False
    if not _CLEAR.isdisjoint(rules):
        return True
    quoted = reading.evidence[0].words if reading.evidence else ""
    return BEFORE_DASH in rules and _DASHED_NUMBER.search(quoted) is not None


def is_series_name(name: str) -> bool:
    """Whether a text can be the name of a series by itself: not "The", "Saga", "Book" or a number."""
    words = series_key(name).split()
    if "." in name.rstrip(".") and " " not in name:
        return False
    return any(not word.isdigit() and word not in JOINING and word not in _NO_NAME for word in words)


_NAMES_TOO = frozenset({"world", "universe", "brothers", "sisters", "club", "realm", "realms"})
_NO_NAME = (SERIES_NOUNS - _NAMES_TOO) | word_set(
    """
    sagan kronikan kronieken cykl sarja series reihe zyklus serie book books band buch teil tome volume vol part the
    der die das le la les el los il
    """
)


def number_after(series: str, book: Book) -> str | None:
    """Return the number that follows the name of a series in the name of the folder, if the title is not named so."""
    words = re.findall(r"[^\W_]+", series)
    if not words:
        return None
    name = r"[\W_]+".join(map(re.escape, words))
    follows = re.compile(rf"(?<![^\W_]){name}[\s_#.,-]{{1,3}}0*(\d{{1,3}}(?:\.\d{{1,2}})?)(?![^\W_])", re.IGNORECASE)
    found = follows.search(book.path.rpartition("/")[2])
    return normalise(found[1]) if found and not follows.search(book.title) else None


def _of_folder(book: Book, author: str | None) -> list[SeriesReading]:
    """The readings of the folder; if it only repeats the title, those that a folder above supports."""
    readings = every_reading(None, None, author, book.path)
    *above, own = book.path.split("/")
    repeats = fold(book.title) in fold(own) or fold(own) in fold(book.title)
    if not repeats:
        return readings
    parents = fold(" ".join(above))
    return [one for one in readings if fold(one.name) and fold(one.name) in parents]


def _of_files(book: Book, author: str | None) -> list[SeriesReading]:
    """The explicit readings of the file names that the first and the last file share."""
    names = [PurePosixPath(name).stem for name in book.file_names]
    own = fold(book.path.rpartition("/")[2])
    if not names or any(fold(name) in own or fold(name) == fold(book.title) for name in names):
        return []
    by_file = [every_reading(None, None, author, f"{author or 'Unknown'}/{name}") for name in names]
    return [
        one
        for one in by_file[0]
        if one.sequence
        and one.confidence >= EXPLICIT_FILE
        and not one.guessed
        and all(
            any(other.name == one.name and other.sequence == one.sequence for other in each) for each in by_file[1:]
        )
    ]
