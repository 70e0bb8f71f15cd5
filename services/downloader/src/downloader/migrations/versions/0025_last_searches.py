"""Store what the last search of each download found."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the columns. They are filled by the next search."""
    op.add_column("downloads", sa.Column("last_search", sa.Text), schema=SCHEMA)
    op.add_column("downloads", sa.Column("last_search_at", sa.DateTime(timezone=True)), schema=SCHEMA)


def downgrade() -> None:
    """Remove them."""
    op.drop_column("downloads", "last_search_at", schema=SCHEMA)
    op.drop_column("downloads", "last_search", schema=SCHEMA)
