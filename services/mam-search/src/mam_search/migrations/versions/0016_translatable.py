"""Add the code and figures of the sentences about the account, for clients in other languages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

SCHEMA = "mam"
TABLES = ("sessions", "seedbox", "spending")


def upgrade() -> None:
    """Add the columns. The sentences until now have only words."""
    for table in TABLES:
        column = sa.Column("translatable", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb"))
        op.add_column(table, column, schema=SCHEMA)


def downgrade() -> None:
    """Remove them."""
    for table in TABLES:
        op.drop_column(table, "translatable", schema=SCHEMA)
