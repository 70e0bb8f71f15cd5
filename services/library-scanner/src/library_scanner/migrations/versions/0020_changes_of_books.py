"""Add the transaction that last changed each book, so that only changed books are indexed again."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    changed_in = sa.Column("changed_in", sa.BigInteger, nullable=False, server_default=sa.text("txid_current()"))
    op.add_column("books", changed_in, schema=SCHEMA)
    op.create_index("ix_books_changed_in", "books", ["changed_in"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("books", "changed_in", schema=SCHEMA)
