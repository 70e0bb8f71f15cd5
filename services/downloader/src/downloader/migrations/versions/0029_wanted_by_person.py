"""Add whether a person asked for the book of a download."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

SCHEMA = "downloads"


def upgrade() -> None:
    """Add the column. Of the downloads until now it is not known, so that they wait for approval as before."""
    wanted = sa.Column("wanted_by_person", sa.Boolean, nullable=False, server_default=sa.text("false"))
    op.add_column("downloads", wanted, schema=SCHEMA)


def downgrade() -> None:
    """Remove it."""
    op.drop_column("downloads", "wanted_by_person", schema=SCHEMA)
