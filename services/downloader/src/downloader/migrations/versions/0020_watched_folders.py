"""Books of watched folders, and questions about them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the table and the column, and allow questions without a download."""
    op.create_table(
        "watched_folders",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        schema=SCHEMA,
    )
    op.add_column("import_questions", sa.Column("path", sa.Text), schema=SCHEMA)
    op.alter_column("import_questions", "download_id", nullable=True, schema=SCHEMA)


def downgrade() -> None:
    """Remove them, with the questions that have no download."""
    op.execute("delete from downloads.import_questions where download_id is null")
    op.alter_column("import_questions", "download_id", nullable=False, schema=SCHEMA)
    op.drop_column("import_questions", "path", schema=SCHEMA)
    op.drop_table("watched_folders", schema=SCHEMA)
