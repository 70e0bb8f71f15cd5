"""The faults that are planted in a messy library, and how many books have each."""

from dataclasses import dataclass, field
from typing import Any

FAULT_SHARES = {
    "series_in_folder": 0.03,
    "series_in_title": 0.03,
    "series_in_subtitle": 0.02,
    "series_in_file": 0.008,
    "place_missing": 0.025,
    "title_polluted": 0.045,
    "author_spelled": 0.012,
    "people_swapped": 0.006,
    "narrator_listed": 0.005,
    "double_item": 0.01,
    "several_books": 0.003,
    "book_inside": 0.003,
    "one_path": 0.002,
    "files_missing": 0.003,
    "no_cover": 0.01,
    "tiny_cover": 0.005,
    "no_language": 0.02,
    "wrong_language": 0.005,
    "duration_far": 0.008,
    "abridged_unmarked": 0.005,
    "place_twice": 0.004,
    "place_contradicted": 0.005,
    "series_named_twice": 0.006,
}
"""The share of the books with each fault. The rest of the library is clean."""


@dataclass(frozen=True)
class ListedEdition:
    """An edition of a book as a provider lists it."""

    provider: str
    id: str
    identified: bool
    duration_minutes: int | None
    abridged: bool
    language: str
    series: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class Planted:
    """A fault, the ids of its books, and the kind of finding that names it."""

    fault: str
    finding: str
    books: tuple[str, ...]


@dataclass(frozen=True)
class TrueFields:
    """The right values of the fields of one item. `series` are pairs of a name and a place."""

    title: str
    authors: tuple[str, ...]
    narrators: tuple[str, ...]
    series: tuple[tuple[str, str | None], ...]
    language: str
    abridged: bool = False


@dataclass
class MessyItem:
    """One item: its fields as Audiobookshelf shows them, its files, and what providers list."""

    fields: dict[str, Any]
    truth: TrueFields
    editions: list[ListedEdition] = field(default_factory=list)
    cover_pixels: int | None = 1000
    """The width of its cover, or None without one."""
