"""The gateway's tables."""

from datetime import datetime
from uuid import UUID

from shared.chassis.tables import chassis_tables, service_metadata
from sqlalchemy import DateTime, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
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
