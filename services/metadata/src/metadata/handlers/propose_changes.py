"""Stores the changes that the library proposes, and accepts those that the settings allow."""

from shared.chassis.clock import Clock
from shared.chassis.errors import ServiceUnavailable, TryAgainLater
from shared.contracts.metadata.proposals import OWN_READINGS, Proposal, ProposeChanges

from metadata.domain.changes import GAPLESS
from metadata.domain.ports import Library
from metadata.domain.proposals import why_not_applicable
from metadata.domain.transactions import Transactions
from metadata.workflow.proposals import accept, open_proposals

LIBRARY_AWAY_SECONDS = 15.0


class ProposeChangesHandler:
    """Handles `ProposeChanges`.

    Readings of the library with at least the score `accept_score` are accepted at once; with None, none are.
    """

    def __init__(
        self, transaction: Transactions, library: Library, clock: Clock, *, accept_score: float | None = None
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._clock = clock
        self._accept_score = accept_score

    async def propose(self, command: ProposeChanges) -> None:
        """Store the proposals that apply to their books. Raises `TryAgainLater` while the library is unavailable."""
        ids = list(dict.fromkeys(each.book_id for each in command.changes))
        try:
            books = {book.id: book for book in await self._library.books_by_id(ids)} if ids else {}
        except ServiceUnavailable as away:
            raise TryAgainLater(LIBRARY_AWAY_SECONDS, away.detail) from away
        applicable = [each for each in command.changes if why_not_applicable(books.get(each.book_id), each) is None]
        now = self._clock.now()
        async with self._transaction() as tx:
            opened = await open_proposals(tx, applicable, books, now, command.run_id)
            if command.judged_books and command.judged_kinds:
                still_open = [each.id for each in opened]
                await tx.proposals.outdate_others(command.judged_books, command.judged_kinds, still_open, now)
            await accept(tx, [each for each in opened if self._is_sure(each)], books, GAPLESS, now)

    def _is_sure(self, proposal: Proposal) -> bool:
        is_reading = proposal.kind in OWN_READINGS
        return is_reading and self._accept_score is not None and proposal.score >= self._accept_score
