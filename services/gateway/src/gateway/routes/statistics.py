"""/api/system: statistics, data quality and cleanup"""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field
from shared.chassis.bus import Bus
from shared.chassis.errors import Refused, RemoteError
from shared.contracts.areas import SERVICES, Area
from shared.contracts.library.completeness import Completeness, GetCompleteness
from shared.contracts.library.growth import GetGrowth, Growth
from shared.contracts.scheduler import Run, RunTask
from shared.contracts.system import Statistics, TellStatistics

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems
from gateway.http.responses import accepted
from gateway.workflow.timeline import UnavailableService

router = APIRouter(prefix="/api/system", tags=["system"], responses=problems())


class StatisticsReport(BaseModel):
    """The figures of every service that answered, and the services that are unavailable."""

    services: list[Statistics]
    silent: list[UnavailableService] = Field(description="services that are unavailable: their figures are missing")


@router.get("/statistics", summary="Show the statistics")
async def get_statistics(bus: BusDep) -> StatisticsReport:
    """The figures of every service: counts, bytes and seconds."""
    answers = await asyncio.gather(*(_figures(bus, area) for area in SERVICES))
    return StatisticsReport(
        services=[each for each in answers if isinstance(each, Statistics)],
        silent=[each for each in answers if isinstance(each, UnavailableService)],
    )


@router.get("/stats", summary="Show the statistics (short path)")
async def get_stats(bus: BusDep) -> StatisticsReport:
    """The same as `/api/system/statistics`."""
    return await get_statistics(bus)


@router.get("/growth", summary="Show the library over time")
async def get_growth(bus: BusDep, query: Annotated[GetGrowth, Query()]) -> Growth:
    """The books, the missing ones and the complete ones of each day, from the first day on. The task `cleanup` records
    a day, and so does each call of this route.
    """
    return await bus.ask(query)


@router.get("/data-quality", summary="Show the data quality")
async def get_data_quality(bus: BusDep) -> Completeness:
    """How complete the metadata is, field by field, and books that have no files, are gone or appear twice."""
    return await bus.ask(GetCompleteness())


@router.post("/cleanup", status_code=202, responses=problems(409), summary="Clean up now")
async def clean_up(bus: BusDep, response: Response) -> Run:
    """Run the task `cleanup` now: every service deletes what has passed its retention period."""
    return accepted(response, await bus.ask(RunTask(name="cleanup")))


async def _figures(bus: Bus, area: Area) -> Statistics | UnavailableService:
    try:
        return await bus.ask(TellStatistics(), of=area)
    except (Refused, RemoteError) as error:
        return UnavailableService(service=SERVICES[area], why=str(error))
