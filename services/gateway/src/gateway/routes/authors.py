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
    ListAuthorLetters,
    ListAuthors,
    SearchAuthors,
    UpdateAuthor,
)
from shared.contracts.library.books import Book
from shared.contracts.library.following import AuthorFollow, FollowEffect, FollowMode, PreviewFollow
from shared.contracts.library.letters import Letters
from shared.contracts.library.series import Series
from shared.contracts.library.work_lists import WorkList
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.metadata.similar_authors import FindSimilarAuthors, SimilarAuthors
from shared.contracts.page import Page
from shared.contracts.scheduler import Run, RunTask
from shared.contracts.values import Words

from gateway.http.dependencies import BusDep
from gateway.http.pagination import PageOfBooks, PageOfSeries, PageOfWorks
from gateway.http.problems import problems
from gateway.http.responses import accepted

router = APIRouter(prefix="/api/authors", tags=["authors"], responses=problems())


@router.get("", summary="List authors")
async def list_authors(bus: BusDep, query: Annotated[ListAuthors, Query()]) -> Page[Author]:
    """The authors of the library, page by page."""
    return await bus.ask(query)


@router.post("", status_code=201, responses=problems(409), summary="Add an author")
async def create_author(bus: BusDep, response: Response, entry: AuthorEntry) -> Author:
    """Add an author by hand, to follow them before the library has a book of theirs."""
    created = await bus.ask(CreateAuthor(entry=entry))
    response.headers["Location"] = f"/api/authors/{created.id}"
    return created


@router.get("/letters", summary="List the first letters of authors")
async def list_author_letters(bus: BusDep, query: Annotated[ListAuthorLetters, Query()]) -> Letters:
    """Where each first letter begins in the list with these filters, sorted by name."""
    return await bus.ask(query)


@router.get("/search", summary="Search authors")
async def search_authors(bus: BusDep, query: Annotated[SearchAuthors, Query()]) -> Page[Author]:
    """Search authors by name. Tolerates typos; the best match comes first."""
    return await bus.ask(query)


@router.get("/look-up", summary="Look up an author at the providers")
async def look_up_author(bus: BusDep, name: Annotated[Words, Query()]) -> SimilarAuthors:
    """The ASIN of the author with this name and similar authors, before the author is added. Requests the providers."""
    return await bus.ask(FindSimilarAuthors(name=name))


@router.get("/{author_id}", responses=problems(404), summary="Show an author")
async def get_author(bus: BusDep, author_id: UUID) -> Author:
    """One author, with the numbers of their books."""
    return await bus.ask(GetAuthor(id=author_id))


@router.put("/{author_id}", responses=problems(404, 409), summary="Change an author")
async def update_author(bus: BusDep, author_id: UUID, update: AuthorUpdate) -> Author:
    """Change which works of an author are wanted. The name can be changed only if the author was added by hand."""
    return await bus.ask(UpdateAuthor(id=author_id, update=update))


@router.delete("/{author_id}", status_code=204, responses=problems(404, 409), summary="Delete an author")
async def delete_author(bus: BusDep, author_id: UUID) -> None:
    """Delete an author without books."""
    await bus.ask(DeleteAuthor(id=author_id))


@router.get("/{author_id}/books", responses=problems(404), summary="List an author's books")
async def list_books_of_author(bus: BusDep, author_id: UUID, query: Annotated[PageOfBooks, Query()]) -> Page[Book]:
    """The books of one author that the library contains."""
    await bus.ask(GetAuthor(id=author_id))
    return await bus.ask(query.of(author_id=author_id))


@router.get("/{author_id}/series", responses=problems(404), summary="List an author's series")
async def list_series_of_author(bus: BusDep, author_id: UUID, query: Annotated[PageOfSeries, Query()]) -> Page[Series]:
    """The series to which the books of one author belong."""
    await bus.ask(GetAuthor(id=author_id))
    return await bus.ask(query.of(author_id=author_id))


@router.get("/{author_id}/list", responses=problems(404), summary="List every work of an author")
async def list_works_of_author(bus: BusDep, author_id: UUID, query: Annotated[PageOfWorks, Query()]) -> WorkList:
    """Every work of an author that the providers know: kind, state and the reason, with the age of the list."""
    return await bus.ask(query.of(BibliographyOf.AUTHOR, author_id))


@router.get("/{author_id}/follow-effect", responses=problems(404), summary="Preview an author's follow mode")
async def preview_follow_of_author(bus: BusDep, author_id: UUID, follow: AuthorFollow) -> FollowEffect:
    """Which missing books a change of `follow` would close, and which it would add. It changes nothing."""
    return await bus.ask(PreviewFollow(of=BibliographyOf.AUTHOR, id=author_id, follow=FollowMode(follow)))


@router.get("/{author_id}/similar", responses=problems(404), summary="List similar authors")
async def list_similar_authors(bus: BusDep, author_id: UUID) -> SimilarAuthors:
    """An author's ASIN and similar authors by the providers, each with what the library has of them."""
    author = await bus.ask(GetAuthor(id=author_id))
    return await bus.ask(FindSimilarAuthors(name=author.name))


@router.get("/{author_id}/statistics", responses=problems(404), summary="Show an author's statistics")
async def author_statistics(bus: BusDep, author_id: UUID) -> AuthorStatistics:
    """Owned and missing books, completion, duration, size and formats of one author."""
    return await bus.ask(GetAuthorStatistics(id=author_id))


@router.post("/{author_id}/refresh", status_code=202, responses=problems(404, 409), summary="Rescan an author's books")
async def refresh_author(bus: BusDep, response: Response, author_id: UUID) -> Run:
    """Scan the library and read every book of this author from Audiobookshelf again."""
    await bus.ask(GetAuthor(id=author_id))
    order = RunTask(name="library_scan", parameters={"author_ids": [str(author_id)]})
    return accepted(response, await bus.ask(order))
