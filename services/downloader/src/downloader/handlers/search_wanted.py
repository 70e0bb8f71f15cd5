"""Makes a download for each missing book and searches those that are due, the longest unsearched first."""

from collections.abc import Sequence
from uuid import UUID

from shared.chassis.errors import RemoteError
from shared.chassis.rollback import rolled_back
from shared.contracts.downloads.commands import SearchForDownload, SearchWanted
from shared.contracts.downloads.events import DownloadWanted
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.runs import RunOutcome, RunTally
from shared.contracts.values import MissingStatus
from shared.translatable import translatable

from downloader.domain.ports import Clock, DownloadsTransaction, Library, Transactions
from downloader.workflow.lost_events import LostEvents
from downloader.workflow.search_plan import SearchPlanner
from downloader.workflow.sweep import Sweep

_OPEN = (MissingStatus.IDENTIFIED, MissingStatus.QUEUED, MissingStatus.FAILED)
_BATCH_SIZE = 500


class SearchWantedHandler:
    """Handles `SearchWanted`."""

    def __init__(
        self, transaction: Transactions, library: Library, search_planner: SearchPlanner, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._lost_events = LostEvents(transaction, library)
        self._search_planner = search_planner
        self._clock = clock

    async def search_wanted(self, command: SearchWanted) -> None:
        """Send one search for each wanted book. The run ends with the last search; a dry run reports the outcomes.

        A book that cannot be stored is a failed item of the run, and stops no other.
        """
        try:
            missing = await self._missing(command)
            downloading = await self._downloading(command)
        except RemoteError as error:
            words = f"the missing books could not be loaded: {error}"
            await self._fail_run(command, translatable("run.missing_not_read", words, why=error.words))
            return
        if command.dry_run:
            await self._plan(command, missing, downloading)
            return
        sweep = Sweep("wanted_search")
        if downloading is not None:
            await self._lost_events.repair(missing, downloading, sweep)
        ids = await self._want(missing, sweep)
        async with self._transaction() as tx:
            if not await tx.first_time():
                return
            ids = await self._due(tx, ids, downloading)
            if await tx.runs.open(command.run_id, [*map(str, ids), *sweep.problems]):
                for download_id in ids:
                    tx.send(SearchForDownload(download_id=download_id, run_id=command.run_id))
                for problem in sweep.problems:
                    await tx.runs.settle(command.run_id, problem, succeeded=False, words=problem)

    async def _missing(self, command: SearchWanted) -> list[MissingBook]:
        if command.missing_book_ids is not None:
            found = [await self._library.missing_book(each) for each in dict.fromkeys(command.missing_book_ids)]
            return [book for book in found if book is not None and book.status in _OPEN]
        books = {book.id: book for status in _OPEN async for book in self._library.missing_books(status)}
        return list(books.values())

    async def _downloading(self, command: SearchWanted) -> list[UUID] | None:
        """The missing books that the library shows as downloading; None if only some books are searched."""
        if command.missing_book_ids is not None:
            return None
        return [book.id async for book in self._library.missing_books(MissingStatus.DOWNLOADING)]

    async def _due(self, tx: DownloadsTransaction, ids: list[UUID], downloading: Sequence[UUID] | None) -> list[UUID]:
        """The downloads to search now: those of the open books, and those without a release that have no open book.

        The library shows a book as downloading after the first grab, also while its download needs another release.
        """
        others = [] if downloading is None else await tx.downloads.outside_of_search(downloading)
        return await tx.downloads.to_search([*ids, *others], self._clock.now())

    async def _plan(
        self, command: SearchWanted, missing: Sequence[MissingBook], downloading: Sequence[UUID] | None
    ) -> None:
        """Make the downloads of a run in a transaction that is rolled back, then plan their searches."""
        async with rolled_back(self._transaction) as tx:
            ids: list[UUID] = []
            new: set[UUID] = set()
            for start in range(0, len(missing), _BATCH_SIZE):
                stored, added = await self._store(tx, missing[start : start + _BATCH_SIZE])
                ids += stored
                new |= added
            due = await self._due(tx, ids, downloading)
            downloads = [download for each in due if (download := await tx.downloads.get(each)) is not None]
        await self._search_planner.plan(command.run_id, downloads, frozenset(new))

    async def _want(self, missing: Sequence[MissingBook], sweep: Sweep) -> list[UUID]:
        """The downloads of the missing books. Books are stored together, or one by one if that fails."""
        ids: list[UUID] = []
        for start in range(0, len(missing), _BATCH_SIZE):
            batch = missing[start : start + _BATCH_SIZE]
            with Sweep("wanted_search").row(f"{len(batch)} missing books together"):
                ids += await self._stored(batch)
                continue
            for book in batch:
                words = translatable("run.missing_book", f"the missing book {book.id}", id=str(book.id))
                with sweep.row(words):
                    ids += await self._stored([book])
        return ids

    async def _stored(self, missing: Sequence[MissingBook]) -> list[UUID]:
        async with self._transaction() as tx:
            ids, _ = await self._store(tx, missing)
        return ids

    async def _store(self, tx: DownloadsTransaction, missing: Sequence[MissingBook]) -> tuple[list[UUID], set[UUID]]:
        """The downloads of the missing books, and those of them that are new."""
        wanted = await tx.downloads.want(missing, self._clock.now())
        for download_id, missing_book_id, new in wanted:
            if new:
                tx.announce(DownloadWanted(download_id=download_id, missing_book_id=missing_book_id))
        return [each for each, _, _ in wanted], {each for each, _, new in wanted if new}

    async def _fail_run(self, command: SearchWanted, problem: str) -> None:
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            tx.runs.finished(command.run_id, RunTally(), outcome=RunOutcome.FAILED, problems=[problem])
