"""The sizes of the covers in Audiobookshelf, which are read a few at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class UnreadCover:
    """A book whose cover was never read, or whose item changed since. `abs_updated_ms` is that of the item now."""

    book_id: UUID
    abs_id: str
    abs_updated_ms: int


@dataclass(frozen=True, slots=True)
class CoverSize:
    """The size of a cover in pixels as it was read; None if it is not known."""

    cover: UnreadCover
    size: tuple[int, int] | None


class CoverSizeStore(Protocol):
    """The stored sizes, within one transaction."""

    async def read_since(self, since: datetime) -> int:
        """Return how many covers were read since then."""
        ...

    async def unread(self, limit: int) -> list[UnreadCover]:
        """Return books to read: first those whose cover was small, then those never read, then those that changed."""
        ...

    async def save(self, sizes: Sequence[CoverSize], now: datetime) -> None:
        """Store sizes that were read."""
        ...


class CoverReader(Protocol):
    """The server of the audiobooks. Raises subclasses of `RemoteError`."""

    async def cover_size(self, abs_id: str) -> tuple[int, int] | None:
        """Return the width and height of an item's cover in pixels; None if it has none or they are not known."""
        ...
