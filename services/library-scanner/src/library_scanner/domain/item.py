"""A book as Audiobookshelf shows it, in our words."""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.values import SeriesPlace


@dataclass(frozen=True, slots=True)
class ItemMark:
    """A row of Audiobookshelf's list: enough to see whether an item is new, changed or gone."""

    abs_id: str
    updated_ms: int
    path: str
    missing: bool
    has_audio: bool = True


@dataclass(frozen=True, slots=True)
class AudioFile:
    """An audio file of an item: its path below the item's folder, its length, and the album that its tags name."""

    path: str
    seconds: float | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item with its details. `path` is below the library folder; `missing`: Audiobookshelf lacks its files."""

    abs_id: str
    library_id: str
    path: str
    added_at: datetime
    updated_ms: int
    title: str
    missing: bool = False
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    series: tuple[SeriesPlace, ...] = ()
    isbn: str | None = None
    asin: str | None = None
    publisher: str | None = None
    published_year: str | None = None
    language: str | None = None
    description: str | None = None
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    duration_seconds: float | None = None
    size_bytes: int | None = None
    format: str | None = None
    abridged: bool = False
    files: tuple[AudioFile, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryShown:
    """A library of books that Audiobookshelf shows us."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Who we are at Audiobookshelf, and what we may do there."""

    user: str
    version: str | None
    may_scan: bool
    may_update: bool
