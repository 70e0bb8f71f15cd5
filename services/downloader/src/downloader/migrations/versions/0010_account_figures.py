"""Store with each candidate the figures of the account with which its grab was decided."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("candidates", sa.Column("account", JSONB), schema="downloads")


def downgrade() -> None:
    op.drop_column("candidates", "account", schema="downloads")
