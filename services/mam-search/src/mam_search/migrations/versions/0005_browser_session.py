"""Add the browser session: its rotating value, its state and the failed logins."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "browser_sessions",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("session", sa.LargeBinary),
        sa.Column("previous", sa.LargeBinary),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("failed_logins", sa.Integer, nullable=False),
        sa.Column("refusals", sa.Integer, nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True)),
        schema="mam",
    )


def downgrade() -> None:
    raise RuntimeError("this migration cannot be undone: restore a backup instead")
