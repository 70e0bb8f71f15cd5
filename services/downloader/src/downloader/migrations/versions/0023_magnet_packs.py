"""Torrents of magnet links whose files are not known yet."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the column."""
    op.add_column(
        "downloads", sa.Column("awaits_files", sa.Boolean, nullable=False, server_default=sa.false()), schema=SCHEMA
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_column("downloads", "awaits_files", schema=SCHEMA)
