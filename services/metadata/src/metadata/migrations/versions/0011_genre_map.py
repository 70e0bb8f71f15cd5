"""Add the genre map."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SCHEMA = "metadata"


def upgrade() -> None:
    op.create_table(
        "genre_map",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("genres", JSONB, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_genre_map"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("genre_map", schema=SCHEMA)
