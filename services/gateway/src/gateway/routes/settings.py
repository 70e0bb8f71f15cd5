"""/api/settings: the settings of every service"""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path
from shared.chassis.bus import Bus
from shared.chassis.errors import NotFound, Refused
from shared.contracts.areas import SERVICES, Area
from shared.contracts.settings import (
    CheckSettings,
    GetSettings,
    PutSettings,
    SettingsDescription,
    SettingsOfService,
    SettingsTest,
    SettingsToTest,
    SettingsUpdate,
)

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

ServiceName = Annotated[str, Path(max_length=40)]
router = APIRouter(prefix="/api/settings", tags=["settings"], responses=problems(404))


@router.get("", summary="List the settings of all services")
async def list_settings(bus: BusDep) -> list[SettingsOfService]:
    """The settings of every service with their present values, without secrets, or why a service does not answer."""
    return list(await asyncio.gather(*(_settings_of(bus, area) for area in SERVICES)))


@router.get("/{service}", summary="Show the settings of a service")
async def get_settings(service: ServiceName, bus: BusDep) -> SettingsDescription:
    """Its settings with their present values, and whether it runs with them. Secrets are never shown, only whether
    they are set."""
    return await bus.ask(GetSettings(), of=_area(service))


@router.put("/{service}", summary="Change settings of a service", responses=problems(409))
async def put_settings(service: ServiceName, update: SettingsUpdate, bus: BusDep) -> SettingsDescription:
    """Store values, and apply them without a restart of the container. null deletes a value. Nothing is stored if one
    is wrong: `faults` of the answer names each. The service applies them when `applied_version` is `version`; until
    then it may not answer for some seconds."""
    return await bus.ask(PutSettings(update=update), of=_area(service))


@router.post("/{service}/test", summary="Test settings before they are stored")
async def test_settings(service: ServiceName, test: SettingsToTest, bus: BusDep) -> SettingsTest:
    """Test the values of one group, with the present ones where none is given. Nothing is stored."""
    return await bus.ask(CheckSettings(test=test), of=_area(service))


async def _settings_of(bus: Bus, area: Area) -> SettingsOfService:
    try:
        return SettingsOfService(service=SERVICES[area], settings=await bus.ask(GetSettings(), of=area))
    except Refused as refusal:
        return SettingsOfService(service=SERVICES[area], problem=refusal.problem(SERVICES[area]))


def _area(service: str) -> Area:
    """The area of a service. Raises `NotFound` for an unknown name."""
    for area, name in SERVICES.items():
        if name == service:
            return area
    raise NotFound(f"there is no service {service}; known: {', '.join(SERVICES.values())}")
