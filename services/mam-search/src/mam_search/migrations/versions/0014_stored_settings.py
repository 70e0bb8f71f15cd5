"""Add the table of the settings that are stored over the API."""

from alembic import op
from shared.chassis.tables import create_stored_settings

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SCHEMA = "mam"


def upgrade() -> None:
    for statement in create_stored_settings(SCHEMA):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("stored_settings", schema=SCHEMA)
