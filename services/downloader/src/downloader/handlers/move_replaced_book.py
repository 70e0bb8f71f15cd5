"""Moves the files of a replaced book out of the library, after the better one is in it. Nothing is deleted."""

from pathlib import PurePosixPath

from shared.chassis.errors import RemoteError, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.downloads.commands import MoveReplacedBook
from shared.contracts.downloads.downloads import DownloadStatus, ReplacedBook
from shared.contracts.library.books import BookStatus

from downloader.domain.download import Download
from downloader.domain.ports import Library, Transactions
from downloader.domain.replacement import ReplacedBooks, moved_aside, not_moved_aside

_RETRY_SECONDS = 30.0
_MAX_FOLDERS = 50
"""Folders that are checked for other books in one request."""


class MoveReplacedBookHandler:
    """Handles `MoveReplacedBook`. Every step can be repeated."""

    def __init__(self, transaction: Transactions, library: Library, replaced_books: ReplacedBooks) -> None:
        self._transaction = transaction
        self._library = library
        self._replaced_books = replaced_books

    async def move(self, command: MoveReplacedBook) -> None:
        """Move the files aside, or store why they stay. Raises `TryAgainLater` while the library is unavailable."""
        async with self._transaction() as tx:
            download = await tx.downloads.get(command.download_id)
        if download is None or download.replaces is None or not _is_due(download):
            return
        try:
            against = await self._against(download, download.replaces)
        except RemoteError as error:
            raise TryAgainLater(_RETRY_SECONDS, str(error)) from error
        except OSError as error:
            await self._store(download, problem=f"{error.strerror}: {error.filename}", retry=True)
            return
        if against is not None:
            await self._store(download, problem=against, retry=False)
            return
        try:
            moved_to = await self._replaced_books.move(download.replaces.path, download.id)
        except OSError as error:
            await self._store(download, problem=f"{error.strerror}: {error.filename}", retry=True)
            return
        await self._store(download, moved_to=moved_to)

    async def _against(self, download: Download, replaced: ReplacedBook) -> str | None:
        """Why the files must stay: another book would be moved too. None if nothing is against it."""
        path, new = PurePosixPath(replaced.path), PurePosixPath(download.library_path or "")
        if download.book_id == replaced.book_id:
            return "Audiobookshelf shows both as one book"
        if new == path or path in new.parents or new in path.parents:
            return "one of both is inside the folder of the other"
        book = await self._library.book(replaced.book_id)
        if book is None or book.path != replaced.path or book.status is BookStatus.DUPLICATE:
            return "it is no longer the book that it was"
        below = await self._replaced_books.folders_below(replaced.path)
        if len(below) > _MAX_FOLDERS:
            return f"it has more than {_MAX_FOLDERS} folders"
        if below and (others := await self._library.book_folders(below)):
            return f"another book is inside its folder: {others[0]}"
        return None

    async def _store(
        self, download: Download, *, moved_to: str | None = None, problem: str = "", retry: bool = False
    ) -> None:
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not _is_due(current):
                return
            if moved_to is not None:
                moved_aside(current, moved_to)
            else:
                not_moved_aside(current, problem, retry=retry)
            await tx.downloads.save(current)
        title = download.wanted.title
        if moved_to is not None:
            logger().info("replaced_book_moved", title=title, download_id=str(download.id), to=moved_to)
        else:
            logger().warning("replaced_book_not_moved", title=title, download_id=str(download.id), because=problem)


def _is_due(download: Download) -> bool:
    return download.awaits_move and download.status is DownloadStatus.IMPORTED
