"""/api/books"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from shared.contracts.library.authors import GetAuthor
from shared.contracts.library.books import (
    Book,
    BookEntry,
    BookUpdate,
    CreateBook,
    DeleteBook,
    GetBook,
    ListBookLetters,
    ListBooks,
    SearchBooks,
    UpdateBook,
)
from shared.contracts.library.bulk_import import BooksToImport, ImportBooks, ImportedBook
from shared.contracts.library.letters import Letters
from shared.contracts.library.listed_works import AddedWork, WantWork
from shared.contracts.library.locks import BookLocks, FieldsToLock, GetLocks, SetLocks
from shared.contracts.library.missing_books import (
    GetMissingBook,
    ListMissingBooks,
    MissingBook,
    MissingBookUpdate,
    UpdateMissingBook,
)
from shared.contracts.library.series import GetSeries
from shared.contracts.page import Page

from gateway.http.dependencies import BusDep
from gateway.http.pagination import PageOfBooks
from gateway.http.problems import problems

router = APIRouter(prefix="/api/books", tags=["books"], responses=problems())


@router.get("", summary="List books")
async def list_books(bus: BusDep, query: Annotated[ListBooks, Query()]) -> Page[Book]:
    """The books of the library, newest first by default."""
    return await bus.ask(query)


@router.post("", status_code=201, responses=problems(409), summary="Add a book")
async def create_book(bus: BusDep, response: Response, entry: BookEntry) -> Book:
    """Add a book that you own elsewhere. It counts as owned and is never searched."""
    book = await bus.ask(CreateBook(entry=entry))
    response.headers["Location"] = f"/api/books/{book.id}"
    return book


@router.post("/bulk-import", summary="Add many books")
async def import_books(bus: BusDep, books: BooksToImport) -> list[ImportedBook]:
    """Add up to 1,000 books by hand. Each has its own result: created, already there, or refused with the reason."""
    return await bus.ask(ImportBooks(items=books.items))


@router.get("/letters", summary="List the first letters of books")
async def list_book_letters(bus: BusDep, query: Annotated[ListBookLetters, Query()]) -> Letters:
    """Where each first letter begins in the list with these filters, sorted by title."""
    return await bus.ask(query)


@router.get("/search", summary="Search books")
async def search_books(bus: BusDep, query: Annotated[SearchBooks, Query()]) -> Page[Book]:
    """Search books by title, author, series, narrator, ISBN or ASIN. Tolerates typos; the best match comes first."""
    return await bus.ask(query)


@router.get("/series/{series_id}", responses=problems(404), summary="List books of a series")
async def list_books_in_series(bus: BusDep, series_id: UUID, query: Annotated[PageOfBooks, Query()]) -> Page[Book]:
    """The books of one series that the library contains."""
    await bus.ask(GetSeries(id=series_id))
    return await bus.ask(query.of(series_id=series_id))


@router.get("/author/{author_id}", responses=problems(404), summary="List books by an author")
async def list_books_by_author(bus: BusDep, author_id: UUID, query: Annotated[PageOfBooks, Query()]) -> Page[Book]:
    """The books of one author that the library contains."""
    await bus.ask(GetAuthor(id=author_id))
    return await bus.ask(query.of(author_id=author_id))


@router.get("/missing", summary="List missing books")
async def list_missing_books(bus: BusDep, query: Annotated[ListMissingBooks, Query()]) -> Page[MissingBook]:
    """Works that the library does not contain, by priority."""
    return await bus.ask(query)


@router.post("/missing", summary="Want a book")
async def want_book(bus: BusDep, work: WantWork) -> AddedWork:
    """Make a missing book of a work, such as an entry of a top list. Its search is the next one that is due.

    Nothing is added if the library owns the work or knows it as missing: then the answer names that book.
    """
    return await bus.ask(work)


@router.get("/missing/{missing_book_id}", responses=problems(404), summary="Show a missing book")
async def get_missing_book(bus: BusDep, missing_book_id: UUID) -> MissingBook:
    """One missing book, with the evidence for the gap."""
    return await bus.ask(GetMissingBook(id=missing_book_id))


@router.put("/missing/{missing_book_id}", responses=problems(404, 409), summary="Change a missing book")
async def update_missing_book(bus: BusDep, missing_book_id: UUID, update: MissingBookUpdate) -> MissingBook:
    """Ignore a missing book, want it again, or change its priority.

    A book with the status `was_owned` is gone from the library. Set its status to say whether you want it again.
    """
    return await bus.ask(UpdateMissingBook(id=missing_book_id, update=update))


@router.get("/{book_id}", responses=problems(404), summary="Show a book")
async def get_book(bus: BusDep, book_id: UUID) -> Book:
    """One book of the library."""
    return await bus.ask(GetBook(id=book_id))


@router.put("/{book_id}", responses=problems(404, 409), summary="Change a book")
async def update_book(bus: BusDep, book_id: UUID, update: BookUpdate) -> Book:
    """Change the given fields: all fields of a book added by hand, only `status` of a book in Audiobookshelf."""
    return await bus.ask(UpdateBook(id=book_id, update=update, given=sorted(update.model_fields_set)))


@router.get("/{book_id}/locks", responses=problems(404), summary="Show the locks of a book")
async def get_locks(bus: BusDep, book_id: UUID) -> BookLocks:
    """The fields of a book that are never changed automatically, because a person locked or set them."""
    return await bus.ask(GetLocks(book_id=book_id))


@router.put("/{book_id}/locks", responses=problems(404), summary="Lock fields of a book")
async def set_locks(bus: BusDep, book_id: UUID, body: FieldsToLock) -> BookLocks:
    """Lock these fields and unlock all others, also those that a person set.

    A locked field is changed only by a person. No change of it is proposed.
    """
    return await bus.ask(SetLocks(book_id=book_id, fields=body.fields))


@router.delete("/{book_id}", status_code=204, responses=problems(404, 409), summary="Delete a book")
async def delete_book(bus: BusDep, book_id: UUID) -> None:
    """Delete a book that was added by hand."""
    await bus.ask(DeleteBook(id=book_id))
