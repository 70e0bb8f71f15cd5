"""A key that was taken back is not made again from the settings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = "gateway"


def upgrade() -> None:
    op.create_table(
        "keys_taken_back",
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_keys_taken_back"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("keys_taken_back", schema=SCHEMA)
