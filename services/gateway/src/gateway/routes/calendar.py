"""/api/calendar: releases of followed series and authors, as JSON and as iCalendar"""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from shared.chassis.errors import Refused
from shared.contracts.gateway.calendar_keys import CalendarKey, MadeCalendarKey, NewCalendarKey
from shared.contracts.library.calendar import CalendarEntry, GetCalendar
from shared.contracts.library.work_lists import EntryState
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.problem import Problem
from shared.contracts.values import Day

from gateway.calendars.icalendar import MEDIA_TYPE, icalendar_of
from gateway.calendars.keys import PATH, CalendarKeys
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/calendar", tags=["calendar"], responses=problems())
public = APIRouter(tags=["calendar"])


class WrongCalendarKey(Refused):
    """The key in the address is missing, unknown or was revoked."""

    code = "wrong_calendar_key"
    status = 401
    title = "Wrong calendar key"


async def _keys(request: Request) -> CalendarKeys:
    keys: CalendarKeys = request.app.state.calendar_keys
    return keys


CalendarKeysDep = Annotated[CalendarKeys, Depends(_keys)]
From = Annotated[Day | None, Query(alias="from", description="first day; by default 30 days ago")]
To = Annotated[Day | None, Query(description="last day; by default a year after today or after the first day")]


@router.get("", summary="List releases by date", responses=problems(422))
async def get_calendar(
    bus: BusDep, first: From = None, to: To = None, state: EntryState | None = None
) -> list[CalendarEntry]:
    """Released and upcoming works of followed series and authors, each with its state, the earliest first."""
    return await bus.ask(GetCalendar(first=first, last=to, state=state))


@router.get("/keys", summary="List calendar keys")
async def list_calendar_keys(keys: CalendarKeysDep, limit: Limit = 50, offset: Offset = 0) -> Page[CalendarKey]:
    """The keys of calendar addresses, newest first. The keys themselves are not shown."""
    return await keys.list(limit, offset)


@router.post("/keys", status_code=201, summary="Create a calendar key")
async def make_calendar_key(keys: CalendarKeysDep, response: Response, new: NewCalendarKey) -> MadeCalendarKey:
    """Create a key for `/api/calendar.ics`. This answer is the only place where the address with the key is shown."""
    made = await keys.make(new)
    response.headers["Location"] = "/api/calendar/keys"
    return made


@router.delete("/keys/{key_id}", status_code=204, responses=problems(404), summary="Revoke a calendar key")
async def delete_calendar_key(keys: CalendarKeysDep, key_id: UUID) -> None:
    """Revoke a key. Its address stops working at once."""
    await keys.delete(key_id)


@public.get(
    PATH,
    summary="Subscribe to the releases as iCalendar",
    response_class=Response,
    responses={
        200: {"content": {"text/calendar": {"schema": {"type": "string"}}}, "description": "the calendar"},
        401: {"model": Problem, "description": "the key is missing, unknown or was revoked"},
    },
)
async def get_icalendar(
    request: Request,
    bus: BusDep,
    keys: CalendarKeysDep,
    key: Annotated[str, Query(max_length=200, description="a calendar key, not an API key")] = "",
) -> Response:
    """The releases from 30 days ago to a year ahead, for calendar programs."""
    if not key or not await keys.is_known(key):
        request.app.state.limits.count_failure(request.scope)
        raise WrongCalendarKey("create a calendar key with POST /api/calendar/keys and use the path in its answer")
    entries = await bus.ask(GetCalendar())
    headers = {"Cache-Control": "private, max-age=3600", "Content-Disposition": 'inline; filename="gapless.ics"'}
    return Response(icalendar_of(entries, datetime.now(UTC)), media_type=MEDIA_TYPE, headers=headers)
