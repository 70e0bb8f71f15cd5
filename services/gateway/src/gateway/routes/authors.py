"""/api/authors"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from shared.contracts.library.authors import (
    Author,
    AuthorEntry,
    AuthorStatistics,
    AuthorUpdate,
    CreateAuthor,
    DeleteAuthor,
    GetAuthor,
    GetAuthorStatistics,
    ListAuthors,
    SearchAuthors,
    UpdateAuthor,
)
from shared.contracts.library.books import Book
from shared.contracts.library.series import Series
from shared.contracts.page import Page
from shared.contracts.scheduler import Run, RunTask

from gateway.http.dependencies import BusDep
from gateway.http.pagination import PageOfBooks, PageOfSeries
from gateway.http.problems import problems
from gateway.http.responses import accepted

router = APIRouter(prefix="/api/authors", tags=["authors"], responses=problems())


@router.get("")
async def list_authors(bus: BusDep, query: Annotated[ListAuthors, Query()]) -> Page[Author]:
    """Authors of the library."""
    return await bus.ask(query)


@router.post("", status_code=201, responses=problems(409))
async def create_author(bus: BusDep, response: Response, entry: AuthorEntry) -> Author:
    """Enter an author, to be followed although the library may have no book of theirs yet."""
    created = await bus.ask(CreateAuthor(entry=entry))
    response.headers["Location"] = f"/api/authors/{created.id}"
    return created


@router.get("/search")
async def search_authors(bus: BusDep, query: Annotated[SearchAuthors, Query()]) -> Page[Author]:
    """Authors by name; typos forgiven, the best first."""
    return await bus.ask(query)


@router.get("/{author_id}", responses=problems(404))
async def get_author(bus: BusDep, author_id: UUID) -> Author:
    """One author."""
    return await bus.ask(GetAuthor(id=author_id))


@router.put("/{author_id}", responses=problems(404, 409))
async def update_author(bus: BusDep, author_id: UUID, update: AuthorUpdate) -> Author:
    """Follow an author or not; name one that was entered by hand."""
    return await bus.ask(UpdateAuthor(id=author_id, update=update))


@router.delete("/{author_id}", status_code=204, responses=problems(404, 409))
async def delete_author(bus: BusDep, author_id: UUID) -> None:
    """Forget an author without books."""
    await bus.ask(DeleteAuthor(id=author_id))


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


@router.get("/{author_id}/statistics", responses=problems(404))
async def author_statistics(bus: BusDep, author_id: UUID) -> AuthorStatistics:
    """Owned, missing, completion, playing time, size and formats of one author."""
    return await bus.ask(GetAuthorStatistics(id=author_id))


@router.post("/{author_id}/refresh", status_code=202, responses=problems(404, 409))
async def refresh_author(bus: BusDep, response: Response, author_id: UUID) -> Run:
    """Scan the library, reading every book of this author anew from Audiobookshelf."""
    await bus.ask(GetAuthor(id=author_id))
    order = RunTask(name="library_scan", parameters={"author_ids": [str(author_id)]})
    return accepted(response, await bus.ask(order))
