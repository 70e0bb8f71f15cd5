"""Add the table of started deliveries, to detect messages whose handler crashes the process."""

from alembic import op
from shared.chassis.tables import create_begun_deliveries

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    op.execute(create_begun_deliveries(SCHEMA))


def downgrade() -> None:
    op.drop_table("begun_deliveries", schema=SCHEMA)
