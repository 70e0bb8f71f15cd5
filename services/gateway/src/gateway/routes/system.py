"""/api/system: version and health"""

import asyncio
from importlib.metadata import version

from fastapi import APIRouter, Request
from pydantic import BaseModel
from shared.chassis.bus import Bus
from shared.chassis.errors import Refused, RemoteError, ServiceUnavailable, problem_of
from shared.contracts.areas import SERVICES, Area
from shared.contracts.gateway.diagnostics import ServiceState
from shared.contracts.problem import Problem
from shared.contracts.settings import SettingsState
from shared.contracts.system import (
    CheckIntegrations,
    DescribeService,
    Integration,
)
from shared.contracts.translatable import with_code
from shared.translatable import translatable

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/system", tags=["system"], responses=problems())


public = APIRouter(prefix="/api/system", tags=["system"])


short = APIRouter(tags=["system"], responses=problems())


class Version(BaseModel):
    """The installed version."""

    version: str


@public.get("/version", summary="Show the version")
async def get_version() -> Version:
    """The installed version of Gapless."""
    return Version(version=version("gapless-gateway"))


@public.get("/health", summary="Show the gateway's health")
async def get_health(request: Request) -> dict[str, str]:
    """Whether the gateway reaches Postgres and NATS, and which settings the services wait for."""
    checks: dict[str, str] = await request.app.state.check()
    waiting: dict[str, str] = await request.app.state.waiting_services.get() if checks["nats"] == "ok" else {}
    return checks | waiting


@router.get("/health/detailed", summary="Show the health of all services")
async def get_detailed_health(bus: BusDep) -> list[ServiceState]:
    """The state of every service as it reports it, or why it does not answer."""
    return list(await asyncio.gather(*(describe(bus, area) for area in SERVICES)))


@short.get("/health/detailed", summary="Show all services' health (short path)")
async def get_detailed_health_shortly(bus: BusDep) -> list[ServiceState]:
    """The same as `/api/system/health/detailed`."""
    return await get_detailed_health(bus)


async def describe(bus: Bus, area: Area) -> ServiceState:
    """Return the report of a service, and the problem if it does not answer or waits for settings."""
    name = SERVICES[area]
    try:
        report = await bus.ask(DescribeService(), of=area)
    except Refused as refusal:
        return ServiceState(service=name, problem=await _unavailable(bus, area, refusal))
    waits = report.settings is not SettingsState.RUNNING and area != "gateway"  # the gateway runs in any case
    words = with_code(report.settings_words, report.translatable.get("settings_words"))
    problem = ServiceUnavailable(name, words).problem() if waits else None
    return ServiceState(service=name, report=report, problem=problem)


async def _unavailable(bus: Bus, area: Area, refusal: Refused) -> Problem:
    """Return why a service does not answer, including its startup error if it could not start."""
    problem = refusal.problem(SERVICES[area])
    words = await bus.startup_failure(SERVICES[area])
    if words is None:
        return problem
    why, at = " ".join(words.lines), words.said_at
    detail = f"it could not start at {at:%Y-%m-%d %H:%M} UTC: {why}"
    return problem.with_detail(translatable("system.not_started", detail, at=at.isoformat(), why=why))


async def integrations_of(bus: Bus, area: Area) -> list[Integration] | ServiceState:
    """Return the state of the outside systems that one service uses, or the problem if it does not answer."""
    try:
        return await bus.ask(CheckIntegrations(), of=area)
    except Refused as refusal:
        return ServiceState(service=SERVICES[area], problem=await _unavailable(bus, area, refusal))
    except RemoteError as error:
        return ServiceState(service=SERVICES[area], problem=problem_of(error, SERVICES[area]))
