"""The series of books read together with their siblings: those of one author, or of one folder without an author.

A book taken over alone may leave open where its series' name begins, or whether a number is a place. Its siblings
decide that, which may come later in the same scan.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.books.description import SeriesPlace
from shared.books.series.library_reading import ItemTexts, read_library
from shared.contracts.library.books import Book

from library_scanner.domain.series_reading import SeriesFound, Texts, named_series, series_among

MOST_AT_ONCE = 500
"""Books read in one step; a single owner with more is still read as a whole."""
READ = frozenset({"title", "subtitle", "authors", "series", "path"})
"""The fields of a book that its series, or its siblings', is read from."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """A book as far as its series is read from it, and the series that is kept of it."""

    id: UUID
    texts: Texts
    kept: SeriesFound


def owner_of(book: Book) -> str:
    """Whose siblings a book's are: its first author's, else its folder's."""
    return book.authors[0] if book.authors else book.path.rpartition("/")[0]


def portions(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Owners in portions of at most `MOST_AT_ONCE` books, by how many books each has."""
    portion: list[str] = []
    books = 0
    for owner, size in sizes.items():
        if portion and books + size > MOST_AT_ONCE:
            yield portion
            portion, books = [], 0
        portion.append(owner)
        books += size
    if portion:
        yield portion


def read_anew(siblings: Sequence[Sibling]) -> dict[UUID, SeriesFound]:
    """The series of the books for which reading them together finds another than is kept."""
    readings = read_library([_item(one.texts) for one in siblings])
    found = {one.id: series_among(one.texts, read) for one, read in zip(siblings, readings, strict=True)}
    return {one.id: found[one.id] for one in siblings if found[one.id] != one.kept}


def _item(texts: Texts) -> ItemTexts:
    author = texts.authors[0] if texts.authors else None
    places = tuple(SeriesPlace(place.name, place.sequence) for place in named_series(texts.series))
    return ItemTexts(texts.title, texts.subtitle, author, texts.path, places)
