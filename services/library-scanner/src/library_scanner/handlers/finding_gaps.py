"""Asks for the full lists of series and authors, to find what is missing of them."""

from collections.abc import Sequence
from uuid import UUID

from shared.chassis.clock import Clock, SystemClock
from shared.contracts.library.authors import FindAuthorGaps
from shared.contracts.library.series import FindSeriesGaps
from shared.contracts.metadata import BibliographyOf, CollectBibliography

from library_scanner.domain.ports import Subject, Transaction, Transactions


class FindingGaps:
    """Opens a run and sends one question for each series or author; the answers are compared one by one."""

    def __init__(
        self, transaction: Transactions, *, series_min_books: int, author_min_books: int, author_top_count: int
    ) -> None:
        self._transaction = transaction
        self._clock: Clock = SystemClock()
        self._series_min_books = series_min_books
        self._author_min_books = author_min_books
        self._author_top_count = author_top_count

    async def find_series_gaps(self, command: FindSeriesGaps) -> None:
        async with self._transaction() as tx:
            if await tx.first_time():
                subjects = await tx.subjects.series_to_compare(self._series_min_books, command.series_ids)
                await _begin(tx, command, self._clock)
                await _ask_for(tx, subjects, command.run_id)

    async def find_author_gaps(self, command: FindAuthorGaps) -> None:
        async with self._transaction() as tx:
            if await tx.first_time():
                subjects = await tx.subjects.authors_to_compare(
                    self._author_min_books, self._author_top_count, command.author_ids
                )
                await _begin(tx, command, self._clock)
                await _ask_for(tx, subjects, command.run_id)


async def _begin(tx: Transaction, command: FindSeriesGaps | FindAuthorGaps, clock: Clock) -> None:
    """The providers are asked in a dry run as well: that changes nothing, and what they know is what is compared."""
    if command.dry_run and command.run_id is not None:
        await tx.dry_runs.begin(command.run_id, clock.now())


async def _ask_for(tx: Transaction, subjects: Sequence[Subject], run_id: UUID | None) -> None:
    if not await tx.runs.open(run_id, [str(subject.id) for subject in subjects]):
        return
    for subject in subjects:
        asins, titles = await tx.subjects.known(subject.of, subject.id)
        tx.send(
            CollectBibliography(
                of=subject.of,
                subject_id=subject.id,
                name=subject.name,
                authors=list(subject.authors) if subject.of is BibliographyOf.SERIES else [],
                known_asins=asins,
                known_titles=titles,
                run_id=run_id,
            )
        )
