"""Add the top lists and the settings of genres."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SCHEMA = "mam"


def upgrade() -> None:
    op.create_table(
        "genre_settings",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("enabled", sa.Boolean),
        sa.Column("top10_count", sa.Integer),
        sa.Column("min_seeders", sa.Integer),
        sa.PrimaryKeyConstraint("name", name="pk_genre_settings"),
        schema=SCHEMA,
    )
    op.create_table(
        "top_lists",
        sa.Column("genre", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("week", sa.Date, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("top_list", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("genre", "source", "week", name="pk_top_lists"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    raise RuntimeError("this migration cannot be undone: restore a backup instead")
