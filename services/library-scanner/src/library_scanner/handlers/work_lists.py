"""Answers what the library has of a series or an author, who reads it, and when its works are released."""

from collections import Counter
from typing import ClassVar
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import Refused
from shared.contracts.library.authors import Author
from shared.contracts.library.calendar import LONGEST_PERIOD_DAYS, CalendarEntry, GetCalendar
from shared.contracts.library.missing_books import ListMissingBooks
from shared.contracts.library.series import Series
from shared.contracts.library.series_narrators import GetSeriesNarrators, SeriesNarrators
from shared.contracts.library.work_lists import GetWorkList, ListEntry, WorkList
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.values import MissingStatus

from library_scanner.domain.calendar import calendar_of, period_of
from library_scanner.domain.live_entries import in_order, missing_only, owned_only
from library_scanner.domain.series_narrators import narrators_of
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.workflow.lookups import require

MAX_UNLISTED = 500
"""Missing books of one series or author that are added to its list."""


class WrongPeriod(Refused):
    """The period is too long, or ends before it begins."""

    code: ClassVar[str] = "wrong_period"
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Wrong period"


class WorkListHandlers:
    """Reads in read-only transactions."""

    def __init__(self, read_only: Transactions, clock: Clock) -> None:
        self._read_only = read_only
        self._clock = clock

    async def get(self, request: GetWorkList) -> WorkList:
        """Return a part of the list of a series or an author. Raises `NotFound` for an unknown id."""
        of, subject_id = request.of, request.id
        async with self._read_only() as tx:
            subject = await _subject(tx, of, subject_id)
            entries = await entries_of(tx, of, subject_id)
            stored = await tx.work_lists.sources(of, subject_id)
        chosen = [
            entry
            for entry in in_order(of, entries)
            if (request.state is None or entry.state is request.state)
            and (request.kind is None or entry.kind is request.kind)
        ]
        return WorkList(
            of=of,
            id=subject_id,
            name=subject.name,
            follow=subject.follow,
            follow_from=subject.follow_from,
            sources=stored[0] if stored else [],
            compared_at=stored[1] if stored else None,
            problem=subject.last_check_problem,
            counts=dict(Counter(entry.state for entry in entries)),
            items=chosen[request.offset : request.offset + request.limit],
            total=len(chosen),
            limit=request.limit,
            offset=request.offset,
        )

    async def narrators(self, request: GetSeriesNarrators) -> SeriesNarrators:
        """Return the narrators of a series. Raises `NotFound` for an unknown id."""
        async with self._read_only() as tx:
            require(await tx.lists.one_series(request.id), f"series {request.id}")
            entries = await entries_of(tx, BibliographyOf.SERIES, request.id)
            books = await tx.work_lists.books_of_series(request.id)
        return narrators_of(request.id, books, in_order(BibliographyOf.SERIES, entries))

    async def calendar(self, request: GetCalendar) -> list[CalendarEntry]:
        """Return the works of followed series and authors in a period, the earliest first. Raises `WrongPeriod`."""
        first, last = period_of(request.first, request.last, self._clock.now().date())
        if not 0 <= (last - first).days <= LONGEST_PERIOD_DAYS:
            raise WrongPeriod(f"the last day must be 0 to {LONGEST_PERIOD_DAYS} days after the first")
        async with self._read_only() as tx:
            entries = calendar_of(await tx.work_lists.released_between(first, last))
        return [entry for entry in entries if request.state is None or entry.state is request.state]


async def _subject(tx: Transaction, of: BibliographyOf, subject_id: UUID) -> Series | Author:
    if of is BibliographyOf.SERIES:
        return require(await tx.lists.one_series(subject_id), f"series {subject_id}")
    return require(await tx.lists.author(subject_id), f"author {subject_id}")


async def entries_of(tx: Transaction, of: BibliographyOf, subject_id: UUID) -> list[ListEntry]:
    """Return the entries of a list with their present states, and the missing and owned books that it does not name.

    Owned books are added to the list of a series only.
    """
    listed = [stored.now() for stored in await tx.work_lists.entries(of, subject_id)]
    own = {"series_id": subject_id} if of is BibliographyOf.SERIES else {"author_id": subject_id}
    for status in ([], [MissingStatus.UPCOMING]):
        found = await tx.lists.missing_books(ListMissingBooks(**own, status=status, limit=MAX_UNLISTED))
        listed += missing_only(found.items, listed)
    if of is BibliographyOf.AUTHOR:
        return listed
    return listed + owned_only(await tx.work_lists.books_of_series(subject_id), listed)
