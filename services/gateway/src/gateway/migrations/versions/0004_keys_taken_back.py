"""Record revoked keys, so that a key in the settings is not added again after it was revoked."""

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
