"""Add the findings of the checks of the library, and what the checks need to know of books.

The next scan fetches every item again, because only its details show its file names.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    none = sa.text("'{}'::text[]")
    empty_list = sa.text("'[]'::jsonb")
    op.add_column("books", sa.Column("file_names", ARRAY(sa.Text), nullable=False, server_default=none), schema=SCHEMA)
    op.add_column("books", sa.Column("checked_at", sa.DateTime(timezone=True)), schema=SCHEMA)
    op.execute("update library.books set abs_updated_ms = 0")
    op.create_table(
        "book_editions",
        sa.Column("book_id", sa.Uuid, sa.ForeignKey(f"{SCHEMA}.books.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("editions", JSONB, nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("book_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("evidence", JSONB, nullable=False, server_default=empty_list),
        sa.Column("repairs", JSONB, nullable=False, server_default=empty_list),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_findings_status_kind_found_at_id", "findings", ["status", "kind", "found_at", "id"], schema=SCHEMA
    )
    op.create_index("ix_findings_status_found_at_id", "findings", ["status", "found_at", "id"], schema=SCHEMA)
    op.create_index("ix_findings_book_ids", "findings", ["book_ids"], schema=SCHEMA, postgresql_using="gin")
    op.create_table(
        "finding_counts",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("open", sa.Integer, nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "library_checks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        schema=SCHEMA,
    )


def downgrade() -> None:
    for table in ("library_checks", "finding_counts", "findings", "book_editions"):
        op.drop_table(table, schema=SCHEMA)
    for column in ("checked_at", "file_names"):
        op.drop_column("books", column, schema=SCHEMA)
