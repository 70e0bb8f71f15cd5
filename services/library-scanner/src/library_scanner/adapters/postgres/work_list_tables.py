"""The tables of the lists of works, and of a person's corrections of them."""

from sqlalchemy import BigInteger, Column, Date, DateTime, ForeignKey, Identity, Index, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from library_scanner.adapters.postgres.tables import METADATA, MISSING_BOOKS, SERIES

_EMPTY_LIST = text("'[]'::jsonb")
_NONE = text("'{}'::text[]")

WORK_LISTS = Table(
    "work_lists",
    METADATA,
    Column("of", Text, primary_key=True),
    Column("subject_id", Uuid, primary_key=True),
    Column("sources", JSONB, nullable=False, server_default=_EMPTY_LIST),
    Column("compared_at", DateTime(timezone=True), nullable=False),
)

WORK_ENTRIES = Table(
    "work_entries",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("of", Text, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("catalogue_ids", ARRAY(Text), nullable=False, server_default=_NONE),
    Column("place", Text),
    Column("title", Text, nullable=False),
    Column("subtitle", Text),
    Column("authors", ARRAY(Text), nullable=False, server_default=_NONE),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("translatable", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("evidence", JSONB, nullable=False, server_default=_EMPTY_LIST),
    Column("providers", ARRAY(Text), nullable=False, server_default=_NONE),
    Column("language", Text),
    Column("published_year", Integer),
    Column("release_date", Date),
    Column("editions", JSONB, nullable=False, server_default=_EMPTY_LIST),
    Column("book_id", Uuid),
    Column("missing_book_id", Uuid, ForeignKey(MISSING_BOOKS.c.id, ondelete="SET NULL")),
)
Index("ix_work_entries_subject_id", WORK_ENTRIES.c.subject_id)
Index("ix_work_entries_missing_book_id", WORK_ENTRIES.c.missing_book_id)
Index(
    "ix_work_entries_release_date",
    WORK_ENTRIES.c.release_date,
    postgresql_where=WORK_ENTRIES.c.state != "not_counted",
)

SERIES_CORRECTIONS = Table(
    "series_corrections",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("series_id", Uuid, ForeignKey(SERIES.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("works", JSONB, nullable=False, server_default=_EMPTY_LIST),
    Column("other_id", Uuid, ForeignKey(SERIES.c.id, ondelete="CASCADE")),
    Column("isbn", Text),
    Column("asin", Text),
    Column("note", Text),
    Column("moved_missing", ARRAY(Uuid), nullable=False, server_default=text("'{}'::uuid[]")),
    Column("number", BigInteger, Identity(always=True), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("made_by", Text),
    Column("undone_at", DateTime(timezone=True)),
    Column("undone_by", Text),
)
Index("ix_series_corrections_series_id", SERIES_CORRECTIONS.c.series_id)
Index("ix_series_corrections_other_id", SERIES_CORRECTIONS.c.other_id)
