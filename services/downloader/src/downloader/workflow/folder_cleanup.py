"""Removes what dead imports have left in the library folder, and folders of torrents that are gone."""

from downloader.domain.ports import ImportLocks, LibraryFolder


class FolderCleanup:
    """Part of `CleanUp`. An import that runs holds its download's lock, so its folder is left alone."""

    def __init__(self, folder: LibraryFolder, locks: ImportLocks) -> None:
        self._folder = folder
        self._locks = locks

    async def clean_up(self, *, dry_run: bool) -> dict[str, int]:
        """Folders removed, by kind; with `dry_run` those that would be. A folder that cannot be read counts none."""
        try:
            return {
                "unfinished_imports": await self._unfinished_imports(dry_run=dry_run),
                "empty_torrent_folders": await self._folder.empty_torrent_folders(remove=not dry_run),
            }
        except OSError:
            return {}

    async def _unfinished_imports(self, *, dry_run: bool) -> int:
        removed = 0
        for download_id in await self._folder.begun_downloads():
            async with self._locks.held(download_id) as held:
                if held:
                    removed += 1
                    if not dry_run:
                        await self._folder.remove_leftovers(download_id)
        return removed
