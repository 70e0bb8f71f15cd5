"""The timeline combines all services, follows their ids, is sorted by time, and names services that do not answer."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import nats
from nats.aio.msg import Msg
from shared.contracts.system import TellTimeline, Timeline, TimelineEntry
from shared.testing.flushing import flush

from .conftest import Gateway

Tell = Callable[[TellTimeline], Timeline]
GAP, DOWNLOAD, BOOK = uuid4(), uuid4(), uuid4()


def entry(day: int, service: str, words: str, *, to_come: bool = False) -> TimelineEntry:
    at = datetime(2026, 5, day, tzinfo=UTC)
    return TimelineEntry(at=at, service=service, kind="seen", words=words, to_come=to_come)


@asynccontextmanager
async def services(url: str, **responders: Tell) -> AsyncIterator[None]:
    """Services that answer with the results of these functions, by area."""
    connection = await nats.connect(url)

    def answering(respond: Tell) -> Callable[[Msg], Any]:
        async def answer(message: Msg) -> None:
            reply = respond(TellTimeline.model_validate_json(message.data))
            await connection.publish(message.reply, reply.model_dump_json().encode())

        return answer

    for area, respond in responders.items():
        await connection.subscribe(TellTimeline.subject.replace("*", area), cb=answering(respond))
    await flush(connection)
    yield
    await connection.close()


def nothing(_request: TellTimeline) -> Timeline:
    return Timeline()


def said_back(request: TellTimeline) -> Timeline:
    return Timeline(download_ids=request.download_ids, missing_book_ids=request.missing_book_ids)


def library(request: TellTimeline) -> Timeline:
    entries = (
        [entry(1, "library-scanner", "the series lacks its second book")] if GAP in request.missing_book_ids else []
    )
    if BOOK in request.book_ids:
        entries.append(entry(5, "library-scanner", "Audiobookshelf shows it"))
    return Timeline(entries=entries, book_ids=[BOOK] if GAP in request.missing_book_ids else [])


def downloads(request: TellTimeline) -> Timeline:
    if GAP not in request.missing_book_ids and DOWNLOAD not in request.download_ids:
        return Timeline()
    entries = [entry(9, "downloader", "tried again", to_come=True), entry(3, "downloader", "grabbed")]
    return Timeline(entries=entries, download_ids=[DOWNLOAD], missing_book_ids=[GAP])


def metadata(request: TellTimeline) -> Timeline:
    return Timeline(entries=[entry(6, "metadata", "its narrator was filled")] if BOOK in request.book_ids else [])


def scheduler(request: TellTimeline) -> Timeline:
    return Timeline(entries=[entry(7, "scheduler", "it was refreshed by hand")] if BOOK in request.book_ids else [])


async def words(gateway: Gateway, path: str) -> list[str]:
    answer = await gateway.call("GET", path)
    assert answer.status_code == 200, answer.text
    return [each["words"] for each in answer.json()["entries"]]


STORY = [
    "the series lacks its second book",
    "grabbed",
    "Audiobookshelf shows it",
    "its narrator was filled",
    "tried again",
]


async def test_the_timeline_of_a_missing_book_has_the_entries_of_all_services_in_order(gateway: Gateway) -> None:
    async with services(
        gateway.nats_url, library=library, downloads=downloads, metadata=metadata, mam=nothing, scheduler=nothing
    ):
        assert await words(gateway, f"/api/books/missing/{GAP}/timeline") == STORY


async def test_the_timeline_of_a_download_includes_its_gap_and_its_book(gateway: Gateway) -> None:
    async with services(
        gateway.nats_url, library=library, downloads=downloads, metadata=metadata, mam=nothing, scheduler=nothing
    ):
        assert await words(gateway, f"/api/downloads/{DOWNLOAD}/timeline") == STORY


async def test_the_timeline_of_a_book_starts_in_the_library(gateway: Gateway) -> None:
    async with services(
        gateway.nats_url, library=library, downloads=downloads, metadata=metadata, mam=nothing, scheduler=scheduler
    ):
        words_of_book = await words(gateway, f"/api/books/{BOOK}/timeline")
    assert words_of_book == [*STORY[2:4], "it was refreshed by hand"]


async def test_services_that_do_not_answer_are_named(gateway: Gateway) -> None:
    async with services(gateway.nats_url, library=library, downloads=downloads, scheduler=nothing):
        answer = (await gateway.call("GET", f"/api/books/missing/{GAP}/timeline")).json()
    assert [each["service"] for each in answer["silent"]] == ["mam-search", "metadata"]
    assert "is not running" in answer["silent"][0]["why"]
    assert len(answer["entries"]) == 4


async def test_an_id_that_no_service_knows_is_not_found(gateway: Gateway) -> None:
    async with services(
        gateway.nats_url, library=said_back, downloads=nothing, metadata=nothing, mam=nothing, scheduler=nothing
    ):
        for path in ("books/missing", "downloads", "books"):
            answer = await gateway.call("GET", f"/api/{path}/{uuid4()}/timeline")
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_while_services_do_not_answer_an_unknown_id_is_not_reported_as_not_found(gateway: Gateway) -> None:
    async with services(gateway.nats_url, library=nothing, metadata=nothing, mam=nothing, scheduler=nothing):
        answer = await gateway.call("GET", f"/api/books/{uuid4()}/timeline")
    assert (answer.status_code, answer.json()["service"]) == (503, "downloader")


async def test_a_request_contains_no_more_ids_than_allowed(gateway: Gateway) -> None:
    requested_ids: list[list[UUID]] = []

    def many(request: TellTimeline) -> Timeline:
        requested_ids.append(request.book_ids)
        return Timeline(entries=[entry(1, "downloader", "many")], book_ids=[uuid4() for _ in range(80)])

    async with services(
        gateway.nats_url, library=nothing, downloads=many, metadata=nothing, mam=nothing, scheduler=nothing
    ):
        assert await words(gateway, f"/api/downloads/{DOWNLOAD}/timeline") == ["many"]
    assert max(len(ids) for ids in requested_ids) == 50
