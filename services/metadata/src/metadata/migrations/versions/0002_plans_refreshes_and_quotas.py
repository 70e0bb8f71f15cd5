"""Add the plans of dry runs, the history of refreshes, and the request counts of providers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "metadata"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "planned_changes",
        sa.Column("run_id", sa.Uuid, nullable=False),
        sa.Column("book_id", sa.Uuid, nullable=False),
        sa.Column("actions", JSONB, nullable=False),
        sa.Column("planned_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "book_id", name="pk_planned_changes"),
        schema=SCHEMA,
    )
    op.create_table(
        "refreshes",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("book_id", sa.Uuid, nullable=False),
        sa.Column("refreshed_at", MOMENT, nullable=False),
        sa.Column("confidence", sa.Text, nullable=False),
        sa.Column("corrections", sa.Integer, nullable=False),
        sa.Column("answered", JSONB, nullable=False),
        sa.Column("failures", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_refreshes"),
        schema=SCHEMA,
    )
    op.create_index("ix_refreshes_book_id_refreshed_at", "refreshes", ["book_id", "refreshed_at"], schema=SCHEMA)
    op.create_index("ix_refreshes_refreshed_at", "refreshes", ["refreshed_at"], schema=SCHEMA)
    op.create_index("ix_corrections_status_made_at", "corrections", ["status", "made_at"], schema=SCHEMA)
    op.create_index("ix_corrections_source_made_at", "corrections", ["source", "made_at"], schema=SCHEMA)
    for span in ("minute", "day"):
        op.add_column("providers", sa.Column(f"{span}_began_at", MOMENT), schema=SCHEMA)
        asked = sa.Column(f"asked_in_{span}", sa.Integer, nullable=False, server_default=sa.text("0"))
        op.add_column("providers", asked, schema=SCHEMA)


def downgrade() -> None:
    for span in ("minute", "day"):
        op.drop_column("providers", f"{span}_began_at", schema=SCHEMA)
        op.drop_column("providers", f"asked_in_{span}", schema=SCHEMA)
    op.drop_index("ix_corrections_source_made_at", "corrections", schema=SCHEMA)
    op.drop_index("ix_corrections_status_made_at", "corrections", schema=SCHEMA)
    op.drop_table("refreshes", schema=SCHEMA)
    op.drop_table("planned_changes", schema=SCHEMA)
