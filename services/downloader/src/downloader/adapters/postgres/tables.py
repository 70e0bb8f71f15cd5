"""The downloader's tables."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.chassis.tables import chassis_tables, service_metadata
from sqlalchemy import (
    BigInteger,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

METADATA: MetaData = service_metadata("downloads")
CHASSIS = chassis_tables(METADATA)

_MOMENT = DateTime(timezone=True)
_NEW_ID = text("gen_random_uuid()")
_NOW = text("now()")

LIVE = "status not in ('failed', 'abandoned', 'cancelled', 'imported')"
"""Downloads whose torrent is, or soon will be, in the client."""
UNDESCRIBED = "status = 'imported' and described_at is null"
"""Imported downloads whose book the metadata service has not described yet."""


class Row(DeclarativeBase):
    """The base of the tables in the schema `downloads`."""

    metadata = METADATA


class DownloadRow(Row):
    """One wanted book on its way from search to import."""

    __tablename__ = "downloads"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_NEW_ID)
    missing_book_id: Mapped[UUID | None]
    title: Mapped[str] = mapped_column(Text)
    priority: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    priority_by_person: Mapped[bool] = mapped_column(server_default=text("false"))
    wanted_by_person: Mapped[bool] = mapped_column(server_default=text("false"))
    most_retries: Mapped[int | None] = mapped_column(Integer)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSONB)
    status: Mapped[str] = mapped_column(Text)
    waiting_for: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    choice_id: Mapped[UUID | None]
    chosen_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    grabbed_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    lost_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    rechecked_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    by_person: Mapped[bool] = mapped_column(server_default=text("false"))
    release: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    release_id: Mapped[str | None] = mapped_column(Text)
    info_hash: Mapped[str | None] = mapped_column(Text)
    other_hash: Mapped[str | None] = mapped_column(Text)
    client_state: Mapped[str | None] = mapped_column(Text)
    state_since: Mapped[datetime | None] = mapped_column(_MOMENT)
    progress: Mapped[float] = mapped_column(Double, server_default=text("0"))
    progressed_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    pack_lead_id: Mapped[UUID | None]
    pack_files: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    content_path: Mapped[str | None] = mapped_column(Text)
    completed_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    transit_failures: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    offer_failures: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    put_off_times: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    error: Mapped[str | None] = mapped_column(Text)
    error_type: Mapped[str | None] = mapped_column(Text)
    translatable: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The code and figures of its sentences, by their words."""
    last_attempt_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    next_retry_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    searched_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    last_search: Mapped[str | None] = mapped_column(Text)
    last_search_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    conversion: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    library_path: Mapped[str | None] = mapped_column(Text)
    book_id: Mapped[UUID | None]
    described_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    page_asked_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    delayed_until: Mapped[datetime | None] = mapped_column(_MOMENT)
    delayed_release: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    replaces: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    replaces_book_id: Mapped[UUID | None]
    awaits_files: Mapped[bool] = mapped_column(server_default=text("false"))
    awaits_move: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(_MOMENT, server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(_MOMENT, server_default=_NOW)


class GivenTorrentRow(Row):
    """A torrent file that a person gave. `content` is sealed, because it may contain a passkey."""

    __tablename__ = "given_torrents"

    info_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    given_at: Mapped[datetime] = mapped_column(_MOMENT)


class ProfileRow(Row):
    """A quality profile. `rules` has what differs from the defaults."""

    __tablename__ = "quality_profiles"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_NEW_ID)
    name: Mapped[str] = mapped_column(Text, unique=True)
    is_default: Mapped[bool] = mapped_column(server_default=text("false"))
    rules: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(_MOMENT, server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(_MOMENT, server_default=_NOW)


Index("uq_quality_profiles_is_default", ProfileRow.is_default, unique=True, postgresql_where=text("is_default"))


class AssignmentRow(Row):
    """A book, series or author to which a quality profile applies."""

    __tablename__ = "profile_assignments"

    scope: Mapped[str] = mapped_column(Text, primary_key=True)
    target_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    folded_name: Mapped[str] = mapped_column(Text)
    profile_id: Mapped[UUID] = mapped_column(ForeignKey(ProfileRow.id, ondelete="CASCADE"))


Index("ix_profile_assignments_profile_id", AssignmentRow.profile_id)


Index(
    "uq_downloads_missing_book_id", DownloadRow.missing_book_id, unique=True,
    postgresql_where=text("status <> 'cancelled'"),
)  # fmt: skip
Index(
    "uq_downloads_info_hash", DownloadRow.info_hash, unique=True,
    postgresql_where=text(f"{LIVE} and (pack_lead_id is null or pack_lead_id = id)"),
)  # fmt: skip
Index(
    "ix_downloads_pack_info_hash", DownloadRow.info_hash, postgresql_where=text("pack_lead_id is not null"),
)  # fmt: skip
Index("ix_downloads_other_hash", DownloadRow.other_hash, postgresql_where=text("other_hash is not null"))
Index("ix_downloads_undescribed", DownloadRow.updated_at, postgresql_where=text(UNDESCRIBED))
Index(
    "uq_downloads_replaces_book_id", DownloadRow.replaces_book_id, unique=True,
    postgresql_where=text("replaces_book_id is not null"),
)  # fmt: skip
Index("ix_downloads_awaits_move", DownloadRow.updated_at, postgresql_where=text("awaits_move"))
Index("ix_downloads_page_asked_at", DownloadRow.page_asked_at, postgresql_where=text("page_asked_at is not null"))
Index("ix_downloads_missing_book_id", DownloadRow.missing_book_id)
Index("ix_downloads_created_at", DownloadRow.created_at)
Index("ix_downloads_status_next_retry_at", DownloadRow.status, DownloadRow.next_retry_at)
Index("ix_downloads_book_id", DownloadRow.book_id)
Index("ix_downloads_source_release_id", DownloadRow.source, DownloadRow.release_id)


class CandidateRow(Row):
    """A release judged for a download, with the decision at that time."""

    __tablename__ = "candidates"
    __table_args__ = (UniqueConstraint("download_id", "indexer", "release_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_NEW_ID)
    download_id: Mapped[UUID] = mapped_column(ForeignKey(DownloadRow.id, ondelete="CASCADE"))
    indexer: Mapped[str] = mapped_column(Text)
    release_id: Mapped[str] = mapped_column(Text)
    release: Mapped[dict[str, Any]] = mapped_column(JSONB)
    verdict: Mapped[str] = mapped_column(Text)
    score: Mapped[float] = mapped_column(Double)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    account: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    grabbed: Mapped[bool] = mapped_column(server_default=text("false"))
    judged_at: Mapped[datetime] = mapped_column(_MOMENT)


Index(
    "ix_candidates_indexer_release_id_grabbed", CandidateRow.indexer, CandidateRow.release_id,
    postgresql_where=text("grabbed"),
)  # fmt: skip


Index("ix_candidates_indexer_release_id", CandidateRow.indexer, CandidateRow.release_id)
Index("ix_candidates_indexer_verdict", CandidateRow.indexer, CandidateRow.verdict)


class HistoryRow(Row):
    """An event of a download; a repeated one is counted."""

    __tablename__ = "history"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    download_id: Mapped[UUID] = mapped_column(ForeignKey(DownloadRow.id, ondelete="CASCADE"))
    first_at: Mapped[datetime] = mapped_column(_MOMENT, server_default=_NOW)
    last_at: Mapped[datetime] = mapped_column(_MOMENT, server_default=_NOW)
    times: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    kind: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    translatable: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The code and figures of the words."""
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    trace_id: Mapped[str | None] = mapped_column(Text)


Index("ix_history_download_id_kind_id", HistoryRow.download_id, HistoryRow.kind, HistoryRow.id)


class ImportQuestionRow(Row):
    """What a person is asked about an import; `choice_id` is the choice of the release in question.

    A question about new files in a watched folder has their `path`, and no download until they are imported.
    """

    __tablename__ = "import_questions"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_NEW_ID)
    download_id: Mapped[UUID | None] = mapped_column(ForeignKey(DownloadRow.id, ondelete="CASCADE"))
    path: Mapped[str | None] = mapped_column(Text)
    choice_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    authors: Mapped[list[str]] = mapped_column(JSONB)
    reasons: Mapped[list[str]] = mapped_column(JSONB)
    translatable: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    """The code and figures of the reasons, as the API shows them."""
    choices: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    asked_at: Mapped[datetime] = mapped_column(_MOMENT)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    answered_by: Mapped[str | None] = mapped_column(Text)


Index("uq_import_questions_open", ImportQuestionRow.download_id, unique=True, postgresql_where=text("answer is null"))
Index("ix_import_questions_download_id", ImportQuestionRow.download_id)


class WatchedFolderRow(Row):
    """A book in a watched folder that was proposed or imported."""

    __tablename__ = "watched_folders"

    path: Mapped[str] = mapped_column(Text, primary_key=True)
    proposed_at: Mapped[datetime] = mapped_column(_MOMENT)


class OfferRow(Row):
    """A release that an interactive search showed."""

    __tablename__ = "offers"

    indexer: Mapped[str] = mapped_column(Text, primary_key=True)
    release_id: Mapped[str] = mapped_column(Text, primary_key=True)
    release: Mapped[dict[str, Any]] = mapped_column(JSONB)
    seen_at: Mapped[datetime] = mapped_column(_MOMENT)


Index("ix_offers_seen_at", OfferRow.seen_at)


class BlockedRow(Row):
    """A release that is never grabbed again."""

    __tablename__ = "blocklist"
    __table_args__ = (UniqueConstraint("indexer", "release_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_NEW_ID)
    indexer: Mapped[str] = mapped_column(Text)
    release_id: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    translatable: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    """The code and figures of the reason, by its words."""
    blocked_at: Mapped[datetime] = mapped_column(_MOMENT)


class PackBookRow(Row):
    """A book that a release with several books has filled, or that its files turned out not to be. Kept permanently.

    `item` is the missing book, or the download if there is none.
    """

    __tablename__ = "pack_books"

    indexer: Mapped[str] = mapped_column(Text, primary_key=True)
    release_id: Mapped[str] = mapped_column(Text, primary_key=True)
    item: Mapped[str] = mapped_column(Text, primary_key=True)
    filled: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    translatable: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    """The code and figures of the reason, by its words."""
    stored_at: Mapped[datetime] = mapped_column(_MOMENT)


class RefusedLoginRow(Row):
    """The last login that a system refused, by its address; `credentials` is a salted hash."""

    __tablename__ = "refused_logins"

    address: Mapped[str] = mapped_column(Text, primary_key=True)
    credentials: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    refused_at: Mapped[datetime] = mapped_column(_MOMENT)


class SeedingRow(Row):
    """A torrent that we grabbed, and its seeding times. It outlives its download."""

    __tablename__ = "seeding"

    info_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    download_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(Text)
    release_title: Mapped[str] = mapped_column(Text)
    indexer: Mapped[str] = mapped_column(Text)
    release_id: Mapped[str] = mapped_column(Text)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    grabbed_at: Mapped[datetime] = mapped_column(_MOMENT)
    state: Mapped[str] = mapped_column(Text)
    safe_to_remove: Mapped[bool]
    completed_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    checked_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    seeded_seconds: Mapped[float] = mapped_column(Double)
    seeded_in_client: Mapped[float] = mapped_column(Double)
    listed_seconds: Mapped[int | None] = mapped_column(Integer)
    listed_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    ratio: Mapped[float] = mapped_column(Double)
    uploaded_bytes: Mapped[int] = mapped_column(BigInteger)
    stopped_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    warned_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    ended_at: Mapped[datetime | None] = mapped_column(_MOMENT)


Index("ix_seeding_safe_to_remove_grabbed_at", SeedingRow.safe_to_remove, SeedingRow.grabbed_at.desc())
Index("ix_seeding_open", SeedingRow.info_hash, postgresql_where=text("ended_at is null"))


class FailedAttemptRow(Row):
    """A counted failure, kept permanently; `release_id` is empty if no release was involved."""

    __tablename__ = "failed_attempts"
    __table_args__ = (UniqueConstraint("item", "task", "release_id", "error_type"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_NEW_ID)
    task: Mapped[str] = mapped_column(Text)
    item: Mapped[str] = mapped_column(Text)
    release_id: Mapped[str] = mapped_column(Text, server_default=text("''"))
    error_type: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    translatable: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    """The code and figures of the reason, by its words."""
    first_attempt_at: Mapped[datetime] = mapped_column(_MOMENT)
    last_attempt_at: Mapped[datetime] = mapped_column(_MOMENT)
    count: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    permanent: Mapped[bool] = mapped_column(server_default=text("false"))
    hidden_at: Mapped[datetime | None] = mapped_column(_MOMENT)
