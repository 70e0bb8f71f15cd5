"""Add the trace in which an entry of the history was made."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    op.add_column("history", sa.Column("trace_id", sa.Text), schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("history", "trace_id", schema=SCHEMA)
