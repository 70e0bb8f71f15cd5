"""The event stream: each event once, in order, resumable, with one reader for all listeners."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import nats
import pytest
from embedded.nats_server import NatsServer
from gateway.api_docs.examples import example_of
from gateway.events import feed as feeding
from gateway.events.feed import EventFeed, Reset
from gateway.events.kinds import EventKind, ShownEvent, shown
from gateway.events.stream import EventStream
from gateway.routes import events as listening
from generation.message_schemas import all_messages
from nats.js import JetStreamContext
from shared.chassis.streams import provision
from shared.contracts.downloads.events import AbsenceChanged, DownloadCompleted
from shared.contracts.library.books import BookVanished
from shared.contracts.mam.account import AccountChecked
from shared.contracts.message import Event
from shared.contracts.metadata.bibliographies import BibliographyCollected
from shared.contracts.metadata.imports import ImportDescribed
from shared.contracts.runs import RunAlive, RunStarted
from shared.testing.waiting import until

from .conftest import Gateway

ALL = frozenset(EventKind)


def test_only_internal_events_are_not_shown() -> None:
    events = {message for message in all_messages() if issubclass(message, Event)}
    at = datetime(2026, 5, 1, tzinfo=UTC)
    hidden = {message for message in events if shown(1, message.subject, sample(message), at) is None}
    assert hidden == {AbsenceChanged, AccountChecked, RunAlive, BibliographyCollected, ImportDescribed}


def sample(message: type[Event]) -> bytes:
    """A sample event, built from the schema of its message."""
    schema = message.model_json_schema()
    return json.dumps(example_of(schema, schema.get("$defs", {}))).encode()


async def publish(js: JetStreamContext, *events: Event) -> int:
    """The sequence of the last one."""
    sequence = 0
    for event in events:
        sequence = (await js.publish(event.subject, event.model_dump_json().encode())).seq
    return sequence


def completed(download_id: UUID | None = None) -> DownloadCompleted:
    return DownloadCompleted(download_id=download_id or uuid4())


@asynccontextmanager
async def reading(
    url: str, *, remembered: int = 1_000, stream: type[EventStream] = EventStream
) -> AsyncIterator[tuple[EventFeed, JetStreamContext]]:
    """A running feed over the stream, and a connection to publish with."""
    connection = await nats.connect(url, max_reconnect_attempts=-1, reconnect_time_wait=0.1)
    await provision(connection.jetstream())

    async def connected() -> Any:
        return connection

    feed = EventFeed(stream(connected), remembered=remembered)
    task = asyncio.create_task(feed.run())
    yield feed, connection.jetstream()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await connection.close()


async def next_events(listener: Any, count: int) -> list[Any]:
    async with asyncio.timeout(60):
        return [await listener.next() for _ in range(count)]


async def test_events_arrive_in_order_with_the_sequence_of_the_stream_as_id(nats_url: str) -> None:
    async with reading(nats_url) as (feed, js), feed.listening(ALL, None) as listener:
        first, second = completed(), RunStarted(run_id=uuid4(), service="library")
        last = await publish(js, first, second)
        received = await next_events(listener, 2)
    assert [(each.id, each.kind, each.name) for each in received] == [
        (last - 1, "download", "download_completed"),
        (last, "run", "run_started"),
    ]
    assert received[0].data == {"download_id": str(first.download_id)}


async def test_a_listener_gets_only_the_kinds_it_requested(nats_url: str) -> None:
    async with reading(nats_url) as (feed, js), feed.listening(frozenset({EventKind.BOOK}), None) as listener:
        await publish(js, completed(), BookVanished(book_id=uuid4()), completed())
        assert [each.name for each in await next_events(listener, 1)] == ["book_vanished"]


async def test_a_listener_that_reconnects_gets_what_it_missed_and_continues(nats_url: str) -> None:
    async with reading(nats_url) as (feed, js):
        first = await publish(js, completed())
        await publish(js, completed(), completed())
        async with feed.listening(ALL, first) as listener:
            await publish(js, completed())
            assert [each.id for each in await next_events(listener, 3)] == [first + 1, first + 2, first + 3]


async def test_events_that_are_no_longer_buffered_are_a_reset(nats_url: str) -> None:
    async with reading(nats_url, remembered=3) as (feed, js):
        last = await publish(js, *(completed() for _ in range(10)))
        for unavailable_id in (2, last + 50):
            async with feed.listening(ALL, unavailable_id) as listener:
                (event,) = await next_events(listener, 1)
                assert (type(event), event.id) == (Reset, last)


async def test_a_slow_listener_gets_a_reset_and_others_get_everything(nats_url: str) -> None:
    count = feeding.MAX_QUEUED + 20
    async with (
        reading(nats_url) as (feed, js),
        feed.listening(ALL, None) as slow,
        feed.listening(ALL, None) as quick,
    ):
        all_events = asyncio.create_task(next_events(quick, count))
        await publish(js, *(completed() for _ in range(count)))
        received = await all_events
        assert [each.id for each in received] == list(range(received[0].id, received[0].id + count))
        received = await next_events(slow, 1)
        assert isinstance(received[0], Reset)
        assert isinstance((await next_events(slow, 1))[0], ShownEvent)


async def test_two_hundred_listeners_read_the_stream_as_often_as_one(nats_url: str) -> None:
    reads: list[int] = []

    class Counted(EventStream):
        async def after(self, sequence: int) -> Any:
            reads.append(sequence)
            return await super().after(sequence)

    async with reading(nats_url, stream=Counted) as (feed, js), AsyncExitStack() as stack:
        listeners = [await stack.enter_async_context(feed.listening(ALL, None)) for _ in range(200)]
        before = (await js.stream_info("EVENTS")).state.consumer_count
        reads_before = len(reads)
        last = await publish(js, completed())
        received = await asyncio.gather(*(next_events(listener, 1) for listener in listeners))
        assert {each[0].id for each in received} == {last}
        assert len([sequence for sequence in reads[reads_before:] if sequence < last]) < 20
        assert (await js.stream_info("EVENTS")).state.consumer_count == before == 0
    assert feed.listeners == 0


async def test_listening_continues_after_a_restart_of_nats(nats_server: NatsServer) -> None:
    async with reading(nats_server.url()) as (feed, js), feed.listening(ALL, None) as listener:
        first = await publish(js, completed())
        assert [each.id for each in await next_events(listener, 1)] == [first]
        nats_server.kill()
        nats_server.start()
        await until(lambda: _published(js), seconds=60)
        event = (await next_events(listener, 1))[0]
        assert (type(event), event.id) == (ShownEvent, first + 1)


async def _published(js: JetStreamContext) -> bool:
    try:
        return bool(await publish(js, completed()))
    except (nats.errors.Error, nats.js.errors.Error, OSError):
        return False


@asynccontextmanager
async def stream_of_events(gateway: Gateway, path: str, **headers: str) -> AsyncIterator[AsyncIterator[dict[str, str]]]:
    """The events of the API over a real connection, field by field."""
    async with (
        httpx.AsyncClient(
            base_url=gateway.url, headers={"X-Api-Key": "the-key-that-may-only-read", **headers}, timeout=60
        ) as client,
        client.stream("GET", path) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _events(answer.aiter_lines())


async def _events(lines: AsyncIterator[str]) -> AsyncIterator[dict[str, str]]:
    fields: dict[str, str] = {}
    async for line in lines:
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif fields:
            yield fields
            fields = {}


async def test_the_api_streams_events_and_resumes_after_the_last_id(gateway: Gateway) -> None:
    connection = await nats.connect(gateway.nats_url)
    js = connection.jetstream()
    download = completed()
    async with asyncio.timeout(60):
        async with stream_of_events(gateway, "/api/events?kinds=download,import") as events:
            assert "retry" in await anext(events)
            await publish(js, RunStarted(run_id=uuid4(), service="library"), download)
            first_event = await anext(events)
        missed = await publish(js, completed())
        async with stream_of_events(gateway, "/api/events", **{"Last-Event-ID": first_event["id"]}) as events:
            await anext(events)
            assert (await anext(events))["id"] == str(missed)
    await connection.close()
    assert first_event["event"] == "download"
    assert json.loads(first_event["data"])["data"] == {"download_id": str(download.download_id)}


async def test_a_stream_ends_soon_after_its_key_is_revoked(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "KEY_CHECKED_EVERY_SECONDS", 0.1)
    made = (await gateway.call("POST", "/api/system/keys", json={"name": "display"})).json()
    async with asyncio.timeout(60), stream_of_events(gateway, "/api/events", **{"X-Api-Key": made["key"]}) as events:
        assert "retry" in await anext(events)
        assert (await gateway.call("DELETE", f"/api/system/keys/{made['id']}")).status_code == 204
        assert [event async for event in events] == []


async def test_an_unknown_kind_is_refused_and_the_known_ones_are_named(gateway: Gateway) -> None:
    answer = await gateway.call("GET", "/api/events?kinds=run,coffee")
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_kind")
    assert "missing_book" in answer.json()["detail"]
    answer = await gateway.call(
        "GET", "/api/events", headers={"X-Api-Key": "the-key-that-may-do-all", "Last-Event-ID": "x"}
    )
    assert answer.status_code == 422
