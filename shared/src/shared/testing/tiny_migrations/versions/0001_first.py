"""Create the chassis tables."""

from alembic import op
from shared.chassis.tables import create_first

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in create_first("library"):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("the first migration cannot be undone: drop the schema instead")
