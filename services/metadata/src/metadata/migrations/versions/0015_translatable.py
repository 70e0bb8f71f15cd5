"""Add the code and figures of the sentences about metadata, for clients in other languages."""

import sqlalchemy as sa
from alembic import op
from shared.chassis.tables import add_codes_of_run_items
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SCHEMA = "metadata"


def upgrade() -> None:
    """Add the columns. The words until now have no code."""
    op.execute(add_codes_of_run_items(SCHEMA))
    op.add_column("refreshes", sa.Column("translatable", JSONB, nullable=True), schema=SCHEMA)
    for table in ("corrections", "proposals"):
        column = sa.Column("translatable", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb"))
        op.add_column(table, column, schema=SCHEMA)


def downgrade() -> None:
    """Remove them."""
    for table in ("run_items", "refreshes", "corrections", "proposals"):
        op.drop_column(table, "translatable", schema=SCHEMA)
