"""Add manual changes, and the releases that interactive searches found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "downloads"


def upgrade() -> None:
    op.create_table(
        "offers",
        sa.Column("indexer", sa.Text, nullable=False),
        sa.Column("release_id", sa.Text, nullable=False),
        sa.Column("release", JSONB, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("indexer", "release_id", name="pk_offers"),
        schema=SCHEMA,
    )
    op.create_index("ix_offers_seen_at", "offers", ["seen_at"], schema=SCHEMA)
    op.create_index("ix_candidates_indexer_release_id", "candidates", ["indexer", "release_id"], schema=SCHEMA)
    op.add_column(
        "downloads",
        sa.Column("priority_by_person", sa.Boolean, nullable=False, server_default=sa.text("false")),
        schema=SCHEMA,
    )
    op.add_column("downloads", sa.Column("most_retries", sa.Integer), schema=SCHEMA)
    op.add_column("failed_attempts", sa.Column("hidden_at", sa.DateTime(timezone=True)), schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("failed_attempts", "hidden_at", schema=SCHEMA)
    op.drop_column("downloads", "most_retries", schema=SCHEMA)
    op.drop_column("downloads", "priority_by_person", schema=SCHEMA)
    op.drop_index("ix_candidates_indexer_release_id", "candidates", schema=SCHEMA)
    op.drop_table("offers", schema=SCHEMA)
