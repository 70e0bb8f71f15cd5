"""Add the code and figures of the sentences of the library, for clients in other languages."""

import sqlalchemy as sa
from alembic import op
from shared.chassis.tables import add_codes_of_run_items
from sqlalchemy.dialects.postgresql import JSONB

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    """Add the columns. The words until now have no code."""
    op.execute(add_codes_of_run_items(SCHEMA))
    for table in ("findings", "history"):
        op.add_column(table, sa.Column("translatable", JSONB, nullable=True), schema=SCHEMA)
    column = sa.Column("translatable", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb"))
    op.add_column("work_entries", column, schema=SCHEMA)


def downgrade() -> None:
    """Remove them."""
    for table in ("run_items", "findings", "history", "work_entries"):
        op.drop_column(table, "translatable", schema=SCHEMA)
