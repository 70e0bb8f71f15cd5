"""Reads the series of a book together with its siblings: the books of one author, or of one folder without an author.

A single book may not show where the name of its series begins, or whether a number is a position. Its siblings, which
may come later in the same scan, decide that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.books.description import SeriesPlace
from shared.books.series.library_reading import ItemTexts, read_library
from shared.contracts.library.books import Book

from library_scanner.domain.series_reading import SeriesFound, Texts, named_series, series_among

MAX_AT_ONCE = 500
"""Books read in one step. The books of one owner are always read together."""
SERIES_FIELDS = frozenset({"title", "subtitle", "authors", "series", "path"})
"""The fields from which the series of a book and of its siblings are read."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """The texts of a book from which its series is read, and the stored series."""

    id: UUID
    texts: Texts
    stored: SeriesFound


def owner_of(book: Book) -> str:
    """Return what the siblings of a book have in common: the first author, or else the parent folder."""
    return book.authors[0] if book.authors else book.path.rpartition("/")[0]


def owner_batches(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Split owners into batches of at most `MAX_AT_ONCE` books; `sizes` are the books of each owner."""
    batch: list[str] = []
    books = 0
    for owner, size in sizes.items():
        if batch and books + size > MAX_AT_ONCE:
            yield batch
            batch, books = [], 0
        batch.append(owner)
        books += size
    if batch:
        yield batch


def reread_series(siblings: Sequence[Sibling]) -> dict[UUID, SeriesFound]:
    """Read the books together and return the series of those for which it differs from the stored one."""
    readings = read_library([_item(one.texts) for one in siblings])
    found = {one.id: series_among(one.texts, read) for one, read in zip(siblings, readings, strict=True)}
    return {one.id: found[one.id] for one in siblings if found[one.id] != one.stored}


def _item(texts: Texts) -> ItemTexts:
    author = texts.authors[0] if texts.authors else None
    places = tuple(SeriesPlace(place.name, place.sequence) for place in named_series(texts.series))
    return ItemTexts(texts.title, texts.subtitle, author, texts.path, places)
