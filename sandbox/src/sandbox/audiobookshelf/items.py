"""The items, authors and series of the library."""

from pathlib import PurePosixPath
from uuid import UUID, uuid5

from pydantic import BaseModel

from sandbox.world import OwnedBook

VERSION = "2.36.0"
_NAMESPACE = UUID("7c0f2a52-9f5b-4d3e-8a41-2f6f0a7c1d90")
_ASSUMED_BYTES_PER_SECOND = 8_000


def stable_id(kind: str, name: str) -> str:
    """A UUID that is the same in every run: the name itself if it is a UUID."""
    try:
        return str(UUID(name))
    except ValueError:
        return str(uuid5(_NAMESPACE, f"{kind}:{name}"))


def inode(text: str) -> str:
    """A stable inode number for a text, as a string."""
    return str(uuid5(_NAMESPACE, text).int % 10**8)


class Named(BaseModel):
    """An author or a series."""

    id: str
    name: str
    added_ms: int


class Audio(BaseModel):
    """One audio file of an item. `name` is relative to the folder of the item."""

    name: str
    duration_seconds: float
    size_bytes: int
    album: str | None = None


class Chapter(BaseModel):
    """A chapter that was set, in seconds from the beginning."""

    title: str
    start: float
    end: float


class Cover(BaseModel):
    """A cover that was uploaded: its path on the server, and its content in base64."""

    path: str
    content: str


class Item(BaseModel):
    """One library item. `authors` are ids; `series` are pairs of id and sequence.

    `chapters` are None until they are set: the files are then the chapters.
    """

    id: str
    folder: str
    is_file: bool = False
    on_disk: bool = False
    missing: bool = False
    added_ms: int
    updated_ms: int
    title: str | None
    subtitle: str | None = None
    authors: list[str] = []
    narrators: list[str] = []
    series: list[tuple[str, str | None]] = []
    genres: list[str] = []
    tags: list[str] = []
    publishedYear: str | None = None  # camel case because these are the names of Audiobookshelf's fields
    publishedDate: str | None = None
    publisher: str | None = None
    description: str | None = None
    isbn: str | None = None
    asin: str | None = None
    language: str | None = None
    explicit: bool = False
    abridged: bool = False
    audio: list[Audio] = []
    cover: Cover | None = None
    chapters: list[Chapter] | None = None

    @property
    def duration_seconds(self) -> float:
        """The total duration of all audio files."""
        return sum(each.duration_seconds for each in self.audio)

    @property
    def size_bytes(self) -> int:
        """The total size of all audio files."""
        return sum(each.size_bytes for each in self.audio)


def owned_audio(book: OwnedBook) -> list[Audio]:
    """The audio files of a book of the world. They need not exist on disk."""
    files = [(each.name, each.duration_seconds) for each in book.files]
    files = files or [(f"{PurePosixPath(book.folder).name}.m4b", book.duration_minutes * 60.0)]
    return [
        Audio(name=name, duration_seconds=seconds, size_bytes=int(seconds * _ASSUMED_BYTES_PER_SECOND))
        for name, seconds in files
    ]
