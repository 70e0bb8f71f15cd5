"""When the page of a grabbed release was last asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the column and its index."""
    op.add_column("downloads", sa.Column("page_asked_at", sa.DateTime(timezone=True)), schema=SCHEMA)
    op.create_index(
        "ix_downloads_page_asked_at",
        "downloads",
        ["page_asked_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("page_asked_at is not null"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_downloads_page_asked_at", "downloads", schema=SCHEMA)
    op.drop_column("downloads", "page_asked_at", schema=SCHEMA)
