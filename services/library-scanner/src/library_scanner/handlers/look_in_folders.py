"""Asks Audiobookshelf whether it sees a file in the folders of its libraries."""

from itertools import islice

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs
from shared.contracts.library.folders import LibraryFolderView, LookInLibraryFolders

from library_scanner.domain.ports import AudiobookLibrary

MAX_FOLDERS = 50
"""Folders that are asked for. Libraries have one to three."""


class LookInLibraryFoldersHandler:
    """Handles `LookInLibraryFolders`."""

    def __init__(self, library: AudiobookLibrary) -> None:
        self._library = library

    async def look(self, request: LookInLibraryFolders) -> list[LibraryFolderView]:
        """Return what Audiobookshelf sees in each folder. Raises subclasses of `RemoteError` if it is unavailable."""
        folders = ((each.name, path) for each in await self._library.libraries() for path in each.folders)
        return [await self._view(name, path, request.name) for name, path in islice(folders, MAX_FOLDERS)]

    async def _view(self, library: str, path: str, name: str) -> LibraryFolderView:
        try:
            return LibraryFolderView(library=library, path=path, exists=await self._library.sees(path, name))
        except (RemoteRefusedUs, RemoteAnsweredNonsense) as error:
            return LibraryFolderView(library=library, path=path, exists=None, detail=error.detail)
