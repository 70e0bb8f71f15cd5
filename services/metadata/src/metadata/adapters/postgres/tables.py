"""Tables of the metadata service."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.chassis.tables import chassis_tables, rate_limit_tables, service_metadata
from shared.contracts.metadata.corrections import CorrectionStatus
from sqlalchemy import Boolean, DateTime, Double, ForeignKey, Index, Integer, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

METADATA = service_metadata("metadata")
CHASSIS = chassis_tables(METADATA)
RATE_LIMITS = rate_limit_tables(METADATA)
MOMENT = DateTime(timezone=True)


class Row(DeclarativeBase):
    """The base of the tables of the service's schema."""

    metadata = METADATA


class AnswerRow(Row):
    """A provider's answer to one question. Failures are never stored."""

    __tablename__ = "provider_answers"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    answer: Mapped[dict[str, Any]] = mapped_column(JSONB)
    fetched_at: Mapped[datetime] = mapped_column(MOMENT)


class WorkRow(Row):
    """An entry of a provider's catalogue as it was last received."""

    __tablename__ = "works"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    work: Mapped[dict[str, Any]] = mapped_column(JSONB)
    seen_at: Mapped[datetime] = mapped_column(MOMENT)


class BibliographyRow(Row):
    """The works of a series or an author, by provider."""

    __tablename__ = "bibliographies"

    of: Mapped[str] = mapped_column(Text, primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    work_ids: Mapped[list[str]] = mapped_column(JSONB)
    collected_at: Mapped[datetime] = mapped_column(MOMENT)


class CorrectionRow(Row):
    """A change of one field of one book."""

    __tablename__ = "corrections"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    book_id: Mapped[UUID]
    abs_id: Mapped[str | None] = mapped_column(Text)
    book_title: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    old: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    new: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    source: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(Text)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    status: Mapped[str] = mapped_column(Text)
    status_detail: Mapped[str | None] = mapped_column(Text)
    translatable: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    made_by: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    sent_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.now())
    """When it was last sent to the library, to be written or undone."""
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)
    run_id: Mapped[UUID | None]
    trace_id: Mapped[str | None] = mapped_column(Text)
    undone_trace_id: Mapped[str | None] = mapped_column(Text)


class ProposalRow(Row):
    """A change of one field of one book that is not decided, or was decided by a person."""

    __tablename__ = "proposals"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    book_id: Mapped[UUID]
    book_title: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    old: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    new: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    kind: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(Text)
    score: Mapped[float] = mapped_column(Double)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    finding_id: Mapped[UUID | None]
    run_id: Mapped[UUID | None]
    status: Mapped[str] = mapped_column(Text)
    status_detail: Mapped[str | None] = mapped_column(Text)
    translatable: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    correction_id: Mapped[UUID | None]
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    decided_at: Mapped[datetime | None] = mapped_column(MOMENT)
    decided_by: Mapped[str | None] = mapped_column(Text)


class PlannedRow(Row):
    """The changes of one book in a dry run that is in progress."""

    __tablename__ = "planned_changes"

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    book_id: Mapped[UUID] = mapped_column(primary_key=True)
    actions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    planned_at: Mapped[datetime] = mapped_column(MOMENT)


class RefreshRow(Row):
    """One refresh of a book."""

    __tablename__ = "refreshes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    book_id: Mapped[UUID]
    refreshed_at: Mapped[datetime] = mapped_column(MOMENT)
    confidence: Mapped[str] = mapped_column(Text)
    corrections: Mapped[int] = mapped_column(Integer)
    answered: Mapped[list[str]] = mapped_column(JSONB)
    failures: Mapped[dict[str, str]] = mapped_column(JSONB)
    translatable: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """The codes and figures of the failures, by provider."""
    trace_id: Mapped[str | None] = mapped_column(Text)


class DecisionRow(Row):
    """Nothing needs to change for a book, until it or the answers about it change."""

    __tablename__ = "decisions"

    book_id: Mapped[UUID] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(Text)
    believed_until: Mapped[datetime] = mapped_column(MOMENT)


class DeferredRow(Row):
    """A book to look up again at the providers that failed."""

    __tablename__ = "put_off_books"

    book_id: Mapped[UUID] = mapped_column(primary_key=True)
    providers: Mapped[list[str]] = mapped_column(JSONB)
    fill_only: Mapped[bool] = mapped_column(Boolean)
    times: Mapped[int] = mapped_column(Integer)
    again_at: Mapped[datetime] = mapped_column(MOMENT)


class MatchRow(Row):
    """What a person decided about the identity of a book."""

    __tablename__ = "matches"

    book_id: Mapped[UUID] = mapped_column(primary_key=True)
    book_title: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    asins: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """By the path or one of these, the item is recognized if it is imported again."""
    decision: Mapped[str] = mapped_column(Text)
    entry: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    asin: Mapped[str | None] = mapped_column(Text)
    isbn: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(MOMENT)
    trace_id: Mapped[str | None] = mapped_column(Text)


Index("ix_matches_path", MatchRow.path)
Index("ix_matches_asins", MatchRow.asins, postgresql_using="gin")


class SeenPictureRow(Row):
    """A picture that a provider showed for a book, by the digest of its content."""

    __tablename__ = "seen_pictures"

    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    title: Mapped[str] = mapped_column(Text, primary_key=True)
    author: Mapped[str] = mapped_column(Text, primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(MOMENT)


class GenreMapRow(Row):
    """The genre map of a person. There is one row."""

    __tablename__ = "genre_map"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    genres: Mapped[dict[str, Any]] = mapped_column(JSONB)
    changed_at: Mapped[datetime] = mapped_column(MOMENT)
    changed_by: Mapped[str] = mapped_column(Text)


class ImportListRow(Row):
    """A list of books that a person wants."""

    __tablename__ = "import_lists"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    shelf: Mapped[str] = mapped_column(Text)
    enabled: Mapped[bool] = mapped_column(Boolean)
    auto_download: Mapped[bool] = mapped_column(Boolean)
    priority: Mapped[int] = mapped_column(Integer)
    removed_entries: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(MOMENT)
    read_at: Mapped[datetime | None] = mapped_column(MOMENT)
    problem: Mapped[str | None] = mapped_column(Text)
    validators: Mapped[list[str]] = mapped_column(JSONB)
    """They make the next request for the list conditional."""


class ImportListEntryRow(Row):
    """One book of a list, what it was matched with, and what became of it."""

    __tablename__ = "import_list_entries"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    list_id: Mapped[UUID] = mapped_column(ForeignKey("metadata.import_lists.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    authors: Mapped[list[str]] = mapped_column(JSONB)
    isbn: Mapped[str | None] = mapped_column(Text)
    asin: Mapped[str | None] = mapped_column(Text)
    published_year: Mapped[int | None] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str | None] = mapped_column(Text)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    work: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    book_id: Mapped[UUID | None]
    missing_book_id: Mapped[UUID | None]
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(MOMENT)
    added_at: Mapped[datetime] = mapped_column(MOMENT)
    matched_at: Mapped[datetime | None] = mapped_column(MOMENT)
    removed_at: Mapped[datetime | None] = mapped_column(MOMENT)
    version: Mapped[int] = mapped_column(Integer)


Index("uq_import_lists_name", func.lower(ImportListRow.name), unique=True)
Index("uq_import_list_entries_list_id_key", ImportListEntryRow.list_id, ImportListEntryRow.key, unique=True)
Index("ix_import_list_entries_list_id_id", ImportListEntryRow.list_id, ImportListEntryRow.id)
Index("ix_import_list_entries_missing_book_id", ImportListEntryRow.missing_book_id)
Index("ix_seen_pictures_seen_at", SeenPictureRow.seen_at)
Index("ix_decisions_believed_until", DecisionRow.believed_until)
Index("ix_put_off_books_again_at", DeferredRow.again_at)
Index("ix_provider_answers_fetched_at", AnswerRow.fetched_at)
Index(
    "ix_corrections_unsettled",
    CorrectionRow.sent_at,
    postgresql_where=CorrectionRow.status.in_([CorrectionStatus.PROPOSED.value, CorrectionStatus.UNDOING.value]),
)
Index("ix_corrections_made_at", CorrectionRow.made_at.desc(), CorrectionRow.id)
Index("ix_corrections_status_made_at", CorrectionRow.status, CorrectionRow.made_at)
Index("ix_corrections_source_made_at", CorrectionRow.source, CorrectionRow.made_at)
Index("ix_refreshes_book_id_refreshed_at", RefreshRow.book_id, RefreshRow.refreshed_at)
Index("ix_refreshes_refreshed_at", RefreshRow.refreshed_at)
Index("ix_corrections_book_id_field", CorrectionRow.book_id, CorrectionRow.field)
Index(
    "uq_corrections_one_proposed", CorrectionRow.book_id, CorrectionRow.field, unique=True,
    postgresql_where=text("status = 'proposed'"),
)  # fmt: skip
Index("ix_corrections_run_id", CorrectionRow.run_id, postgresql_where=CorrectionRow.run_id.is_not(None))
Index("ix_proposals_status_made_at", ProposalRow.status, ProposalRow.made_at)
Index("ix_proposals_book_id_field", ProposalRow.book_id, ProposalRow.field)
Index("ix_proposals_run_id", ProposalRow.run_id, postgresql_where=ProposalRow.run_id.is_not(None))
Index("ix_proposals_finding_id", ProposalRow.finding_id, postgresql_where=ProposalRow.finding_id.is_not(None))
Index(
    "uq_proposals_one_open", ProposalRow.book_id, ProposalRow.field, ProposalRow.kind, unique=True,
    postgresql_where=text("status = 'open'"),
)  # fmt: skip
