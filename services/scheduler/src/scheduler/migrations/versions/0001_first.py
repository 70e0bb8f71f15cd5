"""The scheduler's first tables."""

import sqlalchemy as sa
from alembic import op
from shared.chassis.tables import create_first
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "scheduler"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for statement in create_first(SCHEMA):
        op.execute(statement)
    op.create_table(
        "schedules",
        sa.Column("task", sa.Text, nullable=False),
        sa.Column("cron", sa.Text, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False, server_default=sa.text("true")),
        sa.Column("parameters", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb")),
        sa.Column("next_due_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("task", name="pk_schedules"),
        schema=SCHEMA,
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("task", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("heard_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("expected", sa.Integer),
        sa.Column("processed", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("succeeded", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("failed", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("log", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
        sa.Column("problems", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
        sa.Column("details", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb")),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        schema=SCHEMA,
    )
    op.create_index("ix_runs_task_due_at", "runs", ["task", sa.text("due_at DESC")], schema=SCHEMA)
    op.create_index("ix_runs_due_at", "runs", [sa.text("due_at DESC")], schema=SCHEMA)
    op.create_index(
        "uq_runs_one_under_way", "runs", ["task"], unique=True, schema=SCHEMA,
        postgresql_where=sa.text("status in ('scheduled', 'running')"),
    )  # fmt: skip


def downgrade() -> None:
    raise RuntimeError("the first migration cannot be undone: drop the schema instead")
