"""Add an index for the downloads of missing books, whatever their status."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_downloads_missing_book_id", "downloads", ["missing_book_id"], schema=SCHEMA)


def downgrade() -> None:
    """Remove it."""
    op.drop_index("ix_downloads_missing_book_id", "downloads", schema=SCHEMA)
