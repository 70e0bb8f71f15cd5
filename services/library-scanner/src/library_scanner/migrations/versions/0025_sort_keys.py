"""Store the keys by which books, series and authors are sorted, and fill them for the rows that exist."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from shared.books.text.sort_keys import name_sort_key, title_sort_key

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

SCHEMA = "library"
BATCH = 2_000
SORTED = {"books": "ix_books_status_title_id", "series": "ix_series_name", "authors": "ix_authors_name"}
"""The tables, and the index by which each was sorted before."""


def upgrade() -> None:
    for table, index in SORTED.items():
        op.drop_index(index, table, schema=SCHEMA)
        column = sa.Column("sort_key", sa.Text(collation="C"), nullable=False, server_default=sa.text("''"))
        op.add_column(table, column, schema=SCHEMA)
    _fill("books", "title, language_code", title_sort_key)
    _fill("series", "name", title_sort_key)
    _fill("authors", "name", name_sort_key)
    op.create_index("ix_books_status_sort_key_id", "books", ["status", "sort_key", "id"], schema=SCHEMA)
    for table in ("series", "authors"):
        op.create_index(f"ix_{table}_sort_key_id", table, ["sort_key", "id"], schema=SCHEMA)


def _fill(table: str, columns: str, key_of: Callable[..., str]) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text(f"select id, {columns} from {SCHEMA}.{table}")).all()  # noqa: S608 - no input
    keys = [(row[0], key_of(*row[1:])) for row in rows]
    update = sa.text(
        f"update {SCHEMA}.{table} set sort_key = filled.sort_key"  # noqa: S608
        " from unnest(cast(:ids as uuid[]), cast(:keys as text[])) as filled (id, sort_key)"
        f" where {table}.id = filled.id"
    )
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        connection.execute(update, {"ids": [str(each[0]) for each in batch], "keys": [each[1] for each in batch]})


def downgrade() -> None:
    for table, index in SORTED.items():
        op.drop_column(table, "sort_key", schema=SCHEMA)
        columns = ["status", "title", "id"] if table == "books" else ["name"]
        op.create_index(index, table, columns, schema=SCHEMA)
