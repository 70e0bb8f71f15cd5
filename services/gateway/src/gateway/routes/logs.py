"""/api/logs: the latest log records of the services, and what they log"""

import asyncio
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query
from shared.chassis.bus import Bus
from shared.chassis.errors import NotFound, Refused, RemoteError
from shared.contracts.areas import SERVICES, Area
from shared.contracts.logs import (
    ChangeLogLevels,
    GetLogLevel,
    ListLogs,
    LogLevels,
    LogPage,
    LogQuery,
    SetLogLevel,
)
from shared.contracts.message import EveryService

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

AnswerT = TypeVar("AnswerT")

router = APIRouter(prefix="/api/logs", tags=["system"], responses=problems())


@router.get("", summary="List log records")
async def list_logs(bus: BusDep, query: Annotated[LogQuery, Query()]) -> LogPage:
    """The latest records of the services, newest first. Each service keeps about 2,000 in memory, so that they end with
    its process; the log of the container has all of them. With several replicas of a service, one of them answers."""
    wanted = [area for area, name in SERVICES.items() if not query.service or name in query.service]
    request = ListLogs(query=query)
    answers, unavailable = await _ask_each(bus, wanted, request)
    found = [record for records in answers for record in records]
    found.sort(key=lambda record: record.at, reverse=True)
    return LogPage(items=found[: query.limit], unavailable=unavailable)


@router.get("/levels", summary="List log levels")
async def list_log_levels(bus: BusDep) -> LogLevels:
    """The least serious level that each service logs."""
    answers, unavailable = await _ask_each(bus, list(SERVICES), GetLogLevel())
    return LogLevels(items=answers, unavailable=unavailable)


@router.put("/levels", responses=problems(404), summary="Set log levels")
async def set_log_levels(bus: BusDep, change: ChangeLogLevels) -> LogLevels:
    """Set what one service or all of them log, without a restart: for some minutes, or until they restart.

    The answer has the levels of the services that were changed. A service that does not answer keeps its level.
    """
    wanted = [area for area, name in SERVICES.items() if change.service in (None, name)]
    if not wanted:
        raise NotFound(f"there is no service {change.service!r}; the services are {', '.join(SERVICES.values())}")
    seconds = change.minutes and change.minutes * 60
    answers, unavailable = await _ask_each(bus, wanted, SetLogLevel(level=change.level, seconds=seconds))
    return LogLevels(items=answers, unavailable=unavailable)


async def _ask_each(bus: Bus, areas: list[Area], request: "EveryService[AnswerT]") -> tuple[list[AnswerT], list[str]]:
    """The answers of the services that own these areas, and the names of those that do not answer."""
    answers = await asyncio.gather(*(_answers_of(bus, area, request) for area in areas))
    silent = [SERVICES[area] for area, found in zip(areas, answers, strict=True) if not found]
    return [answer for found in answers for answer in found], silent


async def _answers_of(bus: Bus, area: Area, request: "EveryService[AnswerT]") -> list[AnswerT]:
    """The answer of one service; nothing if it does not answer."""
    try:
        return [await bus.ask(request, of=area)]
    except (Refused, RemoteError):
        return []
