"""Add the code and figures of the words of run items, for clients in other languages."""

from alembic import op
from shared.chassis.tables import add_codes_of_run_items

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

SCHEMA = "downloads"


def upgrade() -> None:
    """Add the column. The words until now have no code."""
    op.execute(add_codes_of_run_items(SCHEMA))


def downgrade() -> None:
    """Remove it."""
    op.drop_column("run_items", "translatable", schema=SCHEMA)
