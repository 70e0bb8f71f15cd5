"""/api/authors"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from shared.contracts.library.authors import Author, GetAuthor, ListAuthors
from shared.contracts.page import Page

from gateway.dependencies import BusDep
from gateway.problems import problems

router = APIRouter(prefix="/api/authors", tags=["authors"], responses=problems())


@router.get("")
async def list_authors(bus: BusDep, query: Annotated[ListAuthors, Query()]) -> Page[Author]:
    """Authors of the library."""
    return await bus.ask(query)


@router.get("/{author_id}", responses=problems(404))
async def get_author(bus: BusDep, author_id: UUID) -> Author:
    """One author."""
    return await bus.ask(GetAuthor(id=author_id))
