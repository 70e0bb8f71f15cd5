"""/api/v1: what programs for Readarr read, such as Homepage and Homarr. It changes nothing.

These routes are not in the description of the API: they follow Readarr's, and docs/readarr-api.md says for which
programs they are. The key is also accepted as `apikey` in the address, as in Readarr.
"""

from collections.abc import AsyncIterator
from datetime import date
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BeforeValidator
from shared.chassis.bus import Bus
from shared.contracts.downloads.downloads import ListDownloads
from shared.contracts.downloads.folders import ListFolders
from shared.contracts.library.books import ListBooks
from shared.contracts.library.calendar import GetCalendar
from shared.contracts.library.missing_books import ListMissingBooks
from shared.contracts.values import MissingStatus

from gateway.http.dependencies import BusDep
from gateway.readarr.book_list import BookList
from gateway.readarr.resources import (
    IN_CLIENT,
    BookResource,
    HealthIssue,
    PageOf,
    QueueStatus,
    RootFolder,
    calendar_book,
    health_issues,
    missing_book,
    owned_book,
    queue_item,
    root_folders,
)
from gateway.routes.doctor import DoctorDep

router = APIRouter(include_in_schema=False)

WANTED = [MissingStatus.IDENTIFIED, MissingStatus.QUEUED, MissingStatus.DOWNLOADING, MissingStatus.FAILED]
AT_ONCE = 500
"""Books that are requested with one message."""


def _day(value: object) -> object:
    """The day of a time. Programs write the start and the end of a period in several formats."""
    return value[:10] if isinstance(value, str) else value


def _within_bounds(value: object) -> object:
    """The nearest page size. Programs that want everything ask for thousands, or for -1."""
    try:
        number = int(str(value))
    except ValueError:
        return value
    return number if 1 <= number <= AT_ONCE else AT_ONCE


Day = Annotated[date | None, BeforeValidator(_day)]
PageNumber = Annotated[int, Query(ge=1, le=20_000)]
PageSize = Annotated[int, BeforeValidator(_within_bounds), Query(alias="pageSize")]


@router.get("/api")
async def get_api_versions() -> dict[str, Any]:
    """The versions of the API, with which Homarr tests the address and the key."""
    return {"current": "v1", "deprecated": []}


@router.get("/api/v1/system/status")
async def get_readarr_status() -> dict[str, Any]:
    """The name and the version. `appName` is the name that programs look for."""
    return {
        "appName": "Readarr",
        "instanceName": "Gapless",
        "version": version("gapless-gateway"),
        "branch": "main",
        "authentication": "forms",
        "isDebug": False,
        "isProduction": True,
        "isAdmin": False,
        "isUserInteractive": False,
        "isDocker": True,
        "isLinux": True,
        "osName": "linux",
        "urlBase": "",
        "startupPath": "",
        "appData": "",
    }


@router.get("/api/v1/health")
async def list_health_issues(doctor: DoctorDep) -> list[HealthIssue]:
    """What the doctor finds, without what is fine."""
    return health_issues((await doctor.examine(test_now=False)).findings)


@router.get("/api/v1/rootfolder")
async def list_root_folders(bus: BusDep) -> list[RootFolder]:
    """The library folder, with its free space."""
    folders = await bus.ask(ListFolders())
    return root_folders(folders)


@router.get("/api/v1/queue")
async def list_queue(bus: BusDep, page: PageNumber = 1, page_size: PageSize = 10) -> PageOf:
    """The downloads that the download client has, newest first."""
    request = ListDownloads(status=list(IN_CLIENT), limit=page_size, offset=(page - 1) * page_size)
    found = await bus.ask(request)
    return PageOf(
        page=page, page_size=page_size, sort_key="added", sort_direction="descending", total_records=found.total,
        records=[queue_item(each) for each in found.items],
    )  # fmt: skip


@router.get("/api/v1/queue/status")
async def get_queue_status(bus: BusDep) -> QueueStatus:
    """How many downloads the download client has."""
    found = await bus.ask(ListDownloads(status=list(IN_CLIENT), limit=1))
    return QueueStatus(total_count=found.total, count=found.total)


@router.get("/api/v1/wanted/missing")
async def list_wanted_books(bus: BusDep, page: PageNumber = 1, page_size: PageSize = 10) -> PageOf:
    """The wanted books, by title. Upcoming and ignored books are not wanted."""
    request = ListMissingBooks(status=WANTED, limit=page_size, offset=(page - 1) * page_size, sort="title")
    found = await bus.ask(request)
    return PageOf(
        page=page, page_size=page_size, sort_key="title", sort_direction="ascending", total_records=found.total,
        records=[missing_book(each) for each in found.items],
    )  # fmt: skip


@router.get("/api/v1/calendar")
async def list_calendar_books(bus: BusDep, start: Day = None, end: Day = None) -> list[BookResource]:
    """The releases of followed series and authors in a period."""
    return [calendar_book(each) for each in await bus.ask(GetCalendar(first=start, last=end))]


async def _book_list(request: Request) -> BookList:
    books: BookList = request.app.state.readarr_books
    return books


@router.get("/api/v1/book")
async def list_readarr_books(bus: BusDep, books: Annotated[BookList, Depends(_book_list)]) -> StreamingResponse:
    """All books of the library, then all wanted books. A long list is up to five minutes old."""
    return StreamingResponse(await books.pieces(lambda: _all_books(bus)), media_type="application/json")


async def _all_books(bus: Bus) -> AsyncIterator[list[str]]:
    """The JSON objects of the books, page by page."""
    offset, total = 0, 1
    while offset < total:
        owned = await bus.ask(ListBooks(limit=AT_ONCE, offset=offset, sort="added_at"))
        yield [owned_book(each).model_dump_json(by_alias=True) for each in owned.items]
        offset, total = offset + AT_ONCE, owned.total
    offset, total = 0, 1
    status = [*WANTED, MissingStatus.UPCOMING]
    while offset < total:
        wanted = await bus.ask(ListMissingBooks(status=status, limit=AT_ONCE, offset=offset, sort="title"))
        yield [missing_book(each).model_dump_json(by_alias=True) for each in wanted.items]
        offset, total = offset + AT_ONCE, wanted.total
