"""Add the pictures that providers showed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SCHEMA = "metadata"


def upgrade() -> None:
    op.create_table(
        "seen_pictures",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", "title", "author", name="pk_seen_pictures"),
        schema=SCHEMA,
    )
    op.create_index("ix_seen_pictures_seen_at", "seen_pictures", ["seen_at"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_table("seen_pictures", schema=SCHEMA)
