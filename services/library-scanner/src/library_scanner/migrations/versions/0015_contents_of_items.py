"""Add the covers, the chapters, and what corrections of them replaced. The next scan reads all items again."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("cover", "cover_path", "chapters"):
        op.add_column("books", sa.Column(name, sa.Text), schema="library")
    unread = sa.Column("contents_read", sa.Boolean, server_default=sa.text("false"), nullable=False)
    op.add_column("books", unread, schema="library")
    op.execute("update library.books set abs_updated_ms = 0")
    op.create_table(
        "former_contents",
        sa.Column("correction_id", sa.Uuid, primary_key=True),
        sa.Column("book_id", sa.Uuid, sa.ForeignKey("library.books.id", ondelete="CASCADE"), nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("written", sa.Text),
        schema="library",
    )
    op.create_index("ix_former_contents_book_id", "former_contents", ["book_id"], schema="library")


def downgrade() -> None:
    op.drop_table("former_contents", schema="library")
    for name in ("contents_read", "chapters", "cover_path", "cover"):
        op.drop_column("books", name, schema="library")
