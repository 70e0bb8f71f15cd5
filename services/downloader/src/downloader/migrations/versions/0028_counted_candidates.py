"""Add an index from which candidates are counted by indexer and verdict, because their rows are wide."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_candidates_indexer_verdict", "candidates", ["indexer", "verdict"], schema=SCHEMA)


def downgrade() -> None:
    """Remove it."""
    op.drop_index("ix_candidates_indexer_verdict", "candidates", schema=SCHEMA)
