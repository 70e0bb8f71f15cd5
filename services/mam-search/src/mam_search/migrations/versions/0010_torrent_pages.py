"""Add the pages of torrents, and the pages whose markup has changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "torrent_pages",
        sa.Column("release_id", sa.Text, primary_key=True),
        sa.Column("page", JSONB, nullable=False),
        sa.Column("read_at", TIME, nullable=False),
        schema="mam",
    )
    op.create_index("ix_torrent_pages_read_at", "torrent_pages", ["read_at"], schema="mam")
    op.create_table(
        "changed_pages",
        sa.Column("selector", sa.Text, primary_key=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("read_at", TIME, nullable=False),
        schema="mam",
    )


def downgrade() -> None:
    raise RuntimeError("this migration cannot be undone: restore a backup instead")
