"""Record started deliveries, to detect a message whose handler ends the process."""

from alembic import op
from shared.chassis.tables import create_begun_deliveries

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = "gateway"


def upgrade() -> None:
    op.execute(create_begun_deliveries(SCHEMA))


def downgrade() -> None:
    op.drop_table("begun_deliveries", schema=SCHEMA)
