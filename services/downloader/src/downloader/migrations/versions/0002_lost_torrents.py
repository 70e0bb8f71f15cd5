"""Record when a restart of the client lost the torrent of a download."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "downloads"


def upgrade() -> None:
    op.add_column("downloads", sa.Column("lost_at", sa.DateTime(timezone=True)), schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("downloads", "lost_at", schema=SCHEMA)
