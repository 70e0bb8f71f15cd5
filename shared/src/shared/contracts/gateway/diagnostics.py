"""The state of the whole installation."""

from pydantic import Field

from shared.contracts.downloads.folders import Folder
from shared.contracts.mam.account import Egress
from shared.contracts.model import Model
from shared.contracts.problem import Problem
from shared.contracts.system import (
    FailedMessage,
    Integration,
    ServiceReport,
)
from shared.contracts.translatable import Translatables
from shared.contracts.values import Moment


class ClockSkew(Model):
    """The difference between a clock and the clock of the gateway."""

    subject: str = Field(description="a service or postgres", examples=["downloader"])
    seconds: float = Field(
        description="seconds ahead of the gateway's clock; negative: behind; 0: no measurable difference"
    )


class DatabaseState(Model):
    """The state of Postgres. The share of each service is in its report."""

    server_version: str = Field(examples=["18.0"])
    size_bytes: int
    connections: int = Field(description="connections of all services to this database")
    connections_limit: int = Field(description="limit of the whole server")


class OutgoingLimit(Model):
    """A rate limit that we observe at an outside system, and what is left of it."""

    client: str = Field(examples=["hardcover"])
    service: str = Field(examples=["metadata"])
    words: str = Field(description="the limit in words", examples=["57 of 60 requests a minute are left"])
    limit: int | None = Field(None, description="requests per period; null: not limited by a count")
    left: int | None = None
    renewed_at: Moment | None = Field(
        None, description="when the limit is fully renewed, or when the next request is allowed"
    )
    closed_until: Moment | None = Field(None, description="no request is sent before this time")
    closed_because: str = ""
    translatable: Translatables = {}


class PublicAddresses(Model):
    """Three public addresses that should be the same: of Gapless, as registered, and of the torrent client."""

    seen: str = Field("", description="as MyAnonamouse sees Gapless; empty: unknown")
    registered: str = Field("", description="as registered at MyAnonamouse; empty: not registered by Gapless")
    client: list[str] = Field(default=[], description="as the torrent client's network shows it; empty: unknown")
    agree: bool | None = Field(None, description="null: fewer than two of them are known")
    findings: list[str] = Field(default=[], description="which of them disagree and what to do, or why one is unknown")
    translatable: Translatables = {}


class StreamState(Model):
    """The state of one message stream."""

    name: str = Field(examples=["COMMANDS"])
    messages: int
    size_bytes: int
    size_limit_bytes: int
    consumers: int


class Lag(Model):
    """The backlog of one service for one kind of message."""

    stream: str = Field(examples=["COMMANDS"])
    service: str = Field(examples=["downloader"])
    message_subject: str = Field(examples=["cmd.downloads.search_wanted"])
    pending: int = Field(description="not delivered yet")
    unacknowledged: int = Field(
        description="delivered but not acknowledged: in progress, or waiting for the next attempt"
    )
    redelivered: int = Field(description="unacknowledged messages that were delivered more than once")
    oldest_at: Moment | None = Field(None, description="when the oldest unprocessed message was sent; null: none")
    oldest_seconds: float | None = Field(None, description="age of the oldest unprocessed message")


class ServiceState(Model):
    """The report of one service, or the reason why it did not report. A service that waits for settings has both."""

    service: str
    report: ServiceReport | None = None
    problem: Problem | None = None


class IntegrationsReport(Model):
    """The outside systems as each service sees them, and the services that did not report."""

    integrations: list[Integration]
    silent: list[ServiceState]


class Versions(Model):
    """The versions in use. The version of each service is in its report."""

    gapless: str
    python: str
    postgres: str | None = Field(None, description="null: no answer")
    nats: str | None = Field(None, description="null: no answer")


class Diagnostics(Model):
    """The state of every service and of what it depends on, and the failed messages."""

    services: list[ServiceState]
    failed_messages: list[FailedMessage]
    versions: Versions
    streams: list[StreamState] = Field(description="contents of the message streams")
    lags: list[Lag] = Field(description="the backlog of each service, oldest message first")
    database: DatabaseState | None = Field(description="null: no answer from Postgres")
    folders: list[Folder] = Field(description="disk space, as the downloader sees it")
    limits: list[OutgoingLimit] = Field(description="the rate limits at outside systems")
    egress: Egress | None = Field(description="our public address as the tracker sees it; null: unknown")
    addresses: PublicAddresses = Field(description="whether Gapless and the torrent client use the same network")
    clocks: list[ClockSkew] = Field(description="each clock compared with the gateway's")
    untold: list[str] = Field(description="what could not be determined, and why")
    translatable: Translatables = {}
