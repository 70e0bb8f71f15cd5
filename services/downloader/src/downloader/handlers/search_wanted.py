"""Makes a download for each missing book and searches those that are due, the longest unsearched first."""

from collections.abc import Sequence
from uuid import UUID

from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.chassis.rollback import rolled_back
from shared.contracts.downloads.commands import SearchForDownload, SearchWanted
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.events import DownloadWanted
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.runs import RunOutcome, RunTally
from shared.contracts.values import MissingStatus

from downloader.domain.ports import Clock, DownloadsTransaction, Library, Transactions
from downloader.workflow.failures import announce_failure
from downloader.workflow.search_plan import SearchPlanner

_OPEN = (MissingStatus.IDENTIFIED, MissingStatus.QUEUED, MissingStatus.FAILED)
_FAILED = (DownloadStatus.FAILED, DownloadStatus.ABANDONED)
_BATCH_SIZE = 500


class SearchWantedHandler:
    """Handles `SearchWanted`."""

    def __init__(
        self, transaction: Transactions, library: Library, search_planner: SearchPlanner, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._search_planner = search_planner
        self._clock = clock

    async def search_wanted(self, command: SearchWanted) -> None:
        """Send one search for each wanted book. The run ends with the last search; a dry run reports the outcomes."""
        try:
            missing = await self._missing(command)
        except RemoteError as error:
            await self._fail_run(command, f"the missing books could not be loaded: {error}")
            return
        if command.dry_run:
            await self._plan(command, missing)
            return
        if command.missing_book_ids is None:
            await self._announce_failures_again()
        async with self._transaction() as tx:
            if not await tx.first_time():
                return
            ids, _ = await self._to_search(tx, missing)
            if await tx.runs.open(command.run_id, [str(each) for each in ids]):
                for download_id in ids:
                    tx.send(SearchForDownload(download_id=download_id, run_id=command.run_id))

    async def _announce_failures_again(self) -> None:
        """Announce the failure again for books that the library still shows as downloading: the event was lost.

        Otherwise these books would never be searched again.
        """
        try:
            books = [book.id async for book in self._library.missing_books(MissingStatus.DOWNLOADING)]
        except RemoteError as error:
            logger().warning("lost_failures_check_skipped", because=str(error))
            return
        for missing_book_id in books:
            async with self._transaction() as tx:
                for download in await tx.downloads.of_missing_book(missing_book_id):
                    if download.status in _FAILED and download.next_retry_at is None and download.error_type:
                        announce_failure(tx, download, download.error_type, download.error or "")
                        logger().warning("failure_announced_again", download_id=str(download.id))

    async def _missing(self, command: SearchWanted) -> list[MissingBook]:
        if command.missing_book_ids is not None:
            found = [await self._library.missing_book(each) for each in dict.fromkeys(command.missing_book_ids)]
            return [book for book in found if book is not None and book.status in _OPEN]
        books = {book.id: book for status in _OPEN async for book in self._library.missing_books(status)}
        return list(books.values())

    async def _plan(self, command: SearchWanted, missing: Sequence[MissingBook]) -> None:
        """Make the downloads of a run in a transaction that is rolled back, then plan their searches."""
        async with rolled_back(self._transaction) as tx:
            ids, new = await self._to_search(tx, missing)
            downloads = [download for each in ids if (download := await tx.downloads.get(each)) is not None]
        await self._search_planner.plan(command.run_id, downloads, new)

    async def _to_search(
        self, tx: DownloadsTransaction, missing: Sequence[MissingBook]
    ) -> tuple[list[UUID], frozenset[UUID]]:
        """The downloads to search now, in order, and the ids of the new ones."""
        now = self._clock.now()
        ids, new_ids = [], set()
        for start in range(0, len(missing), _BATCH_SIZE):
            for download_id, missing_book_id, new in await tx.downloads.want(missing[start : start + _BATCH_SIZE], now):
                ids.append(download_id)
                if new:
                    new_ids.add(download_id)
                    tx.announce(DownloadWanted(download_id=download_id, missing_book_id=missing_book_id))
        return await tx.downloads.to_search(ids, now), frozenset(new_ids)

    async def _fail_run(self, command: SearchWanted, problem: str) -> None:
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            tx.runs.finished(command.run_id, RunTally(), outcome=RunOutcome.FAILED, problems=[problem])
