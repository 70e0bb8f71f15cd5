"""A release that may hold several books, the books that it may hold, and the verdict on it."""

from enum import StrEnum

from shared.books.description import Reason
from shared.books.records import record
from shared.books.releases.description import ReleaseDescription, WantedBook


@record
class PackFile:
    """One file of a torrent. `path` is relative to the torrent's folder, with "/" between the names."""

    path: str
    size_bytes: int


@record
class PackBook:
    """A book that a pack may hold. `key` is the caller's name for it.

    `minutes` are the playing times of its known editions. A book that is not `wanted` is known, as an owned one is: its
    files are recognised so that they are not taken for another book.
    """

    key: str
    sought: WantedBook
    minutes: tuple[int, ...] = ()
    wanted: bool = True


@record
class PackContents:
    """A release with the files of its torrent. `folder` is the name of the torrent's folder, empty for a single file.

    `description` is the uploader's text, if it is known.
    """

    release: ReleaseDescription
    files: tuple[PackFile, ...]
    folder: str = ""
    description: str = ""


class PackKind(StrEnum):
    """What a release holds, by its files."""

    ONE_BOOK = "one book"
    PACK = "pack"
    OMNIBUS = "omnibus"
    """Several books that cannot be separated, because one file or one row of chapters holds them."""
    UNCLEAR = "unclear"
    """Several books, and no file names one of them."""


@record
class PackPart:
    """The files of one book in a pack: its audio, and what else is in its own folder.

    `confidence` is from 0 to 1. `words` say how the files name the book.
    """

    key: str
    files: tuple[str, ...]
    size_bytes: int
    confidence: float
    words: str


@record
class PackVerdict:
    """What a release holds. `fills` has one part for each wanted book that it surely holds, in the order of the books.

    `total_bytes` is the size of all files. `reasons` say what was found, and why files were left out.
    """

    kind: PackKind
    fills: tuple[PackPart, ...]
    total_bytes: int
    reasons: tuple[Reason, ...] = ()

    @property
    def filled_bytes(self) -> int:
        """The size of the files of all filled books."""
        return sum(part.size_bytes for part in self.fills)

    @property
    def wanted_share(self) -> float:
        """The share of the bytes that belongs to filled books, from 0 to 1."""
        return self.filled_bytes / self.total_bytes if self.total_bytes else 0.0
