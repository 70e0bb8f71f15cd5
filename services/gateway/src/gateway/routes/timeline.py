"""The timelines of a missing book, a download and a book. Registered before the routes that match any id."""

from uuid import UUID

from fastapi import APIRouter

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems
from gateway.workflow.timeline import Subjects, TimelineReport, build_timeline

router = APIRouter(responses=problems(404))


@router.get("/api/books/missing/{missing_book_id}/timeline", tags=["books"], summary="Why is this book missing?")
async def missing_book_timeline(bus: BusDep, missing_book_id: UUID) -> TimelineReport:
    """How the gap was found, the searches and their results, each rejected release with the rule, the grab, the
    transfer, the import with its confirmation, and planned retries. One list from all services.
    """
    return await build_timeline(bus, Subjects(missing_books=frozenset({missing_book_id})))


@router.get("/api/downloads/{download_id}/timeline", tags=["downloads"], summary="What happened to this download?")
async def download_timeline(bus: BusDep, download_id: UUID) -> TimelineReport:
    """The history of a download and of its book. One list from all services."""
    return await build_timeline(bus, Subjects(downloads=frozenset({download_id})))


@router.get("/api/books/{book_id}/timeline", tags=["books"], summary="Where does this book come from?")
async def book_timeline(bus: BusDep, book_id: UUID) -> TimelineReport:
    """How a book came into the library and where each of its fields comes from. One list from all services."""
    return await build_timeline(bus, Subjects(books=frozenset({book_id})))
