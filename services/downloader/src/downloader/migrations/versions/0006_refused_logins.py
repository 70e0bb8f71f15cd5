"""Record the last refused login to qBittorrent, so that restarts do not repeat it until our address is banned."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = "downloads"


def upgrade() -> None:
    op.create_table(
        "refused_logins",
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("credentials", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_refused_logins"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("refused_logins", schema=SCHEMA)
