"""Store who started a session with OpenID Connect, and under which rule."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCHEMA = "gateway"


def upgrade() -> None:
    op.add_column("browser_sessions", sa.Column("person", sa.Text), schema=SCHEMA)
    op.add_column("browser_sessions", sa.Column("openid_rule", sa.Text), schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("browser_sessions", "openid_rule", schema=SCHEMA)
    op.drop_column("browser_sessions", "person", schema=SCHEMA)
