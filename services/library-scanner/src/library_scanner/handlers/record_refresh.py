"""Records when the metadata of a book was last refreshed, how surely it was found, and its listed editions."""

from shared.chassis.clock import Clock
from shared.contracts.metadata.refreshes import BookRefreshed

from library_scanner.domain.transaction import Transactions


class BookRefreshedHandler:
    """Stores the time and the confidence of each refresh, and the editions that the providers list."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def record(self, event: BookRefreshed) -> None:
        """Store the time even if nothing changed: the daily refresh picks the books with the oldest times."""
        async with self._transaction() as tx:
            await tx.books.record_refresh(event.book_id, event.confidence, self._clock.now())
            if event.editions is not None:
                await tx.books_to_check.save_editions(event.book_id, event.editions)
