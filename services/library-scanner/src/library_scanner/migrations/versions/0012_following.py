"""Add how series and authors are followed, and the release dates of missing books."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SCHEMA = "library"


def upgrade() -> None:
    """Every series and author keeps its behaviour."""
    for table, former, otherwise, was, mode in (
        ("series", "monitored", "all", "not monitored", "none"),
        ("authors", "followed", "automatic", "followed", "all"),
    ):
        default = sa.text(f"'{otherwise}'")
        op.add_column(table, sa.Column("follow", sa.Text, nullable=False, server_default=default), schema=SCHEMA)
        op.add_column(table, sa.Column("follow_from", sa.Date), schema=SCHEMA)
        count = sa.Column("upcoming", sa.Integer, nullable=False, server_default=sa.text("0"))
        op.add_column(table, count, schema=SCHEMA)
        op.execute(f"update {SCHEMA}.{table} set follow = '{mode}' where {was}")  # noqa: S608 - constants
        op.drop_column(table, former, schema=SCHEMA)
    op.add_column("missing_books", sa.Column("release_date", sa.Date), schema=SCHEMA)
    op.create_index(
        "ix_missing_books_upcoming",
        "missing_books",
        ["release_date"],
        schema=SCHEMA,
        postgresql_where=sa.text("status = 'upcoming'"),
    )
