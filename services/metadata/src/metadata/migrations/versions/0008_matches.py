"""Add what persons decided about the identity of books."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SCHEMA = "metadata"


def upgrade() -> None:
    op.create_table(
        "matches",
        sa.Column("book_id", sa.Uuid, nullable=False),
        sa.Column("book_title", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("asins", ARRAY(sa.Text), nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("entry", JSONB),
        sa.Column("asin", sa.Text),
        sa.Column("isbn", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("book_id", name="pk_matches"),
        schema=SCHEMA,
    )
    op.create_index("ix_matches_path", "matches", ["path"], schema=SCHEMA)
    op.create_index("ix_matches_asins", "matches", ["asins"], schema=SCHEMA, postgresql_using="gin")


def downgrade() -> None:
    op.drop_table("matches", schema=SCHEMA)
