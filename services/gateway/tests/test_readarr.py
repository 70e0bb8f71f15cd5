"""What programs for Readarr request, and what they read from the answer.

The requests are those of Homepage (`src/widgets/readarr`, `src/widgets/calendar/integrations/readarr.jsx`) and Homarr
(`packages/integrations/src/media-organizer/readarr`).
"""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import nats
import pytest
from gateway.readarr.resources import health_issues, number_of, queue_item
from nats.aio.client import Client
from nats.aio.msg import Msg
from shared.contracts.downloads.downloads import Download, DownloadStatus, ListDownloads
from shared.contracts.downloads.folders import Folder, ListFolders
from shared.contracts.gateway.doctor import DoctorFinding, Severity
from shared.contracts.library.books import Book, ListBooks
from shared.contracts.library.calendar import CalendarEntry, GetCalendar
from shared.contracts.library.missing_books import ListMissingBooks, MissingBook
from shared.contracts.library.work_lists import EntryState
from shared.contracts.message import Request
from shared.contracts.page import Page
from shared.contracts.values import MissingStatus
from shared.testing.flushing import flush

from .answering import answering
from .conftest import READ_KEY, Gateway

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OWNED = [
    Book(
        id=uuid4(), title=f"Book {number}", authors=["L. Frank Baum"], added_at=NOON, updated_at=NOON, path="",
        series=[{"name": "Oz", "sequence": str(number)}],
    )
    for number in range(3)
]  # fmt: skip
MISSING = MissingBook(
    id=uuid4(), title="Ozma of Oz", authors=["L. Frank Baum"], series="Oz", sequence="3", reason="series_gap",
    source="AUDIBLE", status="identified", priority=1, identified_at=NOON, updated_at=NOON,
    release_date=date(2020, 5, 1),
)  # fmt: skip
DOWNLOAD = Download(
    id=uuid4(), title="Ozma of Oz", status="downloading", created_at=NOON, updated_at=NOON, size_bytes=1000,
    progress=0.25, info_hash="ab" * 20, release_title="Ozma of Oz [m4b]", source="MAM",
)  # fmt: skip
RELEASE = CalendarEntry(
    id=uuid4(), date=date(2026, 12, 31), title="Glinda of Oz", authors=["L. Frank Baum"], series="Oz", place="14",
    state=EntryState.UPCOMING, why="released on 2026-12-31", author_id=UUID(int=7),
)  # fmt: skip


async def _answer_list(connection: Client, request: type[Request[Any]], items: list[Any]) -> list[Any]:
    """Answer one kind of request with a list; the requests that are received."""
    received: list[Any] = []

    async def respond(message: Msg) -> None:
        received.append(request.model_validate_json(message.data))
        content = json.dumps([each.model_dump(mode="json") for each in items])
        await connection.publish(message.reply, content.encode())

    await connection.subscribe(request.subject, cb=respond)
    await flush(connection)
    return received


def page(items: list[Any]) -> Page[Any]:
    return Page(items=items, total=len(items), limit=500, offset=0)


@pytest.fixture
async def requests(gateway: Gateway) -> AsyncIterator[dict[str, list[Any]]]:
    """The other services, and the requests that they receive by kind."""
    connection = await nats.connect(gateway.nats_url)
    async with AsyncExitStack() as stack:
        pages: list[tuple[type[Request[Any]], list[Any]]] = [
            (ListBooks, OWNED), (ListMissingBooks, [MISSING]), (ListDownloads, [DOWNLOAD]),
        ]  # fmt: skip
        received = {
            request.__name__: await stack.enter_async_context(answering(gateway.nats_url, request, page(items)))
            for request, items in pages
        }
        received["GetCalendar"] = await _answer_list(connection, GetCalendar, [RELEASE])
        library = Folder(name="library", path="/library", free_bytes=5, size_bytes=9)
        await _answer_list(connection, ListFolders, [Folder(name="downloads", path="/downloads"), library])
        yield received
    await connection.close()


async def call(gateway: Gateway, path: str, *, in_address: bool) -> Any:
    """A call of a program, which sends the key in the address (Homepage) or in the header (Homarr)."""
    if in_address:
        path += f"{'&' if '?' in path else '?'}apikey={READ_KEY}"
    answer = await gateway.call("GET", path, key=None if in_address else READ_KEY)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_homepage_shows_how_many_books_are_there_wanted_and_queued(
    gateway: Gateway, requests: dict[str, list[Any]]
) -> None:
    books = await call(gateway, "/api/v1/book", in_address=True)
    assert len([book for book in books if book["statistics"]["bookFileCount"] > 0]) == len(OWNED)
    assert len(books) == len(OWNED) + 1
    assert (await call(gateway, "/api/v1/wanted/missing", in_address=True))["totalRecords"] == 1
    assert (await call(gateway, "/api/v1/queue/status", in_address=True))["totalCount"] == 1
    assert requests["ListDownloads"][-1].status == ["downloading", "completed", "importing"]


async def test_homepage_shows_releases_in_its_calendar(gateway: Gateway, requests: dict[str, list[Any]]) -> None:
    query = "start=2026-12-01T00:00:00.000%2B01:00&end=2026-12-31T23:59:59.999%2B01:00&unmonitored=false"
    [event] = await call(gateway, f"/api/v1/calendar?{query}&includeAuthor=false", in_address=True)
    assert event["authorTitle"].replace(event["title"], "") == "L. Frank Baum "
    assert (event["seriesTitle"], event["releaseDate"]) == ("Oz #14", "2026-12-31")
    assert requests["GetCalendar"] == [GetCalendar(first=date(2026, 12, 1), last=date(2026, 12, 31))]


async def test_homarr_tests_the_connection_and_reads_the_calendar(
    gateway: Gateway, requests: dict[str, list[Any]]
) -> None:
    assert (await call(gateway, "/api", in_address=False))["current"] == "v1"
    query = "start=2026-12-01T00:00:00.000Z&end=2026-12-31T23:59:59.999Z&unmonitored=true&includeAuthor=true"
    [event] = await call(gateway, f"/api/v1/calendar?{query}", in_address=False)
    assert event["author"] == {
        "id": number_of(UUID(int=7)), "authorName": "L. Frank Baum", "foreignAuthorId": str(UUID(int=7)),
        "monitored": True,
    }  # fmt: skip
    assert (event["title"], event["images"], event["links"]) == ("Glinda of Oz", [], [])
    assert datetime.fromisoformat(event["releaseDate"]).date() == RELEASE.date
    assert requests["GetCalendar"]


async def test_a_page_of_the_queue_and_of_wanted_books_is_numbered_from_one(
    gateway: Gateway, requests: dict[str, list[Any]]
) -> None:
    queue = await call(gateway, "/api/v1/queue?page=3&pageSize=20&sortKey=timeleft&includeBook=true", in_address=False)
    assert (requests["ListDownloads"][-1].limit, requests["ListDownloads"][-1].offset) == (20, 40)
    assert (queue["page"], queue["pageSize"], queue["totalRecords"]) == (3, 20, 1)
    [item] = queue["records"]
    assert (item["size"], item["sizeleft"], item["status"]) == (1000, 750, "downloading")
    assert (item["title"], item["downloadId"], item["trackedDownloadStatus"]) == ("Ozma of Oz [m4b]", "AB" * 20, "ok")
    wanted = await call(gateway, "/api/v1/wanted/missing?page=1&pageSize=-1&includeAuthor=true", in_address=False)
    [book] = wanted["records"]
    assert (book["title"], book["releaseDate"], book["foreignBookId"]) == ("Ozma of Oz", "2020-05-01", str(MISSING.id))
    assert requests["ListMissingBooks"][-1].limit == 500
    assert MissingStatus.UPCOMING not in requests["ListMissingBooks"][-1].status


async def test_a_program_finds_the_version_and_the_folder(gateway: Gateway, requests: dict[str, list[Any]]) -> None:
    status = await call(gateway, "/api/v1/system/status", in_address=True)
    assert (status["appName"], status["instanceName"]) == ("Readarr", "Gapless")
    [folder] = await call(gateway, "/api/v1/rootfolder", in_address=True)
    assert (folder["path"], folder["accessible"], folder["freeSpace"]) == ("/library", True, 5)
    assert requests


async def test_an_unavailable_library_is_an_error_and_no_empty_list(gateway: Gateway) -> None:
    answer = await gateway.call("GET", "/api/v1/book", key=READ_KEY)
    assert (answer.status_code, answer.json()["service"]) == (503, "library-scanner")


async def test_the_key_in_the_address_is_accepted_only_by_these_paths(gateway: Gateway) -> None:
    assert (await gateway.call("GET", f"/api/books?apikey={READ_KEY}", key=None)).status_code == 401
    assert (await gateway.call("GET", "/api/v1/system/status?apikey=wrong", key=None)).status_code == 403
    assert (await gateway.call("GET", "/api/v1/system/status", key=None)).status_code == 401
    assert (await gateway.call("POST", f"/api/v1/queue?apikey={READ_KEY}", key=None)).status_code == 405


def test_only_what_is_wrong_is_a_health_issue() -> None:
    findings = [
        DoctorFinding(area="services", subject="downloader", words="runs"),
        DoctorFinding(area="outside", subject="Prowlarr", severity=Severity.WARNING, words="is away", to_do="Start it"),
        DoctorFinding(area="clocks", subject="Postgres", severity=Severity.FAULT, words="is an hour ahead"),
    ]
    assert [(each.source, each.type, each.message) for each in health_issues(findings)] == [
        ("outside: Prowlarr", "warning", "is away. Start it"), ("clocks: Postgres", "error", "is an hour ahead"),
    ]  # fmt: skip


def test_a_download_with_an_error_is_a_warning_in_the_queue() -> None:
    failing = DOWNLOAD.model_copy(update={"error": "the disk is full", "status": DownloadStatus.IMPORTING})
    item = queue_item(failing)
    assert (item.tracked_download_status, item.tracked_download_state) == ("warning", "importing")
    assert item.status_messages == [{"title": "Ozma of Oz", "messages": ["the disk is full"]}]


def test_the_number_of_a_resource_is_a_positive_32_bit_number() -> None:
    assert all(0 < number_of(id) < 2**31 for id in (UUID(int=0), UUID(int=2**128 - 1), uuid4()))
