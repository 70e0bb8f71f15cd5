"""How the parts of the installation are doing over time, as the gateway sees them."""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Event
from shared.contracts.system import IntegrationState
from shared.contracts.values import Moment


class PartKind(StrEnum):
    """What may be down: a service of ours, or an outside system."""

    SERVICE = "service"
    INTEGRATION = "integration"


class WentDown(Event):
    """A service or an outside system has not worked for a while; told once, until it is back."""

    subject: ClassVar[str] = "evt.gateway.went_down"
    name: str = Field(examples=["downloader"])
    part: PartKind
    state: IntegrationState
    since: Moment
    detail: str = Field("", description="what was seen and what to do, in words")


class CameBack(Event):
    """A service or an outside system that was told to be down works again, and has for a while."""

    subject: ClassVar[str] = "evt.gateway.came_back"
    name: str
    part: PartKind
    since: Moment
    back_at: Moment
