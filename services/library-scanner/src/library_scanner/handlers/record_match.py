"""Records what a person decided about the match of a book, so that the book shows it."""

from shared.contracts.metadata.matches import MatchDecided

from library_scanner.domain.transaction import Transactions


class MatchDecidedHandler:
    """Stores each decision with its book."""

    def __init__(self, transaction: Transactions) -> None:
        self._transaction = transaction

    async def record(self, event: MatchDecided) -> None:
        """Store the decision, or that there is none any more."""
        async with self._transaction() as tx:
            await tx.books.record_match(event.book_id, event.decision)
