"""Add the trace in which an entry of a timeline was made."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SCHEMA = "metadata"


def upgrade() -> None:
    op.add_column("corrections", sa.Column("trace_id", sa.Text), schema=SCHEMA)
    op.add_column("corrections", sa.Column("undone_trace_id", sa.Text), schema=SCHEMA)
    op.add_column("refreshes", sa.Column("trace_id", sa.Text), schema=SCHEMA)
    op.add_column("matches", sa.Column("trace_id", sa.Text), schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("matches", "trace_id", schema=SCHEMA)
    op.drop_column("refreshes", "trace_id", schema=SCHEMA)
    op.drop_column("corrections", "undone_trace_id", schema=SCHEMA)
    op.drop_column("corrections", "trace_id", schema=SCHEMA)
