"""Searches better releases for owned books, as far as quality profiles allow that."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from shared.chassis.errors import RemoteError
from shared.chassis.rollback import rolled_back
from shared.contracts.downloads.commands import SearchForDownload, SearchUpgrades
from shared.contracts.library.books import Book
from shared.contracts.runs import Plan, RunOutcome, RunTally
from shared.translatable import translatable

from downloader.domain.download import Download
from downloader.domain.ports import Clock, Library, Transactions
from downloader.domain.replacement import ReplacedBooks
from downloader.domain.upgrade import ENDED_WITHOUT_UPGRADE, Upgrade, as_wanted, needs_series_narrator, upgrade_of
from downloader.workflow.search_plan import SearchPlanner
from downloader.workflow.sweep import Sweep

MAX_SEARCHES = 25
"""Books searched in one run, to spare the trackers."""
SEARCH_AGAIN_AFTER = timedelta(days=7)
_PAGE = 50
"""Books in one page: they include descriptions, and an answer must stay below the broker's maximum size."""
_OFF = translatable("plan.no_upgrades", "No quality profile upgrades owned books.")


class SearchUpgradesHandler:
    """Handles `SearchUpgrades`. Nothing is searched unless the old books can be moved aside."""

    def __init__(
        self,
        transaction: Transactions,
        library: Library,
        replaced_books: ReplacedBooks,
        *,
        search_planner: SearchPlanner,
        clock: Clock,
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._search_planner = search_planner
        self._replaced_books = replaced_books
        self._clock = clock

    async def search_upgrades(self, command: SearchUpgrades) -> None:
        """Send one search for each book that is not good enough. The run ends with the last search."""
        async with self._transaction() as tx:
            profiles = await tx.quality_profiles.all()
        if not any(profile.upgrade for profile in profiles):
            await self._finish(command)
            return
        if (problem := await self._replaced_books.problem()) is not None:
            words = f"no book is replaced: {problem}"
            await self._finish(command, problem=translatable("run.nothing_replaced", words, why=problem))
            return
        sweep = Sweep("upgrade_search")
        try:
            upgrades = await self._upgrades(sweep)
        except RemoteError as error:
            words = f"the books of the library could not be read: {error}"
            await self._finish(command, problem=translatable("run.books_not_read", words, why=error.words))
            return
        if command.dry_run:
            await self._plan(command, upgrades)
            return
        ids = []
        for upgrade in upgrades:
            with sweep.row(_book(upgrade.replaces.book_id)):
                async with self._transaction() as tx:
                    ids.append(await tx.downloads.want_upgrade(upgrade, self._clock.now()))
        async with self._transaction() as tx:
            if not await tx.first_time():
                return
            if await tx.runs.open(command.run_id, [*map(str, ids), *sweep.problems]):
                for download_id in ids:
                    tx.send(SearchForDownload(download_id=download_id, run_id=command.run_id))
                for problem in sweep.problems:
                    await tx.runs.settle(command.run_id, problem, succeeded=False, words=problem)

    async def _upgrades(self, sweep: Sweep) -> list[Upgrade]:
        """The upgrades to search now, the least recently searched first."""
        due: list[tuple[datetime | None, Upgrade]] = []
        narrators: dict[tuple[str, ...], str | None] = {}
        offset = 0
        while True:
            page = await self._library.books(_PAGE, offset)
            for book in page.items:
                with sweep.row(_book(book.id)):
                    due += await self._due(book, narrators)
            offset += len(page.items)
            if not page.items or offset >= page.total:
                break
        due.sort(key=lambda each: (each[0] is not None, each[0] or self._clock.now()))
        return [upgrade for _, upgrade in due[:MAX_SEARCHES]]

    async def _due(
        self, book: Book, narrators: dict[tuple[str, ...], str | None]
    ) -> list[tuple[datetime | None, Upgrade]]:
        """The upgrade of the book and when it was last searched; empty if it is not searched now.

        `narrators` caches those of the series of one run.
        """
        if book.abs_id is None or not book.path or book.contents:
            return []
        now = self._clock.now()
        async with self._transaction() as tx:
            before = await tx.downloads.upgrade_of(book.id)
            if not _may_be_searched(before, now):
                return []
            download_id = uuid4()
            profile = await tx.quality_profiles.of(as_wanted(book, download_id, now))
        narrator = await self._series_narrator(book, narrators) if needs_series_narrator(profile.rules) else None
        upgrade = upgrade_of(book, profile.rules, series_narrator=narrator, download_id=download_id, now=now)
        return [] if upgrade is None else [(before.searched_at if before else None, upgrade)]

    async def _series_narrator(self, book: Book, narrators: dict[tuple[str, ...], str | None]) -> str | None:
        """Who reads most of the owned books of the book's series; None if that is not known."""
        if not book.series:
            return None
        key = (book.series[0].name, *sorted(book.authors))
        if key not in narrators:
            series_id = await self._library.series_id(book.series[0].name, book.authors)
            narrators[key] = None if series_id is None else await self._library.series_narrator(series_id)
        return narrators[key]

    async def _plan(self, command: SearchUpgrades, upgrades: Sequence[Upgrade]) -> None:
        """Make the downloads in a transaction that is rolled back, then plan their searches."""
        async with rolled_back(self._transaction) as tx:
            ids = [await tx.downloads.want_upgrade(each, self._clock.now()) for each in upgrades]
            downloads = [download for each in ids if (download := await tx.downloads.get(each)) is not None]
        new = {upgrade.wanted.id for upgrade in upgrades}
        await self._search_planner.plan(command.run_id, downloads, new)

    async def _finish(self, command: SearchUpgrades, problem: str | None = None) -> None:
        details = {} if problem else Plan.of([], notes=[_OFF]).as_details() if command.dry_run else {"note": _OFF}
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            outcome = RunOutcome.FAILED if problem else RunOutcome.COMPLETED
            problems = [problem] if problem else []
            tx.runs.finished(command.run_id, RunTally(), outcome=outcome, problems=problems, details=details)


def _may_be_searched(before: Download | None, now: datetime) -> bool:
    """Whether the book has no upgrade in progress and was not searched for some days, or waits for the account."""
    if before is None:
        return True
    if before.waiting_for is not None:
        return True
    last = before.searched_at or before.updated_at
    return before.status in ENDED_WITHOUT_UPGRADE and last <= now - SEARCH_AGAIN_AFTER


def _book(book_id: UUID) -> str:
    return translatable("run.book", f"the book {book_id}", id=str(book_id))
