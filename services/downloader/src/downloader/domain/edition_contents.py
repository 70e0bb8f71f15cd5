"""The chapters and the cover that the metadata service has for a book that is being imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from downloader.domain.chapters import ListedChapters
from downloader.domain.download import Download

COVER = "cover"
"""The name of the cover among the sidecars, without the ending of its format."""
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
_COVER_NAMES = ("cover", "folder", "front")


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture, and the ending of its format, such as `.jpg`."""

    content: bytes
    ending: str


class EditionContents(Protocol):
    """What the metadata service has. Its methods never fail: what is not there in time is left out."""

    async def chapters(self, download: Download) -> Sequence[ListedChapters]:
        """The chapters of the release's edition, once for each provider."""

    async def cover(self, download: Download) -> Cover | None:
        """The cover of the book, or None."""


def picture_in(sources: Mapping[Path, Path]) -> Path | None:
    """The picture of the release that Audiobookshelf would show as the cover: one in the folder of the book itself."""
    pictures = sorted(path for path in sources if path.suffix.lower() in _PICTURES and len(path.parts) == 1)
    named = [path for path in pictures if path.stem.lower() in _COVER_NAMES]
    return next(iter([*named, *pictures]), None)
