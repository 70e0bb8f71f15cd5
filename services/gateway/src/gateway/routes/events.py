"""/api/events"""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from shared.chassis.errors import Refused
from shared.chassis.logging import logger
from shared.contracts.downloads.transfers import Transfers
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import Scope

from gateway.events.feed import EventFeed, Listener, Reset
from gateway.events.kinds import EventKind
from gateway.http.problems import problems
from gateway.sign_in.callers import Callers

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
    Header(ge=0, lt=2**63, description="the id of the last event received; browsers send it automatically"),
]


class UnknownKind(Refused):
    """The filter names an unknown kind of event."""

    code = "unknown_kind"
    status = 422
    title = "Unknown kind of event"


async def _listener(
    request: Request, kinds: Kinds = None, last_event_id: LastEventId = None
) -> AsyncIterator[Listener]:
    feed: EventFeed = request.app.state.events
    callers: Callers = request.app.state.callers
    async with feed.listening(_wanted(kinds), last_event_id) as listener:
        watch = asyncio.create_task(_end_with_key(listener, callers, request.scope))
        try:
            yield listener
        finally:
            watch.cancel()
            await asyncio.wait([watch])


async def _end_with_key(listener: Listener, callers: Callers, scope: Scope) -> None:
    """End the stream when its key or session is revoked, or when it cannot be checked."""
    try:
        while True:
            await callers.of(scope)
            await asyncio.sleep(KEY_CHECKED_EVERY_SECONDS)
    except (Refused, SQLAlchemyError) as error:
        logger(service="gateway").warning("event_stream_ended", because=type(error).__name__)
    finally:
        listener.end()


@router.get("", response_class=EventSourceResponse, summary="Stream events")
async def listen_to_events(listener: Annotated[Listener, Depends(_listener)]) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events about runs, downloads, imports, missing books, books, corrections and health.

    The type of an event is its kind, its data a `ShownEvent`, its id its position among all events. With
    `Last-Event-ID` the stream resumes after that id, within the last 1,000 events. An event of the type `reset` means
    that events are missing, because the client was away too long or read too slowly: read the lists again. A comment
    comes every 15 seconds when nothing happens. An event of the type `transfer` has no id; its data are the speeds of
    all downloads (`Transfers`), at most every two seconds. The stream ends within ten seconds after its key or session
    is revoked.
    """
    yield ServerSentEvent(comment="listening", retry=RETRY_MILLISECONDS)
    while (item := await listener.next()) is not None:
        if isinstance(item, Reset):
            yield ServerSentEvent(event="reset", id=str(item.id), data={"why": item.why})
        elif isinstance(item, Transfers):
            yield ServerSentEvent(event=EventKind.TRANSFER.value, data=item)
        else:
            yield ServerSentEvent(event=item.kind.value, id=str(item.id), data=item)


def _wanted(kinds: str | None) -> frozenset[EventKind]:
    if not kinds:
        return frozenset(EventKind)
    names = {name.strip() for name in kinds.split(",")}
    if unknown := sorted(names - set(EventKind)):
        raise UnknownKind(f"kinds: unknown kind {unknown[0]!r}; choose from: {', '.join(EventKind)}")
    return frozenset(EventKind(name) for name in names)
