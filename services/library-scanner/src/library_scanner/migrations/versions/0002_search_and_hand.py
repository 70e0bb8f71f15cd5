"""Add search by similarity, entries by hand, the history and dry runs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "library"
MOMENT = sa.DateTime(timezone=True)
NAMES = {
    "books": """concat_ws(' ', title, subtitle, array_to_string(authors, ' '), array_to_string(narrators, ' '),
        (select string_agg(place ->> 'name', ' ') from jsonb_array_elements(series) place), isbn, asin)""",
    "series": "concat_ws(' ', name, array_to_string(authors, ' '))",
    "authors": "name",
}


def upgrade() -> None:
    op.alter_column("books", "abs_id", nullable=True, schema=SCHEMA)
    op.add_column("books", sa.Column("format", sa.Text), schema=SCHEMA)
    op.create_index("ix_books_isbn", "books", ["isbn"], schema=SCHEMA)
    op.create_index("ix_books_asin", "books", ["asin"], schema=SCHEMA)
    for table in ("series", "authors"):
        flag: sa.Column[bool] = sa.Column("by_hand", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        op.add_column(table, flag, schema=SCHEMA)
    for table, names in NAMES.items():
        _add_search_text(table, names)
    _history()
    op.create_table(
        "dry_runs",
        sa.Column("run_id", sa.Uuid, nullable=False),
        sa.Column("plan", JSONB, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_dry_runs"),
        schema=SCHEMA,
    )


def _add_search_text(table: str, names: str) -> None:
    """Fill the search text of existing rows in Postgres, close to how the service folds it."""
    op.add_column(table, sa.Column("search_text", sa.Text, server_default=sa.text("''"), nullable=False), schema=SCHEMA)
    folded = f"regexp_replace(lower(public.unaccent({names})), '[^[:alnum:]]+', ' ', 'g')"
    op.execute(f"update {SCHEMA}.{table} set search_text = trim({folded})")  # noqa: S608 - names of our own
    op.create_index(
        f"ix_{table}_search_text",
        table,
        ["search_text"],
        schema=SCHEMA,
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("missing_book_id", sa.Uuid),
        sa.Column("book_id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
        schema=SCHEMA,
    )
    for column in ("missing_book_id", "book_id", "at"):
        op.create_index(f"ix_history_{column}", "history", [column], schema=SCHEMA)
