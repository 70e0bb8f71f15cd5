"""/api/authors"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from shared.contracts.library.authors import Author, GetAuthor, ListAuthors, SearchAuthors
from shared.contracts.library.books import Book
from shared.contracts.library.series import Series
from shared.contracts.page import Page

from gateway.dependencies import BusDep
from gateway.pages import PageOfBooks, PageOfSeries
from gateway.problems import problems

router = APIRouter(prefix="/api/authors", tags=["authors"], responses=problems())


@router.get("")
async def list_authors(bus: BusDep, query: Annotated[ListAuthors, Query()]) -> Page[Author]:
    """Authors of the library."""
    return await bus.ask(query)


@router.get("/search")
async def search_authors(bus: BusDep, query: Annotated[SearchAuthors, Query()]) -> Page[Author]:
    """Authors by name; typos forgiven, the best first."""
    return await bus.ask(query)


@router.get("/{author_id}", responses=problems(404))
async def get_author(bus: BusDep, author_id: UUID) -> Author:
    """One author."""
    return await bus.ask(GetAuthor(id=author_id))


@router.get("/{author_id}/books", responses=problems(404))
async def list_books_of_author(bus: BusDep, author_id: UUID, query: Annotated[PageOfBooks, Query()]) -> Page[Book]:
    """What the library holds by one author."""
    await bus.ask(GetAuthor(id=author_id))
    return await bus.ask(query.of(author_id=author_id))


@router.get("/{author_id}/series", responses=problems(404))
async def list_series_of_author(bus: BusDep, author_id: UUID, query: Annotated[PageOfSeries, Query()]) -> Page[Series]:
    """The series that one author's books belong to."""
    await bus.ask(GetAuthor(id=author_id))
    return await bus.ask(query.of(author_id=author_id))
