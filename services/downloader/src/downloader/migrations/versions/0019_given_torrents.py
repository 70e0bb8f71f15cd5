"""Torrent files that people give."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "given_torrents",
        sa.Column("info_hash", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("info_hash", name="pk_given_torrents"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("given_torrents", schema=SCHEMA)
