"""The gateway's tables."""

from datetime import datetime
from uuid import UUID

from shared.chassis.tables import chassis_tables, service_metadata
from sqlalchemy import BigInteger, DateTime, Identity, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

METADATA = service_metadata("gateway")
CHASSIS = chassis_tables(METADATA)


class Row(DeclarativeBase):
    metadata = METADATA


class ApiKeyRow(Row):
    """An API key, known only by its keyed hash."""

    __tablename__ = "api_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    name: Mapped[str] = mapped_column(Text)
    hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ApiLogRow(Row):
    """One call. The endpoint is the route's template: what stands in a path or a query is not kept."""

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
    """The answer to a call with an Idempotency-Key; without a status while the call is under way."""

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
