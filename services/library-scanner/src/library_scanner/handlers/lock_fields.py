"""Locks and unlocks fields of books."""

from collections.abc import Collection
from dataclasses import replace

from shared.chassis.clock import Clock
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import FIELDS, MANUAL, UNLOCKED, set_by_person
from shared.contracts.library.locks import BookLocks, FieldLock, GetLocks, SetLocks
from shared.contracts.library.metadata_writes import FieldName

from library_scanner.domain.transaction import Transactions
from library_scanner.workflow.lookups import require


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
        async with self._transaction() as tx:
            await tx.lock()
            stored = require(await tx.books.by_id(request.book_id), f"book {request.book_id}")
            before, book = _locks(stored.book), _with_locks(stored.book, set(request.fields))
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
