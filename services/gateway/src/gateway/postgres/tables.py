"""The gateway's tables."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.chassis.tables import chassis_tables, service_metadata
from sqlalchemy import BigInteger, CheckConstraint, DateTime, Identity, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

METADATA = service_metadata("gateway")
CHASSIS = chassis_tables(METADATA)


class Row(DeclarativeBase):
    """The base of the tables of the gateway's schema."""

    metadata = METADATA


class ApiKeyRow(Row):
    """An API key. Only its keyed hash is stored."""

    __tablename__ = "api_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    name: Mapped[str] = mapped_column(Text)
    hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class KeyTakenBackRow(Row):
    """The keyed hash of a revoked key that may still be in the settings."""

    __tablename__ = "keys_taken_back"

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class CalendarKeyRow(Row):
    """A key in the address of the calendar. Only its keyed hash is stored."""

    __tablename__ = "calendar_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    name: Mapped[str] = mapped_column(Text)
    hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class PasswordRow(Row):
    """The Argon2id hash of the password. There is at most one row: its key is always true."""

    __tablename__ = "passwords"
    __table_args__ = (CheckConstraint('"only"', name="one_row"),)

    only: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    hash: Mapped[str] = mapped_column(Text)


class BrowserSessionRow(Row):
    """A browser that is signed in. Only the keyed hash of its cookie is stored."""

    __tablename__ = "browser_sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    address: Mapped[str] = mapped_column(Text)
    browser: Mapped[str] = mapped_column(Text)
    person: Mapped[str | None] = mapped_column(Text)
    openid_rule: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    last_used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ApiLogRow(Row):
    """One call. The endpoint is the template of the route: paths and queries are not stored.

    `key_id` is the API key, the browser session, or the user of the reverse proxy.
    """

    __tablename__ = "api_logs"
    __table_args__ = (Index("ix_api_logs_at", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    endpoint: Mapped[str] = mapped_column(Text)
    method: Mapped[str] = mapped_column(Text)
    key_id: Mapped[UUID | None]
    address: Mapped[str] = mapped_column(Text)
    status: Mapped[int]
    milliseconds: Mapped[int]
    request_id: Mapped[str] = mapped_column(Text)


class IdempotentAnswerRow(Row):
    """The answer to a call with an Idempotency-Key. A call in progress has no status."""

    __tablename__ = "idempotent_answers"
    __table_args__ = (Index("ix_idempotent_answers_begun_at", "begun_at"),)

    key_id: Mapped[UUID] = mapped_column(primary_key=True)
    route: Mapped[str] = mapped_column(Text, primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(Text, primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    begun_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    status: Mapped[int | None]
    headers: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    sealed_body: Mapped[bytes | None] = mapped_column(LargeBinary)


class NotificationTargetRow(Row):
    """A target of notifications. It gets no notification of what happened before it was added."""

    __tablename__ = "notification_targets"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    service: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class NotificationRow(Row):
    """One notification for one target. `message_id` is set once, when it is composed into a message."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index("ix_notifications_waiting", "target", "kind", postgresql_where=text("message_id is null")),
        Index("ix_notifications_noted_at", "noted_at"),
    )

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    target: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    news: Mapped[dict[str, Any]] = mapped_column(JSONB)
    noted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    message_id: Mapped[UUID | None]


class NotificationMessageRow(Row):
    """A message to one target, sent or pending."""

    __tablename__ = "notification_messages"
    __table_args__ = (
        Index("ix_notification_messages_status_next_attempt_at", "status", "next_attempt_at"),
        Index("ix_notification_messages_created_at", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    target: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    items: Mapped[int]
    status: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text, server_default=text("''"))
    attempts: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    claimed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    next_attempt_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class WatchedPartRow(Row):
    """A failing service or outside system, or a limit that is near: since when, and when it was reported."""

    __tablename__ = "watched_parts"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    bad_since: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    told_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    good_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class WatchTurnRow(Row):
    """When a round of checks last began, so that only one replica does it."""

    __tablename__ = "watch_turns"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class SeenFindingRow(Row):
    """What the doctor finds wrong: since when, and when it was last found. The id is made of its words."""

    __tablename__ = "seen_findings"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    first_seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    last_seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
