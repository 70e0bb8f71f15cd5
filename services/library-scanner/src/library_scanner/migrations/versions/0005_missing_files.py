"""Add the time since when the files of a book are missing."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    op.add_column("books", sa.Column("files_missing_since", sa.DateTime(timezone=True)), schema=SCHEMA)
    op.create_index(
        "ix_books_files_missing_since",
        "books",
        ["files_missing_since"],
        schema=SCHEMA,
        postgresql_where=sa.text("files_missing_since is not null"),
    )
