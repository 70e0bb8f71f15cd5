"""The account at MyAnonamouse: its standing, and how the site sees us."""

from typing import ClassVar

from pydantic import BaseModel, Field

from shared.contracts.message import Event, Request
from shared.contracts.values import Moment


class Standing(BaseModel):
    """The account's standing at MyAnonamouse."""

    username: str
    classname: str
    ratio: float | None = Field(description="None when infinite: nothing downloaded yet")
    uploaded_bytes: int | None = Field(None, description="None when the site does not say")
    downloaded_bytes: int | None = Field(None, description="None when the site does not say")
    bonus_points: float
    wedges: int = 0
    vip_until: Moment | None = None
    unsatisfied: int | None = Field(description="torrents whose seeding duty of 72 hours is not yet met")
    unsatisfied_limit: int | None
    read_at: Moment


class GetStanding(Request[Standing]):
    """The account's standing, at most `max_age_seconds` old."""

    subject: ClassVar[str] = "rpc.mam.get_standing"
    timeout_seconds: ClassVar[float] = 60.0
    max_age_seconds: int = Field(600, ge=0)


class StandingRead(Event):
    """The account's standing was read at MyAnonamouse just now."""

    subject: ClassVar[str] = "evt.mam.standing_read"
    standing: Standing


class Egress(BaseModel):
    """The address from which we are seen outside. A tracker's session is bound to it, or to its network."""

    address: str = Field(examples=["203.0.113.7"])
    network: str = Field("", description="the network that it belongs to", examples=["AS64500 Example Net"])
    seen_at: Moment


class TrackerAccess(BaseModel):
    """What the tracker lets us do now: one request at a time, at the account's pace."""

    seconds_between: float = Field(description="between two requests, over all replicas")
    next_request_at: Moment | None = Field(None, description="no request goes before; null: none ever went")
    closed_until: Moment | None = Field(None, description="until then none is tried, for the reason given")
    closed_because: str = ""
    egress: Egress | None = Field(None, description="at most ten minutes old; null: the tracker did not tell")
    egress_problem: str = Field("", description="why it did not tell")


class GetTrackerAccess(Request[TrackerAccess]):
    """How the tracker sees us, and when the next request may go."""

    subject: ClassVar[str] = "rpc.mam.get_tracker_access"
    timeout_seconds: ClassVar[float] = 30.0
