"""Starts the search for gaps: requests the bibliographies of series and authors."""

from shared.chassis.clock import Clock, SystemClock
from shared.contracts.library.authors import FindAuthorGaps
from shared.contracts.library.series import FindSeriesGaps
from shared.contracts.runs import Plan

from library_scanner.domain.ports import Subject
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.workflow.request_bibliographies import request_bibliographies


class FindGapsHandlers:
    """Opens a run and sends `CollectBibliography` for each series or author.

    `compare_bibliography` handles the results. A command that is delivered twice is ignored the second time.
    """

    def __init__(
        self, transaction: Transactions, *, series_min_books: int, author_min_books: int, author_top_count: int
    ) -> None:
        self._transaction = transaction
        self._clock: Clock = SystemClock()
        self._series_min_books = series_min_books
        self._author_min_books = author_min_books
        self._author_top_count = author_top_count

    async def find_series_gaps(self, command: FindSeriesGaps) -> None:
        """Request the bibliographies of the named series, or of all followed series with enough owned books."""
        async with self._transaction() as tx:
            if await tx.first_time():
                subjects = await tx.subjects.series_to_compare(self._series_min_books, command.series_ids)
                least = self._series_min_books if command.series_ids is None else 0
                await self._request_bibliographies(tx, command, subjects, least)

    async def find_author_gaps(self, command: FindAuthorGaps) -> None:
        """Request the bibliographies of the named authors, or of the followed and the most frequent ones."""
        async with self._transaction() as tx:
            if await tx.first_time():
                subjects = await tx.subjects.authors_to_compare(
                    self._author_min_books, self._author_top_count, command.author_ids
                )
                await self._request_bibliographies(tx, command, subjects)

    async def _request_bibliographies(
        self, tx: Transaction, command: FindSeriesGaps | FindAuthorGaps, subjects: list[Subject], least_owned: int = 0
    ) -> None:
        """A dry run queries the providers too: the plan needs their results, and a query changes nothing."""
        if command.dry_run and command.run_id is not None:
            await tx.dry_runs.begin(command.run_id, self._clock.now())
        empty_plan = Plan().as_details() if command.dry_run else {}
        if not await tx.runs.open(command.run_id, [str(subject.id) for subject in subjects], details=empty_plan):
            return
        await request_bibliographies(tx, subjects, least_owned=least_owned, run_id=command.run_id)
