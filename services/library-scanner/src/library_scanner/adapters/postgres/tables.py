"""The tables of the schema `library`."""

from shared.chassis.tables import chassis_tables, service_metadata
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Computed,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

SCHEMA = "library"
METADATA = service_metadata(SCHEMA)
CHASSIS = chassis_tables(METADATA)

_NONE = text("'{}'::text[]")
_ZERO = text("0")
_FALSE = text("false")
_EMPTY = text("'{}'::jsonb")
_EMPTY_LIST = text("'[]'::jsonb")


def _texts(name: str) -> Column[list[str]]:
    return Column(name, ARRAY(Text), nullable=False, server_default=_NONE)


def _sort_key() -> Column[str]:
    """The key by which lists are sorted, compared by code point; see `shared.books.text.sort_keys`."""
    return Column("sort_key", Text(collation="C"), nullable=False, server_default=text("''"))


def _search_text(table: Table) -> None:
    """Index the folded search text by trigrams; see `search`."""
    Index(
        f"ix_{table.name}_search_text",
        table.c.search_text,
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )


def _counts() -> list[Column[object]]:
    """The counts of a series or an author."""
    return [
        Column("owned", Integer, nullable=False, server_default=_ZERO),
        Column("missing", Integer, nullable=False, server_default=_ZERO),
        Column("upcoming", Integer, nullable=False, server_default=_ZERO),
        Column("total", Integer),
        Column("completion_percent", Float),
        Column("completion_status", Text, nullable=False, server_default=text("'unknown'")),
        Column("last_checked_at", DateTime(timezone=True)),
        Column("last_check_problem", Text),
        _texts("evidence_providers"),
    ]


BOOKS = Table(
    "books",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("abs_id", Text),
    Column("library_id", Text, nullable=False),
    Column("abs_updated_ms", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column("subtitle", Text),
    _texts("authors"),
    _texts("narrators"),
    _texts("narrator_keys"),
    Column("series", JSONB, nullable=False, server_default=_EMPTY_LIST),
    Column("series_evidence", Text),
    Column("series_in_abs", JSONB, nullable=False, server_default=_EMPTY_LIST),
    Column("reading_version", Integer, nullable=False, server_default=text("0")),
    Column("isbn", Text),
    Column("asin", Text),
    Column("publisher", Text),
    Column("published_year", Text),
    Column("language", Text),
    Column("language_code", Text),
    Column("description", Text),
    _texts("genres"),
    _texts("tags"),
    Column("cover", Text),
    Column("cover_path", Text),
    Column("chapters", Text),
    Column("contents_read", Boolean, nullable=False, server_default=_FALSE),
    Column("duration_seconds", Float),
    Column("size_bytes", BigInteger),
    Column("format", Text),
    Column("abridged", Boolean, nullable=False, server_default=_FALSE),
    Column("path", Text, nullable=False),
    _texts("contents"),
    _texts("file_names"),
    Column("checked_at", DateTime(timezone=True)),
    Column("search_text", Text, nullable=False, server_default=text("''")),
    _sort_key(),
    Column("status", Text, nullable=False),
    Column("files_missing_since", DateTime(timezone=True)),
    Column("incomplete", Boolean, nullable=False, server_default=_FALSE),
    Column("metadata_source", JSONB, nullable=False, server_default=_EMPTY),
    _texts("locked_fields"),
    Column("pending_writes", JSONB, nullable=False, server_default=_EMPTY),
    Column("last_metadata_update_at", DateTime(timezone=True)),
    Column("match_confidence", Text),
    Column("match_decision", Text),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("changed_in", BigInteger, nullable=False, server_default=text("txid_current()")),
    UniqueConstraint("abs_id"),
)
for _name in ("added_at", "sort_key", "updated_at", "path"):
    Index(f"ix_books_status_{_name}_id", BOOKS.c.status, BOOKS.c[_name], BOOKS.c.id)
for _name in ("published_year", "duration_seconds", "size_bytes", "last_metadata_update_at"):
    Index(f"ix_books_status_{_name}_id", BOOKS.c.status, BOOKS.c[_name].nulls_first(), BOOKS.c.id)
Index("ix_books_status_language_code", BOOKS.c.status, BOOKS.c.language_code)
Index("ix_books_status_incomplete", BOOKS.c.status, BOOKS.c.incomplete)
Index("ix_books_status_match_confidence", BOOKS.c.status, BOOKS.c.match_confidence)
Index(
    "ix_books_status_match_decision",
    BOOKS.c.status,
    BOOKS.c.match_decision,
    postgresql_where=BOOKS.c.match_decision.is_not(None),
)
Index("ix_books_changed_in", BOOKS.c.changed_in)
Index("ix_books_path", BOOKS.c.path)
Index(
    "ix_books_files_missing_since",
    BOOKS.c.files_missing_since,
    postgresql_where=BOOKS.c.files_missing_since.is_not(None),
)
Index("ix_books_narrator_keys", BOOKS.c.narrator_keys, postgresql_using="gin")
Index("ix_books_isbn", BOOKS.c.isbn)
Index("ix_books_asin", BOOKS.c.asin)
_search_text(BOOKS)

SERIES = Table(
    "series",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("key", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    _texts("authors"),
    Column("follow", Text, nullable=False, server_default=text("'all'")),
    Column("follow_from", Date),
    Column("by_hand", Boolean, nullable=False, server_default=_FALSE),
    Column("merged_into", Uuid, ForeignKey("library.series.id", ondelete="SET NULL")),
    Column("search_text", Text, nullable=False, server_default=text("''")),
    _sort_key(),
    *_counts(),
    UniqueConstraint("key", "number"),
)
Index("ix_series_sort_key_id", SERIES.c.sort_key, SERIES.c.id)
Index("ix_series_completion_status", SERIES.c.completion_status)
Index(
    "ix_series_shown_missing",
    SERIES.c.missing,
    SERIES.c.id,
    postgresql_where=SERIES.c.merged_into.is_(None) | (SERIES.c.owned > 0),
)
_search_text(SERIES)

AUTHORS = Table(
    "authors",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("follow", Text, nullable=False, server_default=text("'automatic'")),
    Column("follow_from", Date),
    Column("by_hand", Boolean, nullable=False, server_default=_FALSE),
    Column("search_text", Text, nullable=False, server_default=text("''")),
    _sort_key(),
    *_counts(),
    UniqueConstraint("key"),
)
Index("ix_authors_sort_key_id", AUTHORS.c.sort_key, AUTHORS.c.id)
Index("ix_authors_completion_status", AUTHORS.c.completion_status)
Index("ix_authors_owned", AUTHORS.c.owned)
_search_text(AUTHORS)

BOOK_SERIES = Table(
    "book_series",
    METADATA,
    Column("book_id", Uuid, ForeignKey(BOOKS.c.id, ondelete="CASCADE"), primary_key=True),
    Column("series_id", Uuid, ForeignKey(SERIES.c.id, ondelete="CASCADE"), primary_key=True),
    Column("sequence", Text),
)
Index("ix_book_series_series_id", BOOK_SERIES.c.series_id)

BOOK_AUTHORS = Table(
    "book_authors",
    METADATA,
    Column("book_id", Uuid, ForeignKey(BOOKS.c.id, ondelete="CASCADE"), primary_key=True),
    Column("author_id", Uuid, ForeignKey(AUTHORS.c.id, ondelete="CASCADE"), primary_key=True),
)
Index("ix_book_authors_author_id", BOOK_AUTHORS.c.author_id)

ABSENCE = """
case when status = 'completed'::text then null::text
     when status = any (array['ignored'::text, 'upcoming'::text, 'was_owned'::text]) then status
     when download_absence is not null then download_absence ->> 'reason'::text
     when not auto_download then 'approval'::text
     else 'not_searched'::text end
"""
"""Why a missing book is not in the library yet: a person's decision or its release date comes before its download."""

MISSING_BOOKS = Table(
    "missing_books",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("natural_key", Text, nullable=False),
    Column("author_key", Text, nullable=False),
    _texts("catalogue_ids"),
    Column("title", Text, nullable=False),
    Column("subtitle", Text),
    _texts("authors"),
    _texts("other_titles"),
    _texts("other_authors"),
    Column("series_id", Uuid, ForeignKey(SERIES.c.id, ondelete="SET NULL")),
    Column("author_id", Uuid, ForeignKey(AUTHORS.c.id, ondelete="SET NULL")),
    Column("series", Text),
    Column("sequence", Text),
    Column("isbn", Text),
    Column("asin", Text),
    _texts("narrators"),
    Column("duration_minutes", Integer),
    Column("duration_choices", ARRAY(Integer), nullable=False, server_default=text("'{}'::integer[]")),
    Column("published_year", Integer),
    Column("release_date", Date),
    Column("release_year", Integer),
    Column("wanted_from", Date),
    Column("language", Text),
    Column("reason", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("evidence", JSONB, nullable=False, server_default=_EMPTY_LIST),
    Column("status", Text, nullable=False),
    Column("closed_because", Text),
    Column("priority", Integer, nullable=False),
    Column("auto_download", Boolean, nullable=False, server_default=text("true")),
    Column("book_id", Uuid),
    Column("download_absence", JSONB(none_as_null=True)),
    Column("absence_changed_at", DateTime(timezone=True)),
    Column("absence", Text, Computed(ABSENCE, persisted=True)),
    Column("last_searched_at", DateTime(timezone=True)),
    Column("next_try_at", DateTime(timezone=True)),
    Column("identified_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    _sort_key(),
    UniqueConstraint("natural_key"),
)
Index("ix_missing_books_sort_key_id", MISSING_BOOKS.c.sort_key, MISSING_BOOKS.c.id)
Index("ix_missing_books_status_priority_id", MISSING_BOOKS.c.status, MISSING_BOOKS.c.priority, MISSING_BOOKS.c.id)
Index("ix_missing_books_priority_id", MISSING_BOOKS.c.priority, MISSING_BOOKS.c.id)
Index("ix_missing_books_absence_id", MISSING_BOOKS.c.absence.asc().nulls_first(), MISSING_BOOKS.c.id)
Index("ix_missing_books_author_key", MISSING_BOOKS.c.author_key)
Index("ix_missing_books_series_id", MISSING_BOOKS.c.series_id)
Index("ix_missing_books_author_id", MISSING_BOOKS.c.author_id)
Index("ix_missing_books_upcoming", MISSING_BOOKS.c.wanted_from, postgresql_where=MISSING_BOOKS.c.status == "upcoming")

FORMER_CONTENTS = Table(
    "former_contents",
    METADATA,
    Column("correction_id", Uuid, primary_key=True),
    Column("book_id", Uuid, ForeignKey(BOOKS.c.id, ondelete="CASCADE"), nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("written", Text),
)
Index("ix_former_contents_book_id", FORMER_CONTENTS.c.book_id)

EXPECTED_IMPORTS = Table(
    "expected_imports",
    METADATA,
    Column("download_id", Uuid, primary_key=True),
    Column("missing_book_id", Uuid),
    Column("path", Text, nullable=False),
    Column("command", JSONB, nullable=False),
    Column("first_attempt_at", DateTime(timezone=True), nullable=False),
    Column("scan_asked_at", DateTime(timezone=True)),
    Column("given_up_at", DateTime(timezone=True)),
    Column("book_id", Uuid),
)
Index("ix_expected_imports_path", EXPECTED_IMPORTS.c.path)

HISTORY = Table(
    "history",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("missing_book_id", Uuid),
    Column("book_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("translatable", JSONB),
    Column("trace_id", Text),
)
Index("ix_history_missing_book_id", HISTORY.c.missing_book_id)
Index("ix_history_book_id", HISTORY.c.book_id)
Index("ix_history_at", HISTORY.c.at)

DRY_RUNS = Table(
    "dry_runs",
    METADATA,
    Column("run_id", Uuid, primary_key=True),
    Column("plan", JSONB, nullable=False),
    Column("began_at", DateTime(timezone=True), nullable=False),
)

BOOK_EDITIONS = Table(
    "book_editions",
    METADATA,
    Column("book_id", Uuid, ForeignKey(BOOKS.c.id, ondelete="CASCADE"), primary_key=True),
    Column("editions", JSONB, nullable=False),
)

COVER_SIZES = Table(
    "cover_sizes",
    METADATA,
    Column("book_id", Uuid, ForeignKey(BOOKS.c.id, ondelete="CASCADE"), primary_key=True),
    Column("abs_updated_ms", BigInteger, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("read_at", DateTime(timezone=True), nullable=False),
    Index("ix_cover_sizes_read_at", "read_at"),
)

FINDINGS = Table(
    "findings",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("book_ids", ARRAY(Uuid), nullable=False),
    Column("words", Text, nullable=False),
    Column("translatable", JSONB),
    Column("evidence", JSONB, nullable=False, server_default=_EMPTY_LIST),
    Column("repairs", JSONB, nullable=False, server_default=_EMPTY_LIST),
    Column("status", Text, nullable=False),
    Column("found_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("decided_by", Text),
    UniqueConstraint("key"),
)
Index("ix_findings_status_kind_found_at_id", FINDINGS.c.status, FINDINGS.c.kind, FINDINGS.c.found_at, FINDINGS.c.id)
Index("ix_findings_status_found_at_id", FINDINGS.c.status, FINDINGS.c.found_at, FINDINGS.c.id)
Index("ix_findings_book_ids", FINDINGS.c.book_ids, postgresql_using="gin")

FINDING_COUNTS = Table(
    "finding_counts",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("open", Integer, nullable=False),
)

LIBRARY_CHECKS = Table(
    "library_checks",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("checked_at", DateTime(timezone=True), nullable=False),
)

DAYS = Table(
    "days",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("books", Integer, nullable=False),
    Column("complete", Integer, nullable=False),
    Column("missing", Integer, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("duration_seconds", Float, nullable=False),
)
