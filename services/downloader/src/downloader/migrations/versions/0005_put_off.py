"""Count the consecutive failures of the systems that a download needs."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = "downloads"


def upgrade() -> None:
    column = sa.Column("put_off_times", sa.Integer, nullable=False, server_default=sa.text("0"))
    op.add_column("downloads", column, schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("downloads", "put_off_times", schema=SCHEMA)
