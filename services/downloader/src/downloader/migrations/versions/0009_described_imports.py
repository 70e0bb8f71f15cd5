"""When the metadata service described an imported book. The imports until now are not announced again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the time, and set it for every earlier import."""
    op.add_column("downloads", sa.Column("described_at", sa.DateTime(timezone=True)), schema=SCHEMA)
    op.execute("update downloads.downloads set described_at = updated_at where status = 'imported'")
    op.create_index(
        "ix_downloads_undescribed",
        "downloads",
        ["updated_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("status = 'imported' and described_at is null"),
    )


def downgrade() -> None:
    """Remove the time."""
    op.drop_index("ix_downloads_undescribed", "downloads", schema=SCHEMA)
    op.drop_column("downloads", "described_at", schema=SCHEMA)
