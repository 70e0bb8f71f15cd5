"""What is left of the disk, and of what outside systems let us do: asked for the diagnostics alone."""

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from shared.contracts.message import Request
from shared.contracts.values import Moment


class Folder(BaseModel):
    """A folder and the file system that it lies on, as the service that writes there sees it."""

    name: Literal["downloads", "library"]
    path: str = Field(examples=["/downloads"])
    free_bytes: int | None = Field(None, description="what the service may still write; null: not readable")
    size_bytes: int | None = Field(None, description="of the whole file system")
    keep_free_bytes: int = Field(0, description="less than this is not left free: nothing is grabbed before")
    problem: str = Field("", description="why it cannot be read, and what to do")


class ListFolders(Request[list[Folder]]):
    """The folders that the downloader writes to."""

    subject: ClassVar[str] = "rpc.downloads.list_folders"


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
