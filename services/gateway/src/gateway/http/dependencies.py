"""Dependencies of routes. They are coroutines, because FastAPI runs other functions in a slower thread."""

from typing import Annotated

from fastapi import Depends, Request
from shared.chassis.bus import Bus


async def _bus(request: Request) -> Bus:
    bus: Bus = request.app.state.bus
    return bus


BusDep = Annotated[Bus, Depends(_bus)]
