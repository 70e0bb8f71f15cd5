"""The transitions of a download that replaces an owned book, and the folder for replaced books."""

from typing import Protocol
from uuid import UUID

from shared.contracts.downloads.downloads import DownloadStatus
from shared.translatable import translatable

from downloader.domain.download import Download
from downloader.domain.upgrade import Upgrade


class ReplacedBooks(Protocol):
    """The library folder, and the folder outside of it to which replaced books are moved."""

    async def problem(self) -> str | None:
        """Why no book can be moved; None if books can."""

    async def folders_below(self, path: str) -> list[str]:
        """The folders below a path of the library, relative to the library folder. Raises OSError."""

    async def move(self, path: str, download_id: UUID) -> str:
        """Move a file or folder of the library out of it, and return its new path. Raises OSError.

        Does nothing if it was moved there before.
        """


def moved_aside(download: Download, to: str) -> None:
    """The files of the replaced book are now at this path."""
    if download.replaces is not None:
        path = download.replaces.path
        words = f"the replaced book was moved from {path} to {to}"
        download.note("moved_aside", translatable("download.moved_aside", words, path=path, to=to))
        download.replaces = download.replaces.model_copy(update={"moved_to": to, "problem": None})
    download.awaits_move = False


def not_moved_aside(download: Download, why: str, *, retry: bool) -> None:
    """The files of the replaced book stay where they are. With `retry`, moving them is tried again."""
    if download.replaces is not None:
        path = download.replaces.path
        words = translatable(
            "download.not_moved_aside", f"the replaced book stays at {path}: {why}", path=path, why=why
        )
        download.note("not_moved_aside", words)
        download.replaces = download.replaces.model_copy(update={"problem": why})
    download.awaits_move = retry


def wanted_again(download: Download, upgrade: Upgrade) -> None:
    """Search again for an upgrade that found nothing, for the book as it is now."""
    download.wanted = upgrade.wanted.model_copy(update={"id": download.id})
    download.replaces = upgrade.replaces
    download.status = DownloadStatus.QUEUED
    download.transit_failures = download.offer_failures = 0
    download.error = download.error_type = download.next_retry_at = None
    wish = "; ".join(upgrade.replaces.shortcomings)
    words = f"searched again, because a better release is wanted: {wish}"
    download.note("queued", translatable("download.better_again", words, wish=wish))
