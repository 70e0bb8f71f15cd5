"""What routes are given. What is no coroutine would be called in a thread, which costs more than most calls."""

from typing import Annotated

from fastapi import Depends, Request
from shared.chassis.bus import Bus


async def _bus(request: Request) -> Bus:
    bus: Bus = request.app.state.bus
    return bus


BusDep = Annotated[Bus, Depends(_bus)]
