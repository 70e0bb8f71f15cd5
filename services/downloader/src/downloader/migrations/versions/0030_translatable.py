"""Add the code and figures of the sentences of downloads, for clients in other languages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

SCHEMA = "downloads"


def upgrade() -> None:
    """Add the columns. The sentences until now have only words."""
    for table in ("downloads", "history"):
        op.add_column(table, sa.Column("translatable", JSONB, nullable=True), schema=SCHEMA)
    column = sa.Column("translatable", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb"))
    op.add_column("import_questions", column, schema=SCHEMA)


def downgrade() -> None:
    """Remove them."""
    for table in ("downloads", "history", "import_questions"):
        op.drop_column(table, "translatable", schema=SCHEMA)
