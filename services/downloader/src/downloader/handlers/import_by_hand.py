"""Shows what the files in a person's folder may be, and imports them as the book that the person chooses."""

from pathlib import Path
from typing import Protocol

from shared.chassis.errors import RemoteError
from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.imports import FoundBooks, ImportFolder, ScanImportFolder

from downloader.domain.download_view import shown
from downloader.domain.found_audio import FoundAudio, NotAnImportFolder
from downloader.domain.ports import Transactions
from downloader.workflow.folder_import import FolderImport, refusal


class ImportFolders(Protocol):
    """The folders from which a person imports."""

    async def books_in(self, folder: Path) -> FoundAudio:
        """The books in a folder that may be imported. Raises `NotAnImportFolder` and OSError."""


class ImportByHandHandlers:
    """Handles `ScanImportFolder` and `ImportFolder`.

    Both raise `NotImportable` for a path that may not be imported or cannot be read, and `ServiceUnavailable` if the
    library cannot be read.
    """

    def __init__(self, transaction: Transactions, folders: ImportFolders, folder_import: FolderImport) -> None:
        self._transaction = transaction
        self._folders = folders
        self._folder_import = folder_import

    async def scan(self, request: ScanImportFolder) -> FoundBooks:
        """The books in the folder, each with the books that it may be. Nothing is changed."""
        try:
            found = await self._folders.books_in(Path(request.folder))
            missing = await self._folder_import.missing_books()
            books = [await self._folder_import.proposal(each, missing) for each in found.books]
        except (NotAnImportFolder, OSError, RemoteError) as error:
            raise refusal(error) from error
        return FoundBooks(books=books, truncated=found.truncated)

    async def start(self, request: ImportFolder) -> DownloadShown:
        """Import the files as the chosen book. They stay where they are.

        Raises `NotFound`, `AlreadyGrabbed` and `NotNow` too.
        """
        prepared = await self._folder_import.prepare(request)
        async with self._transaction() as tx:
            return shown(await self._folder_import.store(tx, prepared))
