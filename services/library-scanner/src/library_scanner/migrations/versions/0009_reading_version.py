"""Which version of the reading rules read the series of each book. The next scan reads all books again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    """Add the version; no earlier one is known."""
    column = sa.Column("reading_version", sa.Integer, nullable=False, server_default=sa.text("0"))
    op.add_column("books", column, schema=SCHEMA)


def downgrade() -> None:
    """Remove the version."""
    op.drop_column("books", "reading_version", schema=SCHEMA)
