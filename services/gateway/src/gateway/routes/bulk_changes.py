"""Changes of many books, missing books and downloads in one call"""

from typing import Any, ClassVar

from fastapi import APIRouter, Response
from shared.chassis.errors import Refused
from shared.contracts.bulk import BulkResult
from shared.contracts.downloads.bulk_changes import (
    CancelDownloads,
    DeleteDownloads,
    DownloadSelection,
    RetryDownloads,
    SearchMissingBooks,
)
from shared.contracts.library.books import BookSelection, SelectBooks
from shared.contracts.library.locks import ChangeLocks, LocksToChange
from shared.contracts.library.missing_books import MissingBookSelection, MissingBookUpdate, UpdateMissingBooks
from shared.contracts.metadata.refreshes import MAX_BOOKS
from shared.contracts.scheduler import Run, RunTask

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems
from gateway.http.responses import accepted

books_router = APIRouter(prefix="/api/books", tags=["books"], responses=problems(409))
downloads_router = APIRouter(prefix="/api/downloads", tags=["downloads"], responses=problems(409))


class TooManyBooks(Refused):
    """More ids than one refresh takes."""

    code: ClassVar[str] = "too_many_books"
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Too many books"


@books_router.post("/missing/search", summary="Search many missing books")
async def search_missing_books(bus: BusDep, body: MissingBookSelection) -> BulkResult:
    """Search the missing books with these ids, or all that a list contains.

    A download that failed or waits is searched again, and a book without a download gets one. Acceptable releases are
    grabbed without another approval. A book whose download is in progress is refused.
    """
    return await bus.ask(SearchMissingBooks(selection=body))


@books_router.post("/missing/ignore", summary="Ignore many missing books")
async def ignore_missing_books(bus: BusDep, body: MissingBookSelection) -> BulkResult:
    """Ignore the missing books with these ids, or all that a list contains. `want` with the ids in `done` undoes it."""
    return await bus.ask(UpdateMissingBooks(selection=body, update=MissingBookUpdate(status="ignored")))


@books_router.post("/missing/want", summary="Want many missing books again")
async def want_missing_books(bus: BusDep, body: MissingBookSelection) -> BulkResult:
    """Want the missing books with these ids again, or all that a list contains."""
    return await bus.ask(UpdateMissingBooks(selection=body, update=MissingBookUpdate(status="identified")))


@books_router.post("/lock", summary="Lock fields of many books")
async def lock_books(bus: BusDep, body: LocksToChange) -> BulkResult:
    """Lock these fields of the books. A locked field is changed only by a person."""
    return await bus.ask(ChangeLocks(selection=body, locked=True))


@books_router.post("/unlock", summary="Unlock fields of many books")
async def unlock_books(bus: BusDep, body: LocksToChange) -> BulkResult:
    """Unlock these fields of the books, also those that a person set. They may be changed automatically again."""
    return await bus.ask(ChangeLocks(selection=body, locked=False))


@books_router.post("/refresh", status_code=202, summary="Refresh chosen books")
async def refresh_chosen_books(bus: BusDep, response: Response, body: BookSelection) -> Run:
    """Refresh the metadata of the books with these ids, or of all that a list contains.

    The run has the result of each book. Refused while such a run is in progress.
    """
    if body.ids is not None and len(body.ids) > MAX_BOOKS:
        raise TooManyBooks(
            f"{len(body.ids)} ids: one refresh takes {MAX_BOOKS} ids, or any number of books by a filter"
        )
    await bus.ask(SelectBooks(selection=body))
    chosen = body.model_dump(mode="json", exclude_none=True)
    parameters: dict[str, Any] = {"books": chosen.get("ids", chosen.get("filter"))}
    return accepted(response, await bus.ask(RunTask(name="metadata_books", parameters=parameters)))


@downloads_router.post("/retry", summary="Retry many downloads")
async def retry_downloads(bus: BusDep, body: DownloadSelection) -> BulkResult:
    """Retry the downloads with these ids, or all that a list contains."""
    return await bus.ask(RetryDownloads(selection=body))


@downloads_router.post("/cancel", summary="Cancel many downloads")
async def cancel_downloads(bus: BusDep, body: DownloadSelection) -> BulkResult:
    """Cancel the downloads with these ids, or all that a list contains. `retry` starts them again with a search."""
    return await bus.ask(CancelDownloads(selection=body))


@downloads_router.post("/delete", summary="Delete many downloads")
async def delete_downloads(bus: BusDep, body: DownloadSelection) -> BulkResult:
    """Delete the records of ended downloads. Their failures and the blocklist are kept."""
    return await bus.ask(DeleteDownloads(selection=body))
