"""Add an index for each sort order of the lists, ending with the id, so that a page is found in the index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "library"
NEEDLESS = {
    "books": ("status_added_at", "status_title", "status_last_metadata_update_at", "updated_at"),
    "missing_books": ("status_priority", "priority"),
}
BOOKS_BY = ("added_at", "title", "updated_at", "path")
BOOKS_WITHOUT_FIRST_BY = ("published_year", "duration_seconds", "size_bytes", "last_metadata_update_at")


def upgrade() -> None:
    for table, names in NEEDLESS.items():
        for name in names:
            op.drop_index(f"ix_{table}_{name}", table, schema=SCHEMA)
    for name in BOOKS_BY:
        op.create_index(f"ix_books_status_{name}_id", "books", ["status", name, "id"], schema=SCHEMA)
    for name in BOOKS_WITHOUT_FIRST_BY:
        nulls_first = sa.text(f"{name} nulls first")
        op.create_index(f"ix_books_status_{name}_id", "books", ["status", nulls_first, "id"], schema=SCHEMA)
    op.create_index("ix_missing_books_status_priority_id", "missing_books", ["status", "priority", "id"], schema=SCHEMA)
    op.create_index("ix_missing_books_priority_id", "missing_books", ["priority", "id"], schema=SCHEMA)
