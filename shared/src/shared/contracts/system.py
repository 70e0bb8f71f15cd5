"""What every service answers about itself."""

from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.message import EveryService
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.values import Moment, Words


class IntegrationState(StrEnum):
    OK = "ok"
    AWAY = "away"
    THROTTLED = "throttled"
    REFUSED = "refused"
    NONSENSE = "nonsense"
    NOT_CONFIGURED = "not_configured"


class Integration(BaseModel):
    """An outside system as the service that uses it found it just now."""

    name: str = Field(examples=["audiobookshelf"])
    service: str = Field(examples=["library-scanner"])
    state: IntegrationState
    required: bool = True
    address: str | None = Field(None, description="without credentials")
    version: str | None = None
    detail: str = Field("", description="what was seen and what to do, in words")


class CheckIntegrations(EveryService[list[Integration]]):
    """Try each outside system of a service now, with its credentials, changing nothing."""

    subject: ClassVar[str] = "rpc.*.check_integrations"
    timeout_seconds: ClassVar[float] = 30.0


class PostgresShare(BaseModel):
    """What a service uses of Postgres: other roles' transactions are not for it to see."""

    schema_bytes: int = Field(description="its tables with their indexes")
    connections: int
    oldest_transaction_seconds: float | None = Field(None, description="null: none is open")
    outbox_oldest_seconds: float | None = Field(
        None, description="how long the oldest message has been ready to go out; null: none waits"
    )


class ServiceReport(BaseModel):
    """What a service says of itself."""

    service: str
    version: str
    started_at: Moment
    schema_revision: str | None
    newest_revision: str | None = Field(None, description="the schema revision that the service's code expects")
    now: Moment | None = Field(None, description="the service's clock when it answered")
    database_now: Moment | None = Field(None, description="Postgres's clock, read just before")
    outbox_waiting: int
    failed_messages: int
    postgres: PostgresShare | None = None
    details: dict[str, Any] = {}


class DescribeService(EveryService[ServiceReport]):
    """A service's version, schema revision and backlog."""

    subject: ClassVar[str] = "rpc.*.describe_service"


class FailedMessage(BaseModel):
    """A message that could not be handled: kept with its error until it is sent again or dropped."""

    id: str
    service: str
    consumer: str
    message_subject: str
    body: str
    error: str
    attempts: int
    final: bool = Field(description="no more attempts by itself")
    first_failed_at: Moment
    last_failed_at: Moment


class ListFailedMessages(EveryService[Page[FailedMessage]]):
    """Messages of a service that failed, newest first."""

    subject: ClassVar[str] = "rpc.*.list_failed_messages"
    limit: Limit = 50
    offset: Offset = 0


class ResendFailedMessage(EveryService[FailedMessage]):
    """Send a failed message again, to the same consumer's subject."""

    subject: ClassVar[str] = "rpc.*.resend_failed_message"
    id: Words


class TimelineEntry(BaseModel):
    """One thing that happened, or that is still to come, to a missing book, a download or a book."""

    at: Moment
    service: str = Field(examples=["downloader"])
    kind: str = Field(examples=["gap_found", "searched", "release_rejected", "grabbed", "imported", "retry_planned"])
    words: str = Field(description="what happened, for a person")
    to_come: bool = Field(False, description="planned, not yet done")
    details: dict[str, Any] = {}


class Timeline(BaseModel):
    """What one service knows of the history, and the other ids by which the story goes on in other services."""

    entries: list[TimelineEntry] = []
    missing_book_ids: list[UUID] = []
    download_ids: list[UUID] = []
    book_ids: list[UUID] = []


class TellTimeline(EveryService[Timeline]):
    """What a service knows of the history of these missing books, downloads and books, oldest first."""

    subject: ClassVar[str] = "rpc.*.tell_timeline"
    missing_book_ids: list[UUID] = Field([], max_length=50)
    download_ids: list[UUID] = Field([], max_length=50)
    book_ids: list[UUID] = Field([], max_length=50)


class CleanedUp(BaseModel):
    """What a service's retention deleted, or in a dry run would delete: rows by table."""

    service: str
    deleted: dict[str, int] = {}


class CleanUp(EveryService[CleanedUp]):
    """Delete what is older than the service's retention settings say; repeatable."""

    subject: ClassVar[str] = "rpc.*.clean_up"
    timeout_seconds: ClassVar[float] = 60.0
    dry_run: bool = False


class Statistics(BaseModel):
    """The figures of one service, by name: counts, bytes, seconds."""

    service: str
    figures: dict[str, float | int | str | dict[str, int]] = {}


class TellStatistics(EveryService[Statistics]):
    """The figures of a service, from its own tables."""

    subject: ClassVar[str] = "rpc.*.tell_statistics"
