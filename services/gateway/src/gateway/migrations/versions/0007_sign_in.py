"""Add the password and the sessions of browsers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SCHEMA = "gateway"


def upgrade() -> None:
    op.create_table(
        "passwords",
        sa.Column("only", sa.Boolean, primary_key=True, server_default=sa.text("true")),
        sa.Column("hash", sa.Text, nullable=False),
        sa.CheckConstraint('"only"', name="one_row"),
        schema=SCHEMA,
    )
    op.create_table(
        "browser_sessions",
        sa.Column("id", sa.Uuid, primary_key=True, server_default=sa.text("gen_random_uuid()")),
        sa.Column("hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("browser", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("browser_sessions", schema=SCHEMA)
    op.drop_table("passwords", schema=SCHEMA)
