"""Let several downloads share one torrent, and record which books a release with several books has filled."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_LIVE = "status not in ('failed', 'abandoned', 'cancelled', 'imported')"


def upgrade() -> None:
    op.add_column("downloads", sa.Column("pack_lead_id", sa.Uuid), schema="downloads")
    op.add_column(
        "downloads",
        sa.Column("pack_files", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
        schema="downloads",
    )
    op.drop_index("uq_downloads_info_hash", table_name="downloads", schema="downloads")
    op.create_index(
        "uq_downloads_info_hash",
        "downloads",
        ["info_hash"],
        unique=True,
        schema="downloads",
        postgresql_where=sa.text(f"{_LIVE} and (pack_lead_id is null or pack_lead_id = id)"),
    )
    op.create_index(
        "ix_downloads_pack_info_hash",
        "downloads",
        ["info_hash"],
        schema="downloads",
        postgresql_where=sa.text("pack_lead_id is not null"),
    )
    op.create_table(
        "pack_books",
        sa.Column("indexer", sa.Text, primary_key=True),
        sa.Column("release_id", sa.Text, primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("filled", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        schema="downloads",
    )


def downgrade() -> None:
    op.drop_table("pack_books", schema="downloads")
    op.drop_index("ix_downloads_pack_info_hash", table_name="downloads", schema="downloads")
    op.drop_index("uq_downloads_info_hash", table_name="downloads", schema="downloads")
    op.create_index(
        "uq_downloads_info_hash",
        "downloads",
        ["info_hash"],
        unique=True,
        schema="downloads",
        postgresql_where=sa.text(_LIVE),
    )
    op.drop_column("downloads", "pack_files", schema="downloads")
    op.drop_column("downloads", "pack_lead_id", schema="downloads")
