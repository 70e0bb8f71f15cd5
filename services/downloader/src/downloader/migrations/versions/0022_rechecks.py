"""When the client checked finished files that were gone."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the column."""
    op.add_column("downloads", sa.Column("rechecked_at", sa.DateTime(timezone=True)), schema=SCHEMA)


def downgrade() -> None:
    """Remove it."""
    op.drop_column("downloads", "rechecked_at", schema=SCHEMA)
