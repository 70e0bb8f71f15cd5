"""What routes are given."""

from typing import Annotated

from fastapi import Depends, Request
from shared.chassis.bus import Bus


def _bus(request: Request) -> Bus:
    bus: Bus = request.app.state.bus
    return bus


BusDep = Annotated[Bus, Depends(_bus)]
