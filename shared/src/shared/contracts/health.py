"""Outages of services and outside systems, as the gateway detects them."""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Event
from shared.contracts.system import IntegrationState
from shared.contracts.values import Moment


class PartKind(StrEnum):
    """What can be down: one of our services, or an outside system."""

    SERVICE = "service"
    INTEGRATION = "integration"


class WentDown(Event):
    """A service or an outside system has been down for a while. Announced once per outage."""

    subject: ClassVar[str] = "evt.gateway.went_down"
    name: str = Field(examples=["downloader"])
    part: PartKind
    state: IntegrationState
    since: Moment
    detail: str = Field("", description="what was observed, and what to do")


class CameBack(Event):
    """A service or an outside system whose outage was announced has been working again for a while."""

    subject: ClassVar[str] = "evt.gateway.came_back"
    name: str
    part: PartKind
    since: Moment
    back_at: Moment
