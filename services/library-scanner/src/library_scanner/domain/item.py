"""An item of Audiobookshelf, independent of its API."""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.values import SeriesPlace


@dataclass(frozen=True, slots=True)
class ItemMark:
    """A row of the list of items: enough to see whether an item is new, changed or gone."""

    abs_id: str
    updated_ms: int
    path: str
    missing: bool
    has_audio: bool = True


@dataclass(frozen=True, slots=True)
class AudioFile:
    """An audio file of an item: its path below the item's folder, its duration, and the album from its tags."""

    path: str
    seconds: float | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class ItemChapter:
    """A chapter as Audiobookshelf has it, in seconds from the beginning."""

    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class CoverFile:
    """The file of a cover, and its media type."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item with its details. `path` is below the library folder; `missing`: its files were not found."""

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
    cover_path: str | None = None
    chapters: tuple[ItemChapter, ...] = ()
    duration_seconds: float | None = None
    size_bytes: int | None = None
    format: str | None = None
    abridged: bool = False
    files: tuple[AudioFile, ...] = ()


@dataclass(frozen=True, slots=True)
class AbsLibrary:
    """A library of books that the API key can see. `folders` are paths as Audiobookshelf sees them."""

    id: str
    name: str
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApiAccess:
    """The user of the API key and its permissions."""

    user: str
    version: str | None
    may_scan: bool
    may_update: bool
