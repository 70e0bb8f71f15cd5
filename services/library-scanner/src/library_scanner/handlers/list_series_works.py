"""Lists the works of several series, as the rows of the gap board need them."""

from collections import Counter, defaultdict
from uuid import UUID

from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.library.work_lists import ListEntry, ListSeriesWorks, SeriesWorks
from shared.contracts.metadata.bibliographies import BibliographyOf

from library_scanner.domain.live_entries import UNLISTED, in_order, missing_only, owned_only
from library_scanner.domain.transaction import Transaction, Transactions


class ListSeriesWorksHandler:
    """Reads in read-only transactions."""

    def __init__(self, read_only: Transactions) -> None:
        self._read_only = read_only

    async def list_works(self, request: ListSeriesWorks) -> list[SeriesWorks]:
        """Return the works of each of the series that exists, in the order of the request."""
        async with self._read_only() as tx:
            series = {each.id: each for each in await tx.series_works.series(request.id)}
            compared_at = await tx.series_works.compared_at(request.id)
            entries = await _entries_of(tx, list(series))
        return [
            SeriesWorks(
                id=each,
                compared_at=compared_at.get(each),
                problem=series[each].last_check_problem,
                counts=dict(Counter(entry.state for entry in entries[each])),
                items=[_short(entry) for entry in in_order(BibliographyOf.SERIES, entries[each])[: request.works]],
                total=len(entries[each]),
            )
            for each in dict.fromkeys(request.id)
            if each in series
        ]


async def _entries_of(tx: Transaction, ids: list[UUID]) -> dict[UUID, list[ListEntry]]:
    """The entries with their present states, and the missing and owned books that the lists do not name."""
    listed, missing, books = _Entries(list), _Missing(list), _Books(list)
    for stored in await tx.series_works.entries(ids):
        listed[stored.subject_id].append(stored.now())
    for book in await tx.series_works.missing_books(ids, list(UNLISTED)):
        if book.series_id is not None:
            missing[book.series_id].append(book)
    for series_id, owned, place in await tx.series_works.books(ids):
        books[series_id].append((owned, place))
    found = {}
    for each in ids:
        entries = listed[each] + missing_only(missing[each], listed[each])
        found[each] = entries + owned_only(books[each], entries)
    return found


def _short(entry: ListEntry) -> ListEntry:
    return entry.model_copy(update={"evidence": [], "editions": []})


_Entries = defaultdict[UUID, list[ListEntry]]
_Missing = defaultdict[UUID, list[MissingBook]]
_Books = defaultdict[UUID, list[tuple[Book, str | None]]]
