"""/api/books"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from shared.contracts.library.authors import GetAuthor
from shared.contracts.library.books import Book, GetBook, ListBooks, SearchBooks
from shared.contracts.library.missing_books import GetMissingBook, ListMissingBooks, MissingBook
from shared.contracts.library.series import GetSeries
from shared.contracts.page import Page

from gateway.dependencies import BusDep
from gateway.pages import PageOfBooks
from gateway.problems import problems

router = APIRouter(prefix="/api/books", tags=["books"], responses=problems())


@router.get("")
async def list_books(bus: BusDep, query: Annotated[ListBooks, Query()]) -> Page[Book]:
    """Books in the library, newest first."""
    return await bus.ask(query)


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


@router.get("/{book_id}", responses=problems(404))
async def get_book(bus: BusDep, book_id: UUID) -> Book:
    """One book."""
    return await bus.ask(GetBook(id=book_id))
