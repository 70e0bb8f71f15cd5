"""The state of the whole installation, as the gateway reports it."""

from pydantic import BaseModel, Field

from shared.contracts.downloads.folders import Folder
from shared.contracts.mam.account import Egress
from shared.contracts.problem import Problem
from shared.contracts.system import (
    FailedMessage,
    Integration,
    ServiceReport,
)
from shared.contracts.values import Moment


class ClockSkew(BaseModel):
    """A clock beside the gateway's."""

    subject: str = Field(description="a service, or postgres", examples=["downloader"])
    seconds: float = Field(description="before the gateway's clock; behind it when negative; 0: no difference seen")


class DatabaseState(BaseModel):
    """Postgres. What each service uses of it stands with the service."""

    server_version: str = Field(examples=["18.0"])
    size_bytes: int
    connections: int = Field(description="to this database, of all services")
    connections_limit: int = Field(description="of the whole server")


class OutgoingLimit(BaseModel):
    """One limit that we keep to at an outside system, and what is left of it."""

    client: str = Field(examples=["hardcover"])
    service: str = Field(examples=["metadata"])
    words: str = Field(description="the limit in words", examples=["57 of 60 requests a minute are left"])
    limit: int | None = Field(None, description="requests in the span; null: counted otherwise")
    left: int | None = None
    renewed_at: Moment | None = Field(None, description="when all of it is there again, or the next may go")
    closed_until: Moment | None = Field(None, description="nothing is asked before")
    closed_because: str = ""


class StreamState(BaseModel):
    """One stream of messages."""

    name: str = Field(examples=["COMMANDS"])
    messages: int
    size_bytes: int
    size_limit_bytes: int
    consumers: int


class Lag(BaseModel):
    """How far a service is behind in one kind of message."""

    stream: str = Field(examples=["COMMANDS"])
    service: str = Field(examples=["downloader"])
    message_subject: str = Field(examples=["cmd.downloads.search_wanted"])
    pending: int = Field(description="not given to the service yet")
    unacknowledged: int = Field(description="given, and not done: under way, or waiting for the next attempt")
    redelivered: int = Field(description="of those, given more than once")
    oldest_at: Moment | None = Field(None, description="when the oldest that is not done was sent; null: all is done")
    oldest_seconds: float | None = Field(None, description="its age")


class ServiceState(BaseModel):
    """One service: what it says of itself, or why it says nothing."""

    service: str
    report: ServiceReport | None = None
    problem: Problem | None = None


class IntegrationsReport(BaseModel):
    """The outside systems as each service found them, and the services that could not say."""

    integrations: list[Integration]
    silent: list[ServiceState]


class Versions(BaseModel):
    """What runs here; the version of each service stands with it."""

    gapless: str
    python: str
    postgres: str | None = Field(None, description="null: it does not answer")
    nats: str | None = Field(None, description="null: it does not answer")


class Diagnostics(BaseModel):
    """The state of every service and of what they stand on, and the messages that failed."""

    services: list[ServiceState]
    failed_messages: list[FailedMessage]
    versions: Versions
    streams: list[StreamState] = Field(description="what lies in the streams of messages")
    lags: list[Lag] = Field(description="how far each service is behind in what it hears, the oldest first")
    database: DatabaseState | None = Field(description="null: Postgres does not answer")
    folders: list[Folder] = Field(description="the disk, as the downloader sees it")
    limits: list[OutgoingLimit] = Field(description="what each outside client may still do")
    egress: Egress | None = Field(description="where the tracker sees us come from; null: it did not tell")
    clocks: list[ClockSkew] = Field(description="every clock beside the gateway's")
    untold: list[str] = Field(description="what could not be told, and why")
