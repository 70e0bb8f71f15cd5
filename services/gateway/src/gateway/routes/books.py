"""/api/books"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from shared.contracts.library.books import Book, GetBook, ListBooks
from shared.contracts.library.missing_books import GetMissingBook, ListMissingBooks, MissingBook
from shared.contracts.page import Page

from gateway.dependencies import BusDep
from gateway.problems import problems

router = APIRouter(prefix="/api/books", tags=["books"], responses=problems())


@router.get("")
async def list_books(bus: BusDep, query: Annotated[ListBooks, Query()]) -> Page[Book]:
    """Books in the library, newest first."""
    return await bus.ask(query)


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
