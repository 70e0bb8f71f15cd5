"""Create the first tables of the library."""

import sqlalchemy as sa
from alembic import op
from shared.chassis.tables import create_first
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "library"
MOMENT = sa.DateTime(timezone=True)
TEXTS = ARRAY(sa.Text)
NONE = sa.text("'{}'::text[]")
EMPTY = sa.text("'{}'::jsonb")
EMPTY_LIST = sa.text("'[]'::jsonb")
ZERO = sa.text("0")
FALSE = sa.text("false")


def upgrade() -> None:
    for statement in create_first(SCHEMA):
        op.execute(statement)
    _authors()
    _books()
    _expected_imports()
    _series()
    _book_authors()
    _book_series()
    _missing_books()


def _authors() -> None:
    op.create_table(
        "authors",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("followed", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("owned", sa.Integer(), server_default=ZERO, nullable=False),
        sa.Column("missing", sa.Integer(), server_default=ZERO, nullable=False),
        sa.Column("total", sa.Integer()),
        sa.Column("completion_percent", sa.Float()),
        sa.Column("completion_status", sa.Text, server_default=sa.text("'unknown'"), nullable=False),
        sa.Column("last_checked_at", MOMENT),
        sa.Column("last_check_problem", sa.Text),
        sa.Column("evidence_providers", TEXTS, server_default=NONE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_authors"),
        sa.UniqueConstraint("key", name="uq_authors_key"),
        schema=SCHEMA,
    )
    op.create_index("ix_authors_completion_status", "authors", ["completion_status"], schema=SCHEMA)
    op.create_index("ix_authors_name", "authors", ["name"], schema=SCHEMA)
    op.create_index("ix_authors_owned", "authors", ["owned"], schema=SCHEMA)


def _books() -> None:
    op.create_table(
        "books",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("abs_id", sa.Text, nullable=False),
        sa.Column("library_id", sa.Text, nullable=False),
        sa.Column("abs_updated_ms", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("subtitle", sa.Text),
        sa.Column("authors", TEXTS, server_default=NONE, nullable=False),
        sa.Column("narrators", TEXTS, server_default=NONE, nullable=False),
        sa.Column("narrator_keys", TEXTS, server_default=NONE, nullable=False),
        sa.Column("series", JSONB, server_default=EMPTY_LIST, nullable=False),
        sa.Column("series_evidence", sa.Text),
        sa.Column("isbn", sa.Text),
        sa.Column("asin", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("published_year", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("language_code", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("genres", TEXTS, server_default=NONE, nullable=False),
        sa.Column("tags", TEXTS, server_default=NONE, nullable=False),
        sa.Column("duration_seconds", sa.Float()),
        sa.Column("size_bytes", sa.BigInteger()),
        sa.Column("abridged", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("incomplete", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("metadata_source", JSONB, server_default=EMPTY, nullable=False),
        sa.Column("pending_writes", JSONB, server_default=EMPTY, nullable=False),
        sa.Column("last_metadata_update_at", MOMENT),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_books"),
        sa.UniqueConstraint("abs_id", name="uq_books_abs_id"),
        schema=SCHEMA,
    )
    op.create_index("ix_books_narrator_keys", "books", ["narrator_keys"], schema=SCHEMA, postgresql_using="gin")
    op.create_index("ix_books_path", "books", ["path"], schema=SCHEMA)
    op.create_index("ix_books_status_added_at", "books", ["status", "added_at"], schema=SCHEMA)
    op.create_index("ix_books_status_incomplete", "books", ["status", "incomplete"], schema=SCHEMA)
    op.create_index("ix_books_status_language_code", "books", ["status", "language_code"], schema=SCHEMA)
    op.create_index(
        "ix_books_status_last_metadata_update_at", "books", ["status", "last_metadata_update_at"], schema=SCHEMA
    )
    op.create_index("ix_books_status_title", "books", ["status", "title"], schema=SCHEMA)
    op.create_index("ix_books_updated_at", "books", ["updated_at"], schema=SCHEMA)


def _expected_imports() -> None:
    op.create_table(
        "expected_imports",
        sa.Column("download_id", sa.Uuid, nullable=False),
        sa.Column("missing_book_id", sa.Uuid),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("command", JSONB, nullable=False),
        sa.Column("first_attempt_at", MOMENT, nullable=False),
        sa.Column("scan_asked_at", MOMENT),
        sa.Column("given_up_at", MOMENT),
        sa.Column("book_id", sa.Uuid),
        sa.PrimaryKeyConstraint("download_id", name="pk_expected_imports"),
        schema=SCHEMA,
    )
    op.create_index("ix_expected_imports_path", "expected_imports", ["path"], schema=SCHEMA)


def _series() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("authors", TEXTS, server_default=NONE, nullable=False),
        sa.Column("monitored", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("owned", sa.Integer(), server_default=ZERO, nullable=False),
        sa.Column("missing", sa.Integer(), server_default=ZERO, nullable=False),
        sa.Column("total", sa.Integer()),
        sa.Column("completion_percent", sa.Float()),
        sa.Column("completion_status", sa.Text, server_default=sa.text("'unknown'"), nullable=False),
        sa.Column("last_checked_at", MOMENT),
        sa.Column("last_check_problem", sa.Text),
        sa.Column("evidence_providers", TEXTS, server_default=NONE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
        sa.UniqueConstraint("key", "number", name="uq_series_key_number"),
        schema=SCHEMA,
    )
    op.create_index("ix_series_completion_status", "series", ["completion_status"], schema=SCHEMA)
    op.create_index("ix_series_name", "series", ["name"], schema=SCHEMA)


def _book_authors() -> None:
    op.create_table(
        "book_authors",
        sa.Column("book_id", sa.Uuid, nullable=False),
        sa.Column("author_id", sa.Uuid, nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], [f"{SCHEMA}.authors.id"], name="fk_book_authors_author_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["book_id"], [f"{SCHEMA}.books.id"], name="fk_book_authors_book_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("book_id", "author_id", name="pk_book_authors"),
        schema=SCHEMA,
    )
    op.create_index("ix_book_authors_author_id", "book_authors", ["author_id"], schema=SCHEMA)


def _book_series() -> None:
    op.create_table(
        "book_series",
        sa.Column("book_id", sa.Uuid, nullable=False),
        sa.Column("series_id", sa.Uuid, nullable=False),
        sa.Column("sequence", sa.Text),
        sa.ForeignKeyConstraint(["book_id"], [f"{SCHEMA}.books.id"], name="fk_book_series_book_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["series_id"], [f"{SCHEMA}.series.id"], name="fk_book_series_series_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("book_id", "series_id", name="pk_book_series"),
        schema=SCHEMA,
    )
    op.create_index("ix_book_series_series_id", "book_series", ["series_id"], schema=SCHEMA)


def _missing_books() -> None:
    op.create_table(
        "missing_books",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("natural_key", sa.Text, nullable=False),
        sa.Column("author_key", sa.Text, nullable=False),
        sa.Column("catalogue_ids", TEXTS, server_default=NONE, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("subtitle", sa.Text),
        sa.Column("authors", TEXTS, server_default=NONE, nullable=False),
        sa.Column("series_id", sa.Uuid),
        sa.Column("author_id", sa.Uuid),
        sa.Column("series", sa.Text),
        sa.Column("sequence", sa.Text),
        sa.Column("isbn", sa.Text),
        sa.Column("asin", sa.Text),
        sa.Column("narrators", TEXTS, server_default=NONE, nullable=False),
        sa.Column("duration_minutes", sa.Integer()),
        sa.Column("duration_choices", ARRAY(sa.Integer), server_default=sa.text("'{}'::integer[]"), nullable=False),
        sa.Column("published_year", sa.Integer()),
        sa.Column("language", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("evidence", JSONB, server_default=EMPTY_LIST, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("closed_because", sa.Text),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Uuid),
        sa.Column("identified_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], [f"{SCHEMA}.authors.id"], name="fk_missing_books_author_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], [f"{SCHEMA}.series.id"], name="fk_missing_books_series_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_missing_books"),
        sa.UniqueConstraint("natural_key", name="uq_missing_books_natural_key"),
        schema=SCHEMA,
    )
    op.create_index("ix_missing_books_author_id", "missing_books", ["author_id"], schema=SCHEMA)
    op.create_index("ix_missing_books_author_key", "missing_books", ["author_key"], schema=SCHEMA)
    op.create_index("ix_missing_books_priority", "missing_books", ["priority"], schema=SCHEMA)
    op.create_index("ix_missing_books_series_id", "missing_books", ["series_id"], schema=SCHEMA)
    op.create_index("ix_missing_books_status_priority", "missing_books", ["status", "priority"], schema=SCHEMA)
