"""Store the year of releases without a day, and from when each missing book is wanted."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TABLE = "missing_books"
_INDEX = "ix_missing_books_upcoming"


def upgrade() -> None:
    """Upcoming books without a date get theirs when their list is compared again."""
    op.add_column(_TABLE, sa.Column("release_year", sa.Integer), schema="library")
    op.add_column(_TABLE, sa.Column("wanted_from", sa.Date), schema="library")
    op.execute("update library.missing_books set wanted_from = release_date where release_date is not null")
    op.drop_index(_INDEX, _TABLE, schema="library")
    upcoming = sa.text("status = 'upcoming'")
    op.create_index(_INDEX, _TABLE, ["wanted_from"], schema="library", postgresql_where=upcoming)
