"""Add the books within an item. The next scan fetches every item again, because only its files show them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    none = sa.text("'{}'::text[]")
    op.add_column("books", sa.Column("contents", ARRAY(sa.Text), nullable=False, server_default=none), schema=SCHEMA)
    op.execute("update library.books set abs_updated_ms = 0")
