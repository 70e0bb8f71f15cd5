"""Deletes old rows, unfinished import folders and empty torrent folders."""

from datetime import timedelta

from shared.chassis.logging import logger
from shared.contracts.system import CleanedUp, CleanUp

from downloader.domain.ports import Clock, ImportLocks, LibraryFolder, Transactions
from downloader.workflow.sweep import Sweep

SERVICE = "downloader"
_OFFERS_MAX_AGE = timedelta(days=1)
"""How long a release that a person's search showed can be grabbed by its id."""


class CleanUpHandler:
    """Handles `CleanUp`. A running import holds its download's lock, so its folder is not touched."""

    def __init__(
        self,
        transaction: Transactions,
        *,
        folder: LibraryFolder,
        locks: ImportLocks,
        keep_finished: timedelta,
        clock: Clock,
    ) -> None:
        self._transaction = transaction
        self._folder = folder
        self._locks = locks
        self._keep_finished = keep_finished
        self._clock = clock

    async def clean_up(self, request: CleanUp) -> CleanedUp:
        """Delete finished downloads older than DOWNLOAD_RETENTION_DAYS, and left-over folders; keep all failures.

        A dry run only counts. A folder that cannot be read or deleted is logged and skipped.
        """
        now = self._clock.now()
        async with self._transaction() as tx:
            deleted = await tx.retention.clean_up(
                now,
                finished_before=now - self._keep_finished,
                shown_before=now - _OFFERS_MAX_AGE,
                dry_run=request.dry_run,
            )
        folders = await self._clean_up_folders(dry_run=request.dry_run)
        return CleanedUp(service=SERVICE, deleted=deleted | folders)

    async def _clean_up_folders(self, *, dry_run: bool) -> dict[str, int]:
        folders = {}
        for name, count in (
            ("unfinished_imports", self._unfinished_imports),
            ("empty_torrent_folders", self._empty_torrent_folders),
        ):
            try:
                folders[name] = await count(dry_run=dry_run)
            except OSError as error:
                logger().warning("folder_cleanup_failed", folders=name, because=str(error))
        return folders

    async def _empty_torrent_folders(self, *, dry_run: bool) -> int:
        return await self._folder.empty_torrent_folders(remove=not dry_run)

    async def _unfinished_imports(self, *, dry_run: bool) -> int:
        removed, sweep = 0, Sweep("clean_up")
        for download_id in await self._folder.unfinished_imports():
            with sweep.row(f"the unfinished import of the download {download_id}"):
                async with self._locks.held(download_id) as held:
                    if held and not dry_run:
                        await self._folder.remove_leftovers(download_id)
                    removed += held
        return removed
