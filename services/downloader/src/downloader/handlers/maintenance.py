"""What a person wants to know of it all: the story of a book, the figures; and the nightly tidying."""

from datetime import timedelta

from shared.contracts.system import CleanedUp, CleanUp, Statistics, TellStatistics, TellTimeline, Timeline

from downloader.domain.ports import Clock, Transactions
from downloader.workflow.folder_cleanup import FolderCleanup

SERVICE = "downloader"
_SHOWN_FOR = timedelta(days=1)
"""How long a release that a person's search showed can be taken by its id."""


class Accounting:
    def __init__(
        self, transaction: Transactions, *, folders: FolderCleanup, keep_finished: timedelta, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._folders = folders
        self._keep_finished = keep_finished
        self._clock = clock

    async def tell_timeline(self, request: TellTimeline) -> Timeline:
        async with self._transaction() as tx:
            return await tx.history.tell(request)

    async def tell_statistics(self, _request: TellStatistics) -> Statistics:
        async with self._transaction() as tx:
            return Statistics(service=SERVICE, figures=await tx.housekeeping.figures())

    async def clean_up(self, request: CleanUp) -> CleanedUp:
        """Delete what is older than DOWNLOAD_RETENTION_DAYS, and left-over folders; failures are counted for ever."""
        now = self._clock.now()
        async with self._transaction() as tx:
            deleted = await tx.housekeeping.clean_up(
                now,
                finished_before=now - self._keep_finished,
                shown_before=now - _SHOWN_FOR,
                dry_run=request.dry_run,
            )
        folders = await self._folders.clean_up(dry_run=request.dry_run)
        return CleanedUp(service=SERVICE, deleted=deleted | folders)
