"""Notifications: kinds, targets, and the delivery of each message."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from shared.contracts.model import Model
from shared.contracts.translatable import Translatables
from shared.contracts.values import Moment


class NewsKind(StrEnum):
    """What a notification is about."""

    IMPORTED = "imported"
    FAILED = "failed"
    NEEDS_PERSON = "needs_person"
    ACCOUNT_LIMIT = "account_limit"
    VIP_ENDS = "vip_ends"
    SESSION_OLD = "session_old"
    HIT_AND_RUN = "hit_and_run"
    SERVICE_DOWN = "service_down"


class Outcome(StrEnum):
    """The outcome of sending a message. Only a message that certainly did not arrive may be sent again."""

    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class MessageStatus(StrEnum):
    """The delivery status of a message."""

    SENDING = "sending"
    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
    UNKNOWN = "unknown"


class NotificationMessage(Model):
    """A message to one target, and the status of its delivery."""

    id: UUID
    target: str = Field(examples=["tgram-5f3a9c01"])
    kind: NewsKind
    title: str = Field(examples=["2 books imported"])
    body: str = Field(examples=["- The Marvelous Land of Oz by L. Frank Baum (Oz 2)"])
    items: int = Field(description="number of items that it reports")
    status: MessageStatus = Field(
        description="`waiting`: it did not arrive and will be retried; `unknown`: it may have arrived, so it is not"
        " sent again, to avoid duplicates"
    )
    words: str = Field(description="result of the last attempt", examples=["Telegram accepted it"])
    attempts: int
    created_at: Moment
    next_attempt_at: Moment | None = None
    ended_at: Moment | None = None


class NotificationTarget(Model):
    """A target of notifications, without its address, which may contain credentials."""

    id: str = Field(examples=["tgram-5f3a9c01"])
    service: str = Field(examples=["Telegram"])
    kinds: list[NewsKind]
    waiting: int = Field(description="items that wait to be sent together with others, or after the quiet hours")
    last: NotificationMessage | None = Field(description="the newest message to this target")


class NotificationTest(Model):
    """The targets to test."""

    target: str | None = Field(
        None, max_length=100, description="id of one target; null: all targets", examples=["tgram-5f3a9c01"]
    )


class NotificationTestResult(Model):
    """The result of the test message to one target."""

    target: str = Field(examples=["tgram-5f3a9c01"])
    service: str = Field(examples=["Telegram"])
    outcome: Outcome
    words: str = Field(examples=["Telegram accepted it"])
    translatable: Translatables = {}
