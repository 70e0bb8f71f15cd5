"""The account at MyAnonamouse: its standing and its access."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from shared.contracts.message import Event, Request
from shared.contracts.values import Moment

PersonWaits = Annotated[bool, Field(description="true: a person waits, so the request goes before those of a schedule")]


class Standing(BaseModel):
    """The standing of the account at MyAnonamouse."""

    username: str
    classname: str
    ratio: float | None = Field(description="null: infinite, because nothing was downloaded yet")
    uploaded_bytes: int | None = Field(None, description="null: not reported by the site")
    downloaded_bytes: int | None = Field(None, description="null: not reported by the site")
    bonus_points: float
    wedges: int = 0
    vip_until: Moment | None = None
    unsatisfied: int | None = Field(description="torrents whose seeding duty of 72 hours is not met yet")
    unsatisfied_limit: int | None
    read_at: Moment


class GetStanding(Request[Standing]):
    """Get the standing of the account, at most `max_age_seconds` old."""

    subject: ClassVar[str] = "rpc.mam.get_standing"
    timeout_seconds: ClassVar[float] = 60.0
    max_age_seconds: int = Field(600, ge=0)
    person_waits: PersonWaits = False


class StandingRead(Event):
    """The standing of the account was fetched from MyAnonamouse."""

    subject: ClassVar[str] = "evt.mam.standing_read"
    standing: Standing


class Egress(BaseModel):
    """Our public IP address. A session at the tracker is bound to it or to its network."""

    address: str = Field(examples=["203.0.113.7"])
    network: str = Field("", description="the network of the address", examples=["AS64500 Example Net"])
    seen_at: Moment


class TrackerAccess(BaseModel):
    """The current access to the tracker: one request at a time, at a limited rate."""

    seconds_between: float = Field(description="minimum time between two requests, over all replicas")
    next_request_at: Moment | None = Field(
        None, description="no request is sent before this time; null: no request was ever sent"
    )
    closed_until: Moment | None = Field(
        None, description="no request is sent before this time, because of `closed_because`"
    )
    closed_because: str = ""
    egress: Egress | None = Field(None, description="at most ten minutes old; null: unknown")
    egress_problem: str = Field("", description="why the address is unknown")


class GetTrackerAccess(Request[TrackerAccess]):
    """Get our public address as the tracker sees it, and when the next request is allowed."""

    subject: ClassVar[str] = "rpc.mam.get_tracker_access"
    timeout_seconds: ClassVar[float] = 30.0
