"""New books in the folders from which a person imports: what is done with them, and which were proposed."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from shared.contracts.downloads.imports import FoundBook
from shared.contracts.values import Confidence

from downloader.domain.found_audio import FoundAudio


class Watch(StrEnum):
    """Whether folders are watched, and whether new books are only proposed or also imported."""

    OFF = "off"
    ASK = "ask"
    IMPORT = "import"


class WatchedFolders(Protocol):
    """The books that were proposed."""

    async def proposed(self) -> set[str]:
        """The paths of all books that were proposed or imported."""

    async def add(self, path: str, now: datetime) -> bool:
        """Store that a book is proposed. False if it was before."""

    async def forget(self, paths: Collection[str]) -> None:
        """Delete books that are gone, with the open questions about them."""


class NewBookFinder(Protocol):
    """Finds new books on the disk. Its methods raise `NotAnImportFolder` and OSError."""

    async def new_books_in(self, root: Path, proposed: Collection[str], unchanged_since: datetime) -> FoundAudio:
        """The books below a folder that were not proposed and whose files have not changed since then."""

    async def gone(self, paths: Collection[str]) -> list[str]:
        """Those of these paths that do not exist, although the folder of IMPORT_FOLDERS above them does."""


def is_sure(found: FoundBook) -> bool:
    """Whether exactly one missing book fits by names and playing time, and the library does not have it."""
    sure = [each for each in found.matches if each.confidence is Confidence.HIGH]
    owned = any(each.book_id is not None for each in found.matches)
    return not found.problem and not owned and len(sure) == 1 and len(found.matches) == 1
