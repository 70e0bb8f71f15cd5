"""Add how surely a book was matched with an entry of a provider, and what a person decided about it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    """Add both columns; they are filled by the next refreshes and decisions."""
    op.add_column("books", sa.Column("match_confidence", sa.Text), schema=SCHEMA)
    op.add_column("books", sa.Column("match_decision", sa.Text), schema=SCHEMA)
    op.create_index("ix_books_status_match_confidence", "books", ["status", "match_confidence"], schema=SCHEMA)
    op.create_index(
        "ix_books_status_match_decision",
        "books",
        ["status", "match_decision"],
        schema=SCHEMA,
        postgresql_where=sa.text("match_decision is not null"),
    )


def downgrade() -> None:
    """Remove both columns."""
    op.drop_column("books", "match_decision", schema=SCHEMA)
    op.drop_column("books", "match_confidence", schema=SCHEMA)
