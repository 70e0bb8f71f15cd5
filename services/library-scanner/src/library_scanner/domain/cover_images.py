"""The covers that are shown to people, scaled by Audiobookshelf."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from library_scanner.domain.item import CoverFile


@dataclass(frozen=True, slots=True)
class ItemCover:
    """The cover of an item as it was last scanned: where it is from, and when its item changed."""

    abs_id: str
    abs_updated_ms: int
    cover: str

    def version(self, width: int) -> str:
        """Return 32 hexadecimal digits that change with the item and differ for each width."""
        parts = f"{self.abs_id}\n{self.abs_updated_ms}\n{self.cover}\n{width}"
        return sha256(parts.encode(errors="surrogatepass")).hexdigest()[:32]


class CoverScaler(Protocol):
    """The server of the audiobooks. Raises subclasses of `RemoteError`."""

    async def scaled_cover(self, abs_id: str, width: int) -> CoverFile | None:
        """Return an item's cover, scaled to a width in pixels, or None if it has none."""
        ...
