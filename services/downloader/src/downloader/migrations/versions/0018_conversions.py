"""The merging and tagging of an import's files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the column."""
    op.add_column("downloads", sa.Column("conversion", JSONB), schema=SCHEMA)


def downgrade() -> None:
    """Remove it."""
    op.drop_column("downloads", "conversion", schema=SCHEMA)
