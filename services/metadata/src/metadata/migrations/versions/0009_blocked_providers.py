"""Allow the health `blocked` of a rate-limited account: it sends a challenge or a sign-in page."""

from alembic import op
from shared.chassis.tables import allow_blocked_accounts

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SCHEMA = "metadata"


def upgrade() -> None:
    for statement in allow_blocked_accounts(SCHEMA):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("this migration cannot be undone: restore a backup instead")
