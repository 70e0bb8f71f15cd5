"""Add the series in Audiobookshelf, for books whose texts name more."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    column = sa.Column("series_in_abs", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb"))
    op.add_column("books", column, schema=SCHEMA)
