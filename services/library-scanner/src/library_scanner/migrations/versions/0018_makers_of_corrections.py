"""Store which API key made and undid the correction of a series."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Corrections made before have no name."""
    for name in ("made_by", "undone_by"):
        op.add_column("series_corrections", sa.Column(name, sa.Text), schema="library")
