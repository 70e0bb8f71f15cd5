"""Add whether a missing book may be downloaded without a person's approval."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    allowed: sa.Column[bool] = sa.Column("auto_download", sa.Boolean, server_default=sa.text("true"), nullable=False)
    op.add_column("missing_books", allowed, schema="library")
