"""Books that a person enters, changes and takes out again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from pydantic import ValidationError
from shared.chassis.clock import Clock
from shared.chassis.errors import NotFound, Refused
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

from library_scanner.domain.catalogue import StoredBook
from library_scanner.domain.manual_entry import book_entered, changed_by_hand, known_as
from library_scanner.domain.ports import Transaction, Transactions
from library_scanner.workflow.close_missing_books import close_what_appeared


class AlreadyThere(Refused):
    """It is there already."""

    code: ClassVar[str] = "exists"
    title: ClassVar[str] = "Exists already"


class OfAudiobookshelf(Refused):
    """Audiobookshelf has the say over this book."""

    code: ClassVar[str] = "of_audiobookshelf"
    title: ClassVar[str] = "Book of Audiobookshelf"


class Entering:
    """Each call is one transaction: what is refused leaves nothing behind."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def create(self, asked: CreateBook) -> Book:
        async with self._transaction() as tx:
            [answer] = await _enter(tx, [(0, asked.entry)], self._clock.now())
            if answer.status == "exists":
                raise AlreadyThere(f"the library has it by {answer.why}: /api/books/{answer.book_id}")
            return (await tx.lists.books_by_id([answer.book_id or uuid4()]))[0]

    async def import_many(self, asked: ImportBooks) -> list[ImportedBook]:
        answers: list[ImportedBook] = []
        entries: list[tuple[int, BookEntry]] = []
        for index, item in enumerate(asked.items):
            try:
                entries.append((index, BookEntry.model_validate(item)))
            except ValidationError as error:
                answers.append(ImportedBook(index=index, status="refused", why=_why(error)))
        async with self._transaction() as tx:
            answers += await _enter(tx, entries, self._clock.now())
        return sorted(answers, key=lambda answer: answer.index)

    async def update(self, asked: UpdateBook) -> Book:
        values = {name: getattr(asked.update, name) for name in asked.given if name in type(asked.update).model_fields}
        async with self._transaction() as tx:
            await tx.lock()
            stored = await _book(tx, asked.id)
            _may_set(stored.book, values)
            changed = changed_by_hand(stored, _with_status(values), now=self._clock.now())
            await tx.books.save([changed])
            await tx.counts.renew_around([asked.id])
            await tx.links.renew([changed.book])
            await tx.counts.renew_around([asked.id])
            tx.announce(BookChanged(book=changed.book, fields=sorted(values)))
        return changed.book

    async def delete(self, asked: DeleteBook) -> Book:
        async with self._transaction() as tx:
            await tx.lock()
            stored = await _book(tx, asked.id)
            if stored.book.abs_id is not None:
                raise OfAudiobookshelf(
                    "remove it in Audiobookshelf, and the next scan archives it; "
                    'or PUT {"status": "duplicate"} to leave it out of the counts'
                )
            await tx.books.archive([asked.id], self._clock.now())
            await tx.counts.renew_around([asked.id])
            await tx.books.delete(asked.id)
            tx.announce(BookVanished(book_id=asked.id))
        return stored.book


async def _enter(tx: Transaction, entries: Sequence[tuple[int, BookEntry]], now: datetime) -> list[ImportedBook]:
    """Enter what is new; say of the rest which book it is."""
    await tx.lock()
    known = [stored.book for stored in await tx.books.like([entry for _, entry in entries])]
    answers: list[ImportedBook] = []
    made: list[StoredBook] = []
    for index, entry in entries:
        match = known_as(entry, known)
        if match is not None:
            answers.append(ImportedBook(index=index, status="exists", book_id=match[0].id, why=match[1]))
            continue
        stored = book_entered(entry, new_id=uuid4(), now=now)
        made.append(stored)
        known.append(stored.book)
        answers.append(ImportedBook(index=index, status="created", book_id=stored.book.id))
    books = [stored.book for stored in made]
    await tx.books.save(made)
    await tx.links.renew(books)
    await close_what_appeared(tx, books, now)
    await tx.counts.renew_around([book.id for book in books])
    for book in books:
        tx.announce(BookAppeared(book=book))
    return answers


async def _book(tx: Transaction, book_id: UUID) -> StoredBook:
    stored = await tx.books.by_id(book_id)
    if stored is None:
        raise NotFound(f"the library knows no book {book_id}")
    return stored


def _may_set(book: Book, values: dict[str, Any]) -> None:
    others = sorted(set(values) - {"status"})
    if book.abs_id is not None and others:
        raise OfAudiobookshelf(
            f"{', '.join(others)} of a book of Audiobookshelf: use POST /api/books/{book.id}/metadata"
        )
    if book.status is BookStatus.ARCHIVED:
        raise OfAudiobookshelf("it is archived because Audiobookshelf no longer shows it; a scan brings it back")


def _with_status(values: dict[str, Any]) -> dict[str, Any]:
    status = values.get("status")
    return values | ({"status": BookStatus(status)} if status else {})


def _why(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'item'}: {first['msg']}"
