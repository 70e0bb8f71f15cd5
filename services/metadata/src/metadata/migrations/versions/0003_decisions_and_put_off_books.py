"""Add stored decisions, and books that are deferred until a provider is available."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "metadata"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("book_id", sa.Uuid, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("confidence", sa.Text, nullable=False),
        sa.Column("believed_until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("book_id", name="pk_decisions"),
        schema=SCHEMA,
    )
    op.create_index("ix_decisions_believed_until", "decisions", ["believed_until"], schema=SCHEMA)
    op.create_table(
        "put_off_books",
        sa.Column("book_id", sa.Uuid, nullable=False),
        sa.Column("providers", JSONB, nullable=False),
        sa.Column("fill_only", sa.Boolean, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("again_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("book_id", name="pk_put_off_books"),
        schema=SCHEMA,
    )
    op.create_index("ix_put_off_books_again_at", "put_off_books", ["again_at"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_table("put_off_books", schema=SCHEMA)
    op.drop_table("decisions", schema=SCHEMA)
