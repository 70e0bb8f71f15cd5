"""Adds, changes and deletes the books that a person enters by hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from pydantic import ValidationError
from shared.chassis.clock import Clock
from shared.chassis.errors import Refused
from shared.contracts.library.books import (
    Book,
    BookAppeared,
    BookChanged,
    BookEntry,
    BookStatus,
    BookVanished,
    CreateBook,
    DeleteBook,
    UpdateBook,
)
from shared.contracts.library.bulk_import import ImportBooks, ImportedBook
from shared.translatable import translatable

from library_scanner.domain.catalogue import StoredBook
from library_scanner.domain.manual_entry import book_from_entry, find_duplicate, with_manual_values
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.workflow.close_missing_books import close_appeared
from library_scanner.workflow.lookups import require
from library_scanner.workflow.refusals import AlreadyExists


class ManagedByAudiobookshelf(Refused):
    """The book can only be changed in Audiobookshelf."""

    code: ClassVar[str] = "of_audiobookshelf"
    title: ClassVar[str] = "Managed by Audiobookshelf"


class EditBooksHandlers:
    """Each request is one transaction: a refused request changes nothing."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def create(self, request: CreateBook) -> Book:
        """Add a book and return it. Raises `AlreadyExists` if the library has it."""
        async with self._transaction() as tx:
            [result] = await _create_entries(tx, [(0, request.entry)], self._clock.now())
            if result.status == "exists":
                raise AlreadyExists(
                    translatable(
                        "refused.book_exists",
                        f"the library has it already, same {result.why}: /api/books/{result.book_id}",
                    )
                )
            return (await tx.lists.books_by_id([result.book_id or uuid4()]))[0]

    async def import_many(self, request: ImportBooks) -> list[ImportedBook]:
        """Add many books and return one result for each item, in order: created, exists, or refused with a reason."""
        results: list[ImportedBook] = []
        entries: list[tuple[int, BookEntry]] = []
        for index, item in enumerate(request.items):
            try:
                entries.append((index, BookEntry.model_validate(item)))
            except ValidationError as error:
                results.append(ImportedBook(index=index, status="refused", why=_reason(error)))
        async with self._transaction() as tx:
            results += await _create_entries(tx, entries, self._clock.now())
        return sorted(results, key=lambda result: result.index)

    async def update(self, request: UpdateBook) -> Book:
        """Set fields of a book and return it. Raises `NotFound` and `ManagedByAudiobookshelf`."""
        update = request.update
        values = {name: getattr(update, name) for name in request.given if name in type(update).model_fields}
        async with self._transaction() as tx:
            await tx.lock()
            stored = await _book(tx, request.id)
            _require_editable(stored.book, values)
            changed = with_manual_values(stored, _with_status(values), now=self._clock.now())
            await tx.books.save([changed])
            await tx.counts.update_for([request.id])
            await tx.links.replace([changed.book])
            await tx.counts.update_for([request.id])
            tx.announce(BookChanged(book=changed.book, fields=sorted(values)))
        return changed.book

    async def delete(self, request: DeleteBook) -> Book:
        """Delete a book that was entered by hand and return it. Raises `NotFound` and `ManagedByAudiobookshelf`."""
        async with self._transaction() as tx:
            await tx.lock()
            stored = await _book(tx, request.id)
            if stored.book.abs_id is not None:
                raise ManagedByAudiobookshelf(
                    translatable(
                        "refused.remove_in_audiobookshelf",
                        "remove the book in Audiobookshelf, and the next scan archives it; "
                        'or PUT {"status": "duplicate"} to exclude it from the counts',
                    )
                )
            await tx.books.archive([request.id], self._clock.now())
            await tx.counts.update_for([request.id])
            await tx.books.delete(request.id)
            tx.announce(BookVanished(book_id=request.id))
        return stored.book


async def _create_entries(
    tx: Transaction, entries: Sequence[tuple[int, BookEntry]], now: datetime
) -> list[ImportedBook]:
    """Add the entries that are new; name the existing book for the others."""
    await tx.lock()
    known = [stored.book for stored in await tx.books.similar_to([entry for _, entry in entries])]
    results: list[ImportedBook] = []
    created: list[StoredBook] = []
    for index, entry in entries:
        match = find_duplicate(entry, known)
        if match is not None:
            results.append(ImportedBook(index=index, status="exists", book_id=match[0].id, why=match[1]))
            continue
        stored = book_from_entry(entry, new_id=uuid4(), now=now)
        created.append(stored)
        known.append(stored.book)
        results.append(ImportedBook(index=index, status="created", book_id=stored.book.id))
    books = [stored.book for stored in created]
    await tx.books.save(created)
    await tx.links.replace(books)
    await close_appeared(tx, books, now)
    await tx.counts.update_for([book.id for book in books])
    for book in books:
        tx.announce(BookAppeared(book=book))
    return results


async def _book(tx: Transaction, book_id: UUID) -> StoredBook:
    return require(await tx.books.by_id(book_id), f"book {book_id}")


def _require_editable(book: Book, values: dict[str, Any]) -> None:
    fields = sorted(set(values) - {"status"})
    if book.abs_id is not None and fields:
        raise ManagedByAudiobookshelf(
            translatable(
                "refused.field_of_audiobookshelf",
                f"{', '.join(fields)} cannot be set here for a book of Audiobookshelf: "
                f"use POST /api/books/{book.id}/metadata",
                fields=fields,
            )
        )
    if book.status is BookStatus.ARCHIVED:
        raise ManagedByAudiobookshelf(
            translatable(
                "refused.archived",
                "the book is archived because Audiobookshelf no longer has it; a scan restores it when it is back",
            )
        )


def _with_status(values: dict[str, Any]) -> dict[str, Any]:
    status = values.get("status")
    return values | ({"status": BookStatus(status)} if status else {})


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'item'}: {first['msg']}"
