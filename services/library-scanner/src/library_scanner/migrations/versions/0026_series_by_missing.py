"""Add an index for the gap board: the series that are listed, those with the most missing books first."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

SCHEMA = "library"
_INDEX = "ix_series_shown_missing"


def upgrade() -> None:
    shown = sa.text("merged_into is null or owned > 0")
    op.create_index(_INDEX, "series", ["missing", "id"], schema=SCHEMA, postgresql_where=shown)


def downgrade() -> None:
    op.drop_index(_INDEX, "series", schema=SCHEMA)
