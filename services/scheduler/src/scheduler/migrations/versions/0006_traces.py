"""Add the trace in which a run was started."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = "scheduler"


def upgrade() -> None:
    op.add_column("runs", sa.Column("trace_id", sa.Text), schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("runs", "trace_id", schema=SCHEMA)
