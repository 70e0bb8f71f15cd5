"""Add the alternative titles and authors of missing books."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    for name in ("other_titles", "other_authors"):
        none = sa.text("'{}'::text[]")
        op.add_column(
            "missing_books", sa.Column(name, ARRAY(sa.Text), nullable=False, server_default=none), schema=SCHEMA
        )
