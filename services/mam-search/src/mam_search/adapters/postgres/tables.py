"""Tables of mam-search."""

from datetime import date, datetime
from typing import Any

from shared.chassis.tables import chassis_tables, rate_limit_tables, service_metadata
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Identity, Index, Integer, LargeBinary, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

METADATA = service_metadata("mam")
CHASSIS = chassis_tables(METADATA)
RATE_LIMITS = rate_limit_tables(METADATA)


class Row(DeclarativeBase):
    """The base of the tables of the service's schema."""

    metadata = METADATA


class SessionRow(Row):
    """One row for each kind of session: its encrypted rotating value, and its state."""

    __tablename__ = "sessions"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    seed_fingerprint: Mapped[str] = mapped_column(Text)
    session: Mapped[bytes | None] = mapped_column(LargeBinary)
    previous: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(Text, server_default=sql("'untried'"))
    detail: Mapped[str] = mapped_column(Text, server_default=sql("''"))
    translatable: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=sql("'{}'::jsonb"))
    """The code and figures of the detail, by its words."""
    refusals: Mapped[int] = mapped_column(server_default=sql("0"))
    refused_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    closed_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    began_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=sql("now()"))
    rotated_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_success_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    failed_logins: Mapped[int] = mapped_column(server_default=sql("0"))


class SeedboxRow(Row):
    """Our address as the tracker sees it, and its registration: one row."""

    __tablename__ = "seedbox"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(Text, server_default=sql("'not_yet'"))
    address: Mapped[str] = mapped_column(Text, server_default=sql("''"))
    network: Mapped[str] = mapped_column(Text, server_default=sql("''"))
    detail: Mapped[str] = mapped_column(Text, server_default=sql("''"))
    translatable: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=sql("'{}'::jsonb"))
    """The code and figures of the detail, by its words."""
    registered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    seen_address: Mapped[str] = mapped_column(Text, server_default=sql("''"))
    seen_network: Mapped[str] = mapped_column(Text, server_default=sql("''"))
    seen_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SearchRow(Row):
    """The stored page of a search. `text` is a hash of the search; `found` counts all releases that match it."""

    __tablename__ = "searches"

    text: Mapped[str] = mapped_column(Text, primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    release_ids: Mapped[list[str]] = mapped_column(JSONB)
    found: Mapped[int] = mapped_column(Integer, server_default=sql("0"))


class ReleaseRow(Row):
    """A release as it was last seen. The other columns repeat its fields for filters and orders."""

    __tablename__ = "releases"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    release: Mapped[dict[str, Any]] = mapped_column(JSONB)
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    first_seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    search_text: Mapped[str] = mapped_column(Text, server_default=sql("''"))
    title: Mapped[str] = mapped_column(Text, server_default=sql("''"))
    language: Mapped[str | None] = mapped_column(Text)
    category_id: Mapped[int | None] = mapped_column(Integer)
    filetype: Mapped[str | None] = mapped_column(Text)
    is_audio: Mapped[bool | None] = mapped_column(Boolean)
    freeleech: Mapped[bool] = mapped_column(Boolean, server_default=sql("false"))
    vip: Mapped[bool] = mapped_column(Boolean, server_default=sql("false"))
    snatched_before: Mapped[bool] = mapped_column(Boolean, server_default=sql("false"))
    abridged: Mapped[bool | None] = mapped_column(Boolean)
    size_bytes: Mapped[int] = mapped_column(BigInteger, server_default=sql("0"))
    seeders: Mapped[int] = mapped_column(BigInteger, server_default=sql("0"))
    snatches: Mapped[int] = mapped_column(BigInteger, server_default=sql("0"))
    published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class GenreRow(Row):
    """What a person changed of a genre."""

    __tablename__ = "genre_settings"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    enabled: Mapped[bool | None] = mapped_column(Boolean)
    top10_count: Mapped[int | None] = mapped_column(Integer)
    min_seeders: Mapped[int | None] = mapped_column(Integer)


class TopListRow(Row):
    """A top list as it was last read in a week, which begins on the Monday `week`."""

    __tablename__ = "top_lists"

    genre: Mapped[str] = mapped_column(Text, primary_key=True)
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    read_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    top_list: Mapped[dict[str, Any]] = mapped_column(JSONB)


class SnapshotRow(Row):
    """The account's standing at one time."""

    __tablename__ = "account_snapshots"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    standing: Mapped[dict[str, Any]] = mapped_column(JSONB)


Index("ix_searches_asked_at", SearchRow.asked_at)
Index("ix_releases_seen_at_id", ReleaseRow.seen_at, ReleaseRow.id)
Index(
    "ix_releases_search_text",
    ReleaseRow.search_text,
    postgresql_using="gin",
    postgresql_ops={"search_text": "gin_trgm_ops"},
)
Index("ix_account_snapshots_read_at", SnapshotRow.read_at.desc())
