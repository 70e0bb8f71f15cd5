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
    ListBooks,
    SearchBooks,
    UpdateBook,
)
from shared.contracts.library.bulk_import import BooksToImport, ImportBooks, ImportedBook
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


@router.get("")
async def list_books(bus: BusDep, query: Annotated[ListBooks, Query()]) -> Page[Book]:
    """Books in the library, newest first."""
    return await bus.ask(query)


@router.post("", status_code=201, responses=problems(409))
async def create_book(bus: BusDep, response: Response, entry: BookEntry) -> Book:
    """Enter a book that is owned elsewhere: it counts as owned, so that it is never searched for."""
    book = await bus.ask(CreateBook(entry=entry))
    response.headers["Location"] = f"/api/books/{book.id}"
    return book


@router.post("/bulk-import")
async def import_books(bus: BusDep, books: BooksToImport) -> list[ImportedBook]:
    """Enter up to 1,000 books by hand, with an answer for each: created, exists already, or refused and why."""
    return await bus.ask(ImportBooks(items=books.items))


@router.get("/search")
async def search_books(bus: BusDep, query: Annotated[SearchBooks, Query()]) -> Page[Book]:
    """Books by words of title, author, series or narrator, by ISBN or ASIN; typos forgiven, the best first."""
    return await bus.ask(query)


@router.get("/series/{series_id}", responses=problems(404))
async def list_books_in_series(bus: BusDep, series_id: UUID, query: Annotated[PageOfBooks, Query()]) -> Page[Book]:
    """The books of one series."""
    await bus.ask(GetSeries(id=series_id))
    return await bus.ask(query.of(series_id=series_id))


@router.get("/author/{author_id}", responses=problems(404))
async def list_books_by_author(bus: BusDep, author_id: UUID, query: Annotated[PageOfBooks, Query()]) -> Page[Book]:
    """The books of one author."""
    await bus.ask(GetAuthor(id=author_id))
    return await bus.ask(query.of(author_id=author_id))


@router.get("/missing")
async def list_missing_books(bus: BusDep, query: Annotated[ListMissingBooks, Query()]) -> Page[MissingBook]:
    """Works that the library lacks, most wanted first."""
    return await bus.ask(query)


@router.get("/missing/{missing_book_id}", responses=problems(404))
async def get_missing_book(bus: BusDep, missing_book_id: UUID) -> MissingBook:
    """One missing book, with the evidence for it."""
    return await bus.ask(GetMissingBook(id=missing_book_id))


@router.put("/missing/{missing_book_id}", responses=problems(404, 409))
async def update_missing_book(bus: BusDep, missing_book_id: UUID, update: MissingBookUpdate) -> MissingBook:
    """Set a missing book aside for good, want it again, or say how much it is wanted.

    This answers for a book of the status `was_owned`, which is gone from the library, whether it is wanted again.
    """
    return await bus.ask(UpdateMissingBook(id=missing_book_id, update=update))


@router.get("/{book_id}", responses=problems(404))
async def get_book(bus: BusDep, book_id: UUID) -> Book:
    """One book."""
    return await bus.ask(GetBook(id=book_id))


@router.put("/{book_id}", responses=problems(404, 409))
async def update_book(bus: BusDep, book_id: UUID, update: BookUpdate) -> Book:
    """Set the fields given: all of a book entered by hand, only `status` of one of Audiobookshelf."""
    return await bus.ask(UpdateBook(id=book_id, update=update, given=sorted(update.model_fields_set)))


@router.delete("/{book_id}", status_code=204, responses=problems(404, 409))
async def delete_book(bus: BusDep, book_id: UUID) -> None:
    """Forget a book that was entered by hand."""
    await bus.ask(DeleteBook(id=book_id))
