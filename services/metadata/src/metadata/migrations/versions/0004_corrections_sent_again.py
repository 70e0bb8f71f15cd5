"""Record when a correction was last sent to the library, to detect a lost command."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = "metadata"


def upgrade() -> None:
    sent_at = sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()"))
    op.add_column("corrections", sent_at, schema=SCHEMA)
    op.create_index(
        "ix_corrections_unsettled", "corrections", ["sent_at"], schema=SCHEMA,
        postgresql_where=sa.text("status in ('proposed', 'undoing')"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_corrections_unsettled", "corrections", schema=SCHEMA)
    op.drop_column("corrections", "sent_at", schema=SCHEMA)
