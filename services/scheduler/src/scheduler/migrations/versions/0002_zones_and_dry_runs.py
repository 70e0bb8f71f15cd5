"""Add time zones and misfires of schedules, and the parameters of runs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "scheduler"
COUNTS = ("caught_up", "merged", "missed", "overlapped")


def upgrade() -> None:
    zone = sa.Column("time_zone", sa.Text, nullable=False, server_default=sa.text("'UTC'"))
    op.add_column("schedules", zone, schema=SCHEMA)
    op.alter_column("schedules", "next_due_at", nullable=True, schema=SCHEMA)
    op.add_column("schedules", sa.Column("ticked_at", sa.DateTime(timezone=True)), schema=SCHEMA)
    for count in COUNTS:
        column = sa.Column(count, sa.Integer, nullable=False, server_default=sa.text("0"))
        op.add_column("schedules", column, schema=SCHEMA)
    dry_run = sa.Column("dry_run", sa.Boolean, nullable=False, server_default=sa.text("false"))
    op.add_column("runs", dry_run, schema=SCHEMA)
    parameters = sa.Column("parameters", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb"))
    op.add_column("runs", parameters, schema=SCHEMA)
    # Where two runs have the same due time, as after the clock was set back, the first one remains.
    op.execute(
        "delete from scheduler.runs r using scheduler.runs s where r.task = s.task and r.due_at = s.due_at"
        " and r.by = 'schedule' and s.by = 'schedule' and r.id > s.id"
    )
    op.create_index(
        "uq_runs_due_time", "runs", ["task", "due_at"], unique=True, schema=SCHEMA,
        postgresql_where=sa.text("by = 'schedule'"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("uq_runs_due_time", "runs", schema=SCHEMA)
    op.drop_column("runs", "parameters", schema=SCHEMA)
    op.drop_column("runs", "dry_run", schema=SCHEMA)
    for count in COUNTS:
        op.drop_column("schedules", count, schema=SCHEMA)
    op.execute("update scheduler.schedules set next_due_at = now() where next_due_at is null")
    op.alter_column("schedules", "next_due_at", nullable=False, schema=SCHEMA)
    op.drop_column("schedules", "ticked_at", schema=SCHEMA)
    op.drop_column("schedules", "time_zone", schema=SCHEMA)
