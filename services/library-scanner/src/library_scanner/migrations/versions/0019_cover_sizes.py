"""Add the sizes of the covers."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    op.create_table(
        "cover_sizes",
        sa.Column("book_id", sa.Uuid, sa.ForeignKey(f"{SCHEMA}.books.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("abs_updated_ms", sa.BigInteger, nullable=False),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        schema=SCHEMA,
    )
    op.create_index("ix_cover_sizes_read_at", "cover_sizes", ["read_at"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_table("cover_sizes", schema=SCHEMA)
