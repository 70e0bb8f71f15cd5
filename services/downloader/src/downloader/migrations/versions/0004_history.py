"""Add the history of downloads."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = "downloads"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("download_id", sa.Uuid, nullable=False),
        sa.Column("first_at", MOMENT, nullable=False, server_default=sa.text("now()")),
        sa.Column("last_at", MOMENT, nullable=False, server_default=sa.text("now()")),
        sa.Column("times", sa.Integer, nullable=False, server_default=sa.text("1")),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("details", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb")),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
        sa.ForeignKeyConstraint(
            ["download_id"], [f"{SCHEMA}.downloads.id"], name="fk_history_download_id", ondelete="CASCADE"
        ),
        schema=SCHEMA,
    )
    op.create_index("ix_history_download_id_kind_id", "history", ["download_id", "kind", "id"], schema=SCHEMA)
    op.create_index("ix_downloads_book_id", "downloads", ["book_id"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_index("ix_downloads_book_id", "downloads", schema=SCHEMA)
    op.drop_table("history", schema=SCHEMA)
