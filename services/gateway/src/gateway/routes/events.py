"""/api/events"""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from shared.chassis.errors import Refused
from shared.chassis.logging import logger
from sqlalchemy.exc import SQLAlchemyError

from gateway.api_keys.keys import Keys
from gateway.api_keys.security import presented_key
from gateway.events.feed import EventFeed, Listener, Reset
from gateway.events.kinds import EventKind
from gateway.http.problems import problems

router = APIRouter(prefix="/api/events", tags=["events"], responses=problems())

RETRY_MILLISECONDS = 2_000
KEY_CHECKED_EVERY_SECONDS = 5.0
Kinds = Annotated[
    str | None,
    Query(
        max_length=200,
        description=f"only events of these kinds, separated by commas: {', '.join(EventKind)}",
        examples=["run,download"],
    ),
]
LastEventId = Annotated[
    int | None,
    Header(ge=0, lt=2**63, description="the id of the last event that was received; browsers send it by themselves"),
]


class UnknownKind(Refused):
    """A filter by a kind of event that there is none of."""

    code = "unknown_kind"
    status = 422
    title = "Unknown kind of event"


async def _listener(
    request: Request, kinds: Kinds = None, last_event_id: LastEventId = None
) -> AsyncIterator[Listener]:
    feed: EventFeed = request.app.state.events
    keys: Keys = request.app.state.keys
    async with feed.listening(_wanted(kinds), last_event_id) as listener:
        watch = asyncio.create_task(_end_with_key(listener, keys, presented_key(request.headers)))
        try:
            yield listener
        finally:
            watch.cancel()
            await asyncio.wait([watch])


async def _end_with_key(listener: Listener, keys: Keys, key: str) -> None:
    """End a stream when its key is revoked. It ends as well when nobody can say whether the key still holds."""
    try:
        while await keys.caller(key) is not None:  # noqa: ASYNC110 - another replica may revoke it
            await asyncio.sleep(KEY_CHECKED_EVERY_SECONDS)
    except SQLAlchemyError as error:
        logger(service="gateway").warning("event_stream_ended", because=type(error).__name__)
    finally:
        listener.end()


@router.get("", response_class=EventSourceResponse, summary="Listen to what happens")
async def listen_to_events(listener: Annotated[Listener, Depends(_listener)]) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: runs, downloads, imports, missing books, books, corrections and health, as they happen.

    The event's type is its kind, its data a `ShownEvent`, its id its place among all events. With `Last-Event-ID` it
    goes on after that one, out of the last 1,000. An event of the type `reset` says that events are missing (it was
    away too long, or took them too slowly): read the lists again; the next ones follow. A comment comes each 15
    seconds when nothing happens. The stream ends within ten seconds after its key is revoked.
    """
    yield ServerSentEvent(comment="listening", retry=RETRY_MILLISECONDS)
    while (told := await listener.next()) is not None:
        if isinstance(told, Reset):
            yield ServerSentEvent(event="reset", id=str(told.id), data={"why": told.why})
        else:
            yield ServerSentEvent(event=told.kind.value, id=str(told.id), data=told)


def _wanted(kinds: str | None) -> frozenset[EventKind]:
    if not kinds:
        return frozenset(EventKind)
    names = {name.strip() for name in kinds.split(",")}
    if unknown := sorted(names - set(EventKind)):
        raise UnknownKind(f"kinds: {unknown[0]!r} is none; there are: {', '.join(EventKind)}")
    return frozenset(EventKind(name) for name in names)
