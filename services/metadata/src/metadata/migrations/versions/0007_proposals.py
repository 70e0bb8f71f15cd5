"""Add proposals, and the run of each correction."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SCHEMA = "metadata"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("book_id", sa.Uuid, nullable=False),
        sa.Column("book_title", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("old", JSONB),
        sa.Column("new", JSONB),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("confidence", sa.Text, nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("finding_id", sa.Uuid),
        sa.Column("run_id", sa.Uuid),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("status_detail", sa.Text),
        sa.Column("correction_id", sa.Uuid),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        schema=SCHEMA,
    )
    op.create_index("ix_proposals_status_made_at", "proposals", ["status", "made_at"], schema=SCHEMA)
    op.create_index("ix_proposals_book_id_field", "proposals", ["book_id", "field"], schema=SCHEMA)
    op.create_index(
        "ix_proposals_run_id", "proposals", ["run_id"], schema=SCHEMA, postgresql_where=sa.text("run_id is not null")
    )
    op.create_index(
        "ix_proposals_finding_id", "proposals", ["finding_id"], schema=SCHEMA,
        postgresql_where=sa.text("finding_id is not null"),
    )  # fmt: skip
    op.create_index(
        "uq_proposals_one_open", "proposals", ["book_id", "field", "kind"], unique=True, schema=SCHEMA,
        postgresql_where=sa.text("status = 'open'"),
    )  # fmt: skip
    op.add_column("corrections", sa.Column("run_id", sa.Uuid), schema=SCHEMA)
    op.create_index(
        "ix_corrections_run_id", "corrections", ["run_id"], schema=SCHEMA,
        postgresql_where=sa.text("run_id is not null"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_corrections_run_id", "corrections", schema=SCHEMA)
    op.drop_column("corrections", "run_id", schema=SCHEMA)
    op.drop_table("proposals", schema=SCHEMA)
