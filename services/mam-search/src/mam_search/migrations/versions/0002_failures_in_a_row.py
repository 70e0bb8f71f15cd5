"""Count consecutive refusals and failures of the tracker, so that the pause grows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "mam"


def upgrade() -> None:
    column = sa.Column("failures_in_a_row", sa.Integer, nullable=False, server_default="0")
    op.add_column("sessions", column, schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("sessions", "failures_in_a_row", schema=SCHEMA)
