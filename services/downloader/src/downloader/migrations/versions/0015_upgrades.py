"""The owned book that a download replaces."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the columns and their indexes."""
    op.add_column("downloads", sa.Column("replaces", JSONB), schema=SCHEMA)
    op.add_column("downloads", sa.Column("replaces_book_id", sa.Uuid), schema=SCHEMA)
    op.add_column(
        "downloads",
        sa.Column("awaits_move", sa.Boolean, nullable=False, server_default=sa.text("false")),
        schema=SCHEMA,
    )
    op.create_index(
        "uq_downloads_replaces_book_id",
        "downloads",
        ["replaces_book_id"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("replaces_book_id is not null"),
    )
    op.create_index(
        "ix_downloads_awaits_move",
        "downloads",
        ["updated_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("awaits_move"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_downloads_awaits_move", "downloads", schema=SCHEMA)
    op.drop_index("uq_downloads_replaces_book_id", "downloads", schema=SCHEMA)
    for name in ("awaits_move", "replaces_book_id", "replaces"):
        op.drop_column("downloads", name, schema=SCHEMA)
