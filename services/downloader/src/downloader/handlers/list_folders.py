"""Lists the download folder and the library folder with their free space."""

from typing import Protocol

from shared.contracts.downloads.folders import Folder, ListFolders


class Disk(Protocol):
    """The sizes of the folders."""

    async def usages(self) -> list[Folder]:
        """The free and total space of both folders in bytes; one that cannot be read has the problem."""
        ...


class ListFoldersHandler:
    """Handles `ListFolders`. `keep_free_bytes` is the space that a download must leave free."""

    def __init__(self, disk: Disk, keep_free_bytes: int) -> None:
        self._disk = disk
        self._keep_free_bytes = keep_free_bytes

    async def list_folders(self, _request: ListFolders) -> list[Folder]:
        """Both folders; one that cannot be read has a problem instead of figures."""
        downloads, library = await self._disk.usages()
        return [downloads.model_copy(update={"keep_free_bytes": self._keep_free_bytes}), library]
