"""/api/logs: the latest log records of the services"""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query
from shared.chassis.bus import Bus
from shared.chassis.errors import Refused, RemoteError
from shared.contracts.areas import SERVICES, Area
from shared.contracts.logs import ListLogs, LogPage, LogQuery, LogRecord

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/logs", tags=["system"], responses=problems())


@router.get("", summary="List log records")
async def list_logs(bus: BusDep, query: Annotated[LogQuery, Query()]) -> LogPage:
    """The latest records of the services, newest first. Each service keeps about 2,000 in memory, so that they end with
    its process; the log of the container has all of them. With several replicas of a service, one of them answers."""
    wanted = [area for area, name in SERVICES.items() if not query.service or name in query.service]
    request = ListLogs(query=query)
    answers = await asyncio.gather(*(_records_of(bus, area, request) for area in wanted))
    found = [record for records in answers for record in records or ()]
    found.sort(key=lambda record: record.at, reverse=True)
    unavailable = [SERVICES[area] for area, records in zip(wanted, answers, strict=True) if records is None]
    return LogPage(items=found[: query.limit], unavailable=unavailable)


async def _records_of(bus: Bus, area: Area, request: ListLogs) -> list[LogRecord] | None:
    """The records of one service; None if it does not answer."""
    try:
        return await bus.ask(request, of=area)
    except (Refused, RemoteError):
        return None
