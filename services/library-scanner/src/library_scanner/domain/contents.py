"""The cover and the chapters of a book: fields that Audiobookshelf writes with requests of their own.

Their values in a book are only marks. So the content that a write replaces is stored until the write is undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from shared.contracts.library.chapters import Chapter, chapters_mark
from shared.contracts.library.metadata_writes import FieldName

from library_scanner.domain.item import CoverFile, Item, ItemChapter

CONTENTS: frozenset[FieldName] = frozenset({"cover", "chapters"})
"""The fields that are contents."""


class Refused(ValueError):
    """A content must not be written. The message says why."""


@dataclass(frozen=True, slots=True)
class FormerContent:
    """What a correction replaced: the value of the field in the book, and the content with its media type.

    Without a value, the book had none. `written` is the SHA-256 of the cover that replaced it.
    """

    correction_id: UUID
    book_id: UUID
    field: FieldName
    value: str | None
    media_type: str = ""
    content: bytes = b""
    written: str | None = None


class FormerContents(Protocol):
    """The replaced contents, within one transaction."""

    async def keep(self, former: FormerContent) -> None:
        """Store what a correction replaces. What was stored for the correction before stays."""
        ...

    async def of(self, correction_id: UUID) -> FormerContent | None:
        """Return what a correction replaced."""
        ...

    async def drop(self, correction_ids: Sequence[UUID]) -> None:
        """Delete what these corrections replaced, because they were undone or not written."""
        ...


class ItemContents(Protocol):
    """The server of the audiobooks. Every method raises subclasses of `RemoteError`."""

    async def cover(self, abs_id: str) -> CoverFile | None:
        """Return the file of an item's cover, as it was stored, or None if it has none."""
        ...

    async def set_cover(self, abs_id: str, cover: CoverFile | None) -> None:
        """Replace an item's cover, or remove it."""
        ...

    async def set_chapters(self, abs_id: str, chapters: Sequence[ItemChapter]) -> None:
        """Replace an item's chapters."""
        ...


class Covers(Protocol):
    """The covers of providers."""

    async def fetch(self, address: str) -> CoverFile:
        """Fetch a picture that Audiobookshelf accepts. Raises `Refused`."""
        ...


def chapters_of(item: Item) -> str | None:
    """The mark of an item's chapters; None if it has none."""
    chapters = [Chapter(each.title, round(each.start * 1000)) for each in item.chapters]
    return chapters_mark(chapters, per_file=_are_files(item))


def _are_files(item: Item) -> bool:
    """Whether each file is a chapter, and the titles are the names of the files or differ only in their numbers."""
    if len(item.chapters) != max(len(item.files), 1):
        return False
    return len({_without_digits(each.title) for each in item.chapters}) == 1


def _without_digits(title: str) -> str:
    return "".join(char for char in title.casefold() if not char.isdigit()).strip()
