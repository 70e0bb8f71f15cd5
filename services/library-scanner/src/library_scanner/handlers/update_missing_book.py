"""Changes the status or the priority of a missing book on a person's request."""

from typing import ClassVar

from shared.chassis.clock import Clock
from shared.chassis.errors import Refused
from shared.contracts.library.missing_books import MissingBook, UpdateMissingBook
from shared.contracts.values import MissingStatus

from library_scanner.domain.transaction import Transactions
from library_scanner.workflow.close_missing_books import ignore_missing_book, want_again
from library_scanner.workflow.lookups import require


class NotMissing(Refused):
    """The library already contains the book."""

    code: ClassVar[str] = "not_missing"
    title: ClassVar[str] = "No longer missing"


class UpdateMissingBookHandler:
    """Each request is one transaction."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def update(self, request: UpdateMissingBook) -> MissingBook:
        """Return the missing book after the change.

        Raises `NotFound` for an unknown id, and `NotMissing` when the status of a completed book would change.
        """
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.lock()
            stored = require(await tx.missing_books.by_id(request.id), f"missing book {request.id}")
            if request.update.status is not None and stored.missing_book.status is MissingStatus.COMPLETED:
                raise NotMissing(f"the library already contains it as book {stored.missing_book.book_id}")
            if request.update.priority is not None:
                stored = stored.with_priority(request.update.priority, now)
                await tx.missing_books.save(stored)
            if request.update.status == "ignored":
                stored = await ignore_missing_book(tx, stored, now)
            elif request.update.status == "identified":
                stored = await want_again(tx, stored, now)
            await tx.counts.update_for([], [request.id])
        return stored.missing_book
