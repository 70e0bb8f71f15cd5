"""Requests about its own state that every service answers."""

from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import EveryService
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.settings import SettingsState
from shared.contracts.translatable import Translatables
from shared.contracts.values import Moment, Words


class IntegrationState(StrEnum):
    """The state of an outside system.

    BLOCKED: it sends a challenge or a sign-in page. NONSENSE: its answer cannot be parsed. PAUSED: by a person.
    """

    OK = "ok"
    AWAY = "away"
    THROTTLED = "throttled"
    REFUSED = "refused"
    BLOCKED = "blocked"
    NONSENSE = "nonsense"
    PAUSED = "paused"
    NOT_CONFIGURED = "not_configured"

    @classmethod
    def of_failure(cls, code: str) -> "IntegrationState":
        """The state after a failure with the code of a remote error; AWAY for an unknown code."""
        return _STATE_BY_CODE.get(code, cls.AWAY)


_STATE_BY_CODE = {
    "remote_unavailable": IntegrationState.AWAY,
    "remote_throttled": IntegrationState.THROTTLED,
    "remote_refused_us": IntegrationState.REFUSED,
    "remote_blocked_us": IntegrationState.BLOCKED,
    "remote_answered_nonsense": IntegrationState.NONSENSE,
}


class IntegrationKind(StrEnum):
    """What an outside system is used for."""

    LIBRARY = "library"
    METADATA = "metadata"
    INDEXER = "indexer"
    DOWNLOAD_CLIENT = "download_client"
    DISK = "disk"
    OTHER = "other"


class Integration(Model):
    """An outside system, as the service that uses it sees it now."""

    name: str = Field(examples=["audiobookshelf"])
    kind: IntegrationKind = IntegrationKind.OTHER
    service: str = Field(examples=["library-scanner"])
    state: IntegrationState
    required: bool = True
    address: str | None = Field(None, description="without credentials")
    version: str | None = None
    reason: str = Field("", description="why it refuses us, where it says so", examples=["wrong_network"])
    detail: str = Field("", description="what was observed, and what to do")
    translatable: Translatables = {}


class CheckIntegrations(EveryService[list[Integration]]):
    """Check each outside system of a service with its credentials, without changing anything."""

    subject: ClassVar[str] = "rpc.*.check_integrations"
    timeout_seconds: ClassVar[float] = 30.0


class PostgresShare(Model):
    """What a service uses of Postgres. It can see only the transactions of its own role."""

    schema_bytes: int = Field(description="size of its tables and indexes")
    connections: int
    oldest_transaction_seconds: float | None = Field(None, description="null: no transaction is open")
    outbox_oldest_seconds: float | None = Field(
        None, description="how long the oldest unsent message has been ready to send; null: none"
    )


class ServiceReport(Model):
    """The report of a service about its own state."""

    service: str
    version: str
    started_at: Moment
    schema_revision: str | None
    newest_revision: str | None = Field(None, description="the schema revision that the service's code expects")
    now: Moment | None = Field(None, description="clock of the service when it answered")
    database_now: Moment | None = Field(None, description="clock of Postgres, read just before")
    outbox_waiting: int
    failed_messages: int
    postgres: PostgresShare | None = None
    settings: SettingsState = SettingsState.RUNNING
    settings_words: str = Field("", description="which settings it needs, or what is wrong with them")
    translatable: Translatables = {}
    missing_settings: list[str] = Field([], description="required settings without a value")
    details: dict[str, Any] = {}


class DescribeService(EveryService[ServiceReport]):
    """Get the version, schema revision and backlog of a service."""

    subject: ClassVar[str] = "rpc.*.describe_service"


class FailedMessage(Model):
    """A message whose handling failed. It is stored with its error until it is resent or expires."""

    id: str
    service: str
    consumer: str
    message_subject: str
    body: str
    error: str
    attempts: int
    final: bool = Field(description="true: it is not retried automatically any more")
    first_failed_at: Moment
    last_failed_at: Moment


class ListFailedMessages(EveryService[Page[FailedMessage]]):
    """List the failed messages of a service, newest first."""

    subject: ClassVar[str] = "rpc.*.list_failed_messages"
    limit: Limit = 50
    offset: Offset = 0


class ResendFailedMessage(EveryService[FailedMessage]):
    """Resend a failed message to its consumer."""

    subject: ClassVar[str] = "rpc.*.resend_failed_message"
    id: Words


class TimelineEntry(Model):
    """One past or planned event in the history of a missing book, a download or a book."""

    at: Moment
    service: str = Field(examples=["downloader"])
    kind: str = Field(examples=["gap_found", "searched", "release_rejected", "grabbed", "imported", "retry_planned"])
    words: str = Field(description="what happened, in words")
    translatable: Translatables = {}
    to_come: bool = Field(False, description="planned, not done yet")
    details: dict[str, Any] = {}
    trace_id: str | None = Field(None, description="id of the trace in which it happened, if traces are exported")


class Timeline(Model):
    """The part of a history that one service knows, and the ids of related records in other services."""

    entries: list[TimelineEntry] = []
    missing_book_ids: list[UUID] = []
    download_ids: list[UUID] = []
    book_ids: list[UUID] = []


class TellTimeline(EveryService[Timeline]):
    """Get what a service knows of the history of these missing books, downloads and books, oldest first."""

    subject: ClassVar[str] = "rpc.*.tell_timeline"
    missing_book_ids: list[UUID] = Field([], max_length=50)
    download_ids: list[UUID] = Field([], max_length=50)
    book_ids: list[UUID] = Field([], max_length=50)


class CleanedUp(Model):
    """The rows per table that the retention of a service deleted, or would delete in a dry run."""

    service: str
    deleted: dict[str, int] = {}


class CleanUp(EveryService[CleanedUp]):
    """Delete what is older than the retention settings of the service allow. Repeatable."""

    subject: ClassVar[str] = "rpc.*.clean_up"
    timeout_seconds: ClassVar[float] = 60.0
    dry_run: bool = False


class Statistics(Model):
    """The figures of one service by name: counts, bytes and seconds."""

    service: str
    figures: dict[str, float | int | str | dict[str, int]] = {}


class TellStatistics(EveryService[Statistics]):
    """Get the figures of a service, from its own tables."""

    subject: ClassVar[str] = "rpc.*.tell_statistics"
