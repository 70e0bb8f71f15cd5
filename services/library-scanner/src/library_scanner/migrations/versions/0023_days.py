"""Add what the library was on each day, for charts of its growth."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    op.create_table(
        "days",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("books", sa.Integer, nullable=False),
        sa.Column("complete", sa.Integer, nullable=False),
        sa.Column("missing", sa.Integer, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("duration_seconds", sa.Float, nullable=False),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("days", schema=SCHEMA)
