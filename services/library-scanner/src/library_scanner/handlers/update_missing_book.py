"""Changes the status or the priority of missing books on a person's request."""

from typing import ClassVar
from uuid import UUID

from shared.chassis.bulk import change_each
from shared.chassis.clock import Clock
from shared.chassis.errors import Refused
from shared.contracts.bulk import BulkResult
from shared.contracts.library.missing_books import (
    MissingBook,
    MissingBookChanged,
    UpdateMissingBook,
    UpdateMissingBooks,
)
from shared.contracts.values import MissingStatus
from shared.translatable import translatable

from library_scanner.domain.transaction import Transactions
from library_scanner.workflow.close_missing_books import ignore_missing_book, want_again
from library_scanner.workflow.lookups import require
from library_scanner.workflow.selections import selected_missing_books


class NotMissing(Refused):
    """The library already contains the book."""

    code: ClassVar[str] = "not_missing"
    title: ClassVar[str] = "No longer missing"


class UpdateMissingBookHandler:
    """Each missing book is one transaction."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def update_many(self, request: UpdateMissingBooks) -> BulkResult:
        """Change the selected missing books, with an answer for each.

        Raises `SelectionChanged` if a filter matches another number than expected.
        """
        async with self._transaction() as tx:
            ids = await selected_missing_books(tx, request.selection)

        async def change(missing_book_id: UUID) -> MissingBook:
            return await self.update(UpdateMissingBook(id=missing_book_id, update=request.update))

        return await change_each(ids, change)

    async def update(self, request: UpdateMissingBook) -> MissingBook:
        """Return the missing book after the change.

        Raises `NotFound` for an unknown id, and `NotMissing` when the status of a completed book would change.
        """
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.lock()
            stored = require(await tx.missing_books.by_id(request.id), f"missing book {request.id}")
            before = stored.missing_book
            if request.update.status is not None and stored.missing_book.status is MissingStatus.COMPLETED:
                raise NotMissing(
                    translatable(
                        "refused.not_missing_any_more",
                        f"the library already contains it as book {stored.missing_book.book_id}",
                    )
                )
            if request.update.priority is not None:
                stored = stored.with_priority(request.update.priority, now)
                await tx.missing_books.save(stored)
            if request.update.status == "ignored":
                await ignore_missing_book(tx, stored, now)
            elif request.update.status == "identified":
                await want_again(tx, stored, now)
            await tx.counts.update_for([], [request.id])
            changed = require(await tx.missing_books.by_id(request.id), f"missing book {request.id}")
            if changed.missing_book != before:
                tx.announce(MissingBookChanged(missing_book_id=request.id))
        return changed.missing_book
