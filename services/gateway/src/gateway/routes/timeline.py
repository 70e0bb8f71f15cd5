"""The stories of a missing book, a download and a book: registered before the routes that take any id."""

from uuid import UUID

from fastapi import APIRouter

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems
from gateway.workflow.timeline import Subjects, TimelineReport, tell

router = APIRouter(responses=problems(404))


@router.get("/api/books/missing/{missing_book_id}/timeline", tags=["books"], summary="Why is this book not here?")
async def tell_missing_book(bus: BusDep, missing_book_id: UUID) -> TimelineReport:
    """How the gap was found, each search and what it found, each release rejected and by which rule, the grab, the
    transfer, the import, its confirmation, and retries to come: one list from all services, in words.
    """
    return await tell(bus, Subjects(missing_books=frozenset({missing_book_id})))


@router.get("/api/downloads/{download_id}/timeline", tags=["downloads"], summary="What happened to this download?")
async def tell_download(bus: BusDep, download_id: UUID) -> TimelineReport:
    """What happened to a download, and to the book it is for: one list from all services, in words."""
    return await tell(bus, Subjects(downloads=frozenset({download_id})))


@router.get("/api/books/{book_id}/timeline", tags=["books"], summary="Where does this book come from?")
async def tell_book(bus: BusDep, book_id: UUID) -> TimelineReport:
    """How a book came into the library and where each of its fields came from: one list from all services, in words."""
    return await tell(bus, Subjects(books=frozenset({book_id})))
