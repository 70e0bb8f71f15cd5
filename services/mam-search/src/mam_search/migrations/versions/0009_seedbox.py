"""Add our address as the tracker sees it, and its registration."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seedbox",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="not_yet"),
        sa.Column("address", sa.Text, nullable=False, server_default=""),
        sa.Column("network", sa.Text, nullable=False, server_default=""),
        sa.Column("detail", sa.Text, nullable=False, server_default=""),
        sa.Column("registered_at", sa.DateTime(timezone=True)),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("seen_address", sa.Text, nullable=False, server_default=""),
        sa.Column("seen_network", sa.Text, nullable=False, server_default=""),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_seedbox"),
        schema="mam",
    )


def downgrade() -> None:
    op.drop_table("seedbox", schema="mam")
