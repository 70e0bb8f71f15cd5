"""The second hash of a hybrid torrent."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the column and its index."""
    op.add_column("downloads", sa.Column("other_hash", sa.Text), schema=SCHEMA)
    op.create_index(
        "ix_downloads_other_hash",
        "downloads",
        ["other_hash"],
        schema=SCHEMA,
        postgresql_where=sa.text("other_hash is not null"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_downloads_other_hash", "downloads", schema=SCHEMA)
    op.drop_column("downloads", "other_hash", schema=SCHEMA)
