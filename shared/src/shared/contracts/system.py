"""What every service answers about itself."""

from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from shared.contracts.message import EveryService
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.values import Moment


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


class ServiceReport(BaseModel):
    """What a service says of itself."""

    service: str
    version: str
    started_at: Moment
    schema_revision: str | None
    outbox_waiting: int
    failed_messages: int
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
    id: str
