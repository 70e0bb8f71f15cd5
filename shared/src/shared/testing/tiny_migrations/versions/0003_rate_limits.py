"""Add the tables of a rate limiter."""

from alembic import op
from shared.chassis.tables import create_rate_limits

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    for statement in create_rate_limits(SCHEMA):
        op.execute(statement)


def downgrade() -> None:
    for table in ("rate_limited_lines", "rate_limited_accounts"):
        op.drop_table(table, schema=SCHEMA)
