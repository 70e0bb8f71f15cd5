"""Locks and unlocks fields of books."""

from collections.abc import Callable, Collection
from dataclasses import replace
from uuid import UUID

from shared.chassis.bulk import change_each
from shared.chassis.clock import Clock
from shared.contracts.bulk import BulkResult
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import FIELDS, MANUAL, UNLOCKED, set_by_person
from shared.contracts.library.locks import BookLocks, ChangeLocks, FieldLock, GetLocks, SetLocks
from shared.contracts.library.metadata_writes import FieldName

from library_scanner.domain.transaction import Transactions
from library_scanner.workflow.lookups import require
from library_scanner.workflow.selections import selected_books


class LockFieldsHandlers:
    """A field is locked if a person locked it, or set its value and did not unlock it since."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def get(self, request: GetLocks) -> BookLocks:
        """Return the locked fields of a book. Raises `NotFound`."""
        async with self._transaction() as tx:
            return _locks(require(await tx.books.by_id(request.book_id), f"book {request.book_id}").book)

    async def set(self, request: SetLocks) -> BookLocks:
        """Lock exactly these fields and return the locks. Raises `NotFound`."""
        return await self._change(request.book_id, lambda _: frozenset(request.fields))

    async def change(self, request: ChangeLocks) -> BulkResult:
        """Lock or unlock these fields of the selected books, with an answer for each.

        Raises `SelectionChanged` if a filter matches another number than expected.
        """
        fields = frozenset(request.selection.fields or FIELDS)
        async with self._transaction() as tx:
            ids = await selected_books(tx, request.selection)

        def changed(before: frozenset[FieldName]) -> frozenset[FieldName]:
            return before | fields if request.locked else before - fields

        return await change_each(ids, lambda book_id: self._change(book_id, changed))

    async def _change(self, book_id: UUID, change: Callable[[frozenset[FieldName]], frozenset[FieldName]]) -> BookLocks:
        async with self._transaction() as tx:
            await tx.lock()
            stored = require(await tx.books.by_id(book_id), f"book {book_id}")
            before = _locks(stored.book)
            book = _with_locks(stored.book, change(frozenset(each.field for each in before.locked)))
            if _locks(book) != before:
                await tx.books.save([replace(stored, book=book.model_copy(update={"updated_at": self._clock.now()}))])
        return _locks(book)


def _locks(book: Book) -> BookLocks:
    locked = [name for name in FIELDS if set_by_person(book, name)]
    return BookLocks(
        book_id=book.id,
        locked=[
            FieldLock(field=name, why="locked" if name in book.locked_fields else "set_by_person") for name in locked
        ],
    )


def _with_locks(book: Book, fields: Collection[FieldName]) -> Book:
    """The book with these locks. The value of an unlocked field no longer counts as set by a person."""
    sources = {
        name: UNLOCKED if source == MANUAL and name not in fields else source
        for name, source in book.metadata_source.items()
    }
    locked = [name for name in FIELDS if name in fields and sources.get(name) != MANUAL]
    return book.model_copy(update={"locked_fields": locked, "metadata_source": sources})
