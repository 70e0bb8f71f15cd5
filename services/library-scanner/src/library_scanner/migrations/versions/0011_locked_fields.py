"""Add the fields of a book that a person locked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    none = sa.text("'{}'::text[]")
    op.add_column(
        "books", sa.Column("locked_fields", ARRAY(sa.Text), server_default=none, nullable=False), schema="library"
    )


def downgrade() -> None:
    op.drop_column("books", "locked_fields", schema="library")
