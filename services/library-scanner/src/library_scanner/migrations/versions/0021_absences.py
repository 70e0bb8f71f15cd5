"""Store with each missing book why it is not in the library yet, so that lists are sorted and filtered by it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None
SCHEMA = "library"
TABLE = "missing_books"
MOMENTS = ("absence_changed_at", "last_searched_at", "next_try_at")
ABSENCE = """
case when status = 'completed'::text then null::text
     when status = any (array['ignored'::text, 'upcoming'::text, 'was_owned'::text]) then status
     when download_absence is not null then download_absence ->> 'reason'::text
     when not auto_download then 'approval'::text
     else 'not_searched'::text end
"""


def upgrade() -> None:
    """The downloader announces the reasons of existing downloads with the next search for wanted books."""
    op.add_column(TABLE, sa.Column("download_absence", JSONB), schema=SCHEMA)
    for name in MOMENTS:
        op.add_column(TABLE, sa.Column(name, sa.DateTime(timezone=True)), schema=SCHEMA)
    op.add_column(TABLE, sa.Column("absence", sa.Text, sa.Computed(ABSENCE, persisted=True)), schema=SCHEMA)
    first = sa.text("absence nulls first")
    op.create_index("ix_missing_books_absence_id", TABLE, [first, "id"], schema=SCHEMA)


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_missing_books_absence_id", TABLE, schema=SCHEMA)
    for name in ("absence", *MOMENTS, "download_absence"):
        op.drop_column(TABLE, name, schema=SCHEMA)
