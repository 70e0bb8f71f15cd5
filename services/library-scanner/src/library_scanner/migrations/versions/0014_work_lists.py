"""Add the lists of works of series and authors, and a person's corrections of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SCHEMA = "library"


def _texts(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'::text[]"))


def _list(name: str) -> sa.Column[object]:
    return sa.Column(name, JSONB, nullable=False, server_default=sa.text("'[]'::jsonb"))


def upgrade() -> None:
    """The next comparison fills the lists."""
    moment = sa.DateTime(timezone=True)
    merged = sa.Column("merged_into", sa.Uuid, sa.ForeignKey(f"{SCHEMA}.series.id", ondelete="SET NULL"))
    op.add_column("series", merged, schema=SCHEMA)
    op.create_table(
        "work_lists",
        sa.Column("of", sa.Text, primary_key=True),
        sa.Column("subject_id", sa.Uuid, primary_key=True),
        _list("sources"),
        sa.Column("compared_at", moment, nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "work_entries",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("of", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        _texts("catalogue_ids"),
        sa.Column("place", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("subtitle", sa.Text),
        _texts("authors"),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        _list("evidence"),
        _texts("providers"),
        sa.Column("language", sa.Text),
        sa.Column("published_year", sa.Integer),
        sa.Column("release_date", sa.Date),
        _list("editions"),
        sa.Column("book_id", sa.Uuid),
        sa.Column("missing_book_id", sa.Uuid, sa.ForeignKey(f"{SCHEMA}.missing_books.id", ondelete="SET NULL")),
        schema=SCHEMA,
    )
    for column in ("subject_id", "missing_book_id"):
        op.create_index(f"ix_work_entries_{column}", "work_entries", [column], schema=SCHEMA)
    op.create_index(
        "ix_work_entries_release_date",
        "work_entries",
        ["release_date"],
        schema=SCHEMA,
        postgresql_where=sa.text("state <> 'not_counted'"),
    )
    op.create_table(
        "series_corrections",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("series_id", sa.Uuid, sa.ForeignKey(f"{SCHEMA}.series.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        _list("works"),
        sa.Column("other_id", sa.Uuid, sa.ForeignKey(f"{SCHEMA}.series.id", ondelete="CASCADE")),
        sa.Column("isbn", sa.Text),
        sa.Column("asin", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("moved_missing", ARRAY(sa.Uuid), nullable=False, server_default=sa.text("'{}'::uuid[]")),
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("undone_at", moment),
        schema=SCHEMA,
    )
    for column in ("series_id", "other_id"):
        op.create_index(f"ix_series_corrections_{column}", "series_corrections", [column], schema=SCHEMA)
