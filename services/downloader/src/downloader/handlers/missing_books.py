"""Follows the library's missing books: a new one is searched soon, and a closed one is cancelled."""

from datetime import timedelta

from shared.contracts.downloads.commands import SearchWanted
from shared.contracts.library.missing_books import MissingBookClosed, MissingBookIdentified

from downloader.domain.limits import Limits
from downloader.domain.ports import Clock, Transactions
from downloader.workflow.lost_events import cancel_closed

HIGH_PRIORITY = 60
"""The least priority of a gap of a series; gaps of authors have a lower one and wait for the next search."""
SEARCH_AFTER = timedelta(minutes=5)
"""A run that finds gaps and searches them has searched the book by then, and a false gap is closed."""


class MissingBookHandlers:
    """Handles `MissingBookIdentified` and `MissingBookClosed`."""

    def __init__(self, transaction: Transactions, limits: Limits, clock: Clock) -> None:
        self._transaction = transaction
        self._limits = limits
        self._clock = clock

    async def missing_book_identified(self, event: MissingBookIdentified) -> None:
        """Search the book in `SEARCH_AFTER` if its priority is high and its kind of gap is downloaded automatically.

        The search obeys the same limits as any other. Other books wait for the next scheduled search.
        """
        book = event.missing_book
        if book.priority < HIGH_PRIORITY or not self._limits.may_grab_without_approval(book):
            return
        async with self._transaction() as tx:
            if await tx.first_time():
                tx.send(SearchWanted(missing_book_ids=[book.id]), at=self._clock.now() + SEARCH_AFTER)

    async def missing_book_closed(self, event: MissingBookClosed) -> None:
        """Cancel the book's download if its torrent is not in the client yet."""
        async with self._transaction() as tx:
            await cancel_closed(tx, event.missing_book_id, event.why)
