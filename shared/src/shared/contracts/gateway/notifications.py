"""Notifications: their kinds, their targets and what became of each message."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.values import Moment


class NewsKind(StrEnum):
    """What a notification is about."""

    IMPORTED = "imported"
    FAILED = "failed"
    NEEDS_PERSON = "needs_person"
    ACCOUNT_LIMIT = "account_limit"
    SERVICE_DOWN = "service_down"


class Outcome(StrEnum):
    """What came of a message. Only one that surely did not arrive may be sent again."""

    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class MessageStatus(StrEnum):
    """Where a message is."""

    SENDING = "sending"
    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
    UNKNOWN = "unknown"


class NotificationMessage(BaseModel):
    """A message as it was, or will again be, sent to one target."""

    id: UUID
    target: str = Field(examples=["tgram-5f3a9c01"])
    kind: NewsKind
    title: str = Field(examples=["2 books imported"])
    body: str = Field(examples=["- The Marvelous Land of Oz by L. Frank Baum (Oz 2)"])
    items: int = Field(description="how many things it tells")
    status: MessageStatus = Field(
        description="`waiting`: it surely did not arrive and is tried again; `unknown`: whether it arrived is not"
        " known, and it is not sent again, for nothing is told twice"
    )
    words: str = Field(description="what came of the last attempt", examples=["Telegram took it"])
    attempts: int
    created_at: Moment
    next_attempt_at: Moment | None = None
    ended_at: Moment | None = None


class NotificationTarget(BaseModel):
    """An address that notifications go to, without the address itself."""

    id: str = Field(examples=["tgram-5f3a9c01"])
    service: str = Field(examples=["Telegram"])
    kinds: list[NewsKind]
    waiting: int = Field(description="things that wait to be told: for others of their kind, or for quiet hours to end")
    last: NotificationMessage | None = Field(description="the newest message to it")


class NotificationTest(BaseModel):
    """Which targets to try."""

    target: str | None = Field(
        None, max_length=100, description="the id of one target; all when not given", examples=["tgram-5f3a9c01"]
    )


class NotificationTestResult(BaseModel):
    """What came of the test message at one target."""

    target: str = Field(examples=["tgram-5f3a9c01"])
    service: str = Field(examples=["Telegram"])
    outcome: Outcome
    words: str = Field(examples=["Telegram took it"])
