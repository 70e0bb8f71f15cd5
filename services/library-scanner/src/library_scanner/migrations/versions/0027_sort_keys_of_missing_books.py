"""Store the keys by which missing books are sorted by title, and fill them for the rows that exist."""

import sqlalchemy as sa
from alembic import op
from shared.books.text.languages import language_code
from shared.books.text.sort_keys import title_sort_key

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

SCHEMA = "library"
BATCH = 2_000
TABLE = "missing_books"


def upgrade() -> None:
    column = sa.Column("sort_key", sa.Text(collation="C"), nullable=False, server_default=sa.text("''"))
    op.add_column(TABLE, column, schema=SCHEMA)
    connection = op.get_bind()
    rows = connection.execute(sa.text("select id, title, language from library.missing_books")).all()
    keys = [(str(id), title_sort_key(title, language_code(language))) for id, title, language in rows]
    update = sa.text(
        "update library.missing_books set sort_key = filled.sort_key"
        " from unnest(cast(:ids as uuid[]), cast(:keys as text[])) as filled (id, sort_key)"
        " where missing_books.id = filled.id"
    )
    for start in range(0, len(keys), BATCH):
        ids, values = zip(*keys[start : start + BATCH], strict=True)
        connection.execute(update, {"ids": list(ids), "keys": list(values)})
    op.create_index("ix_missing_books_sort_key_id", TABLE, ["sort_key", "id"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_column(TABLE, "sort_key", schema=SCHEMA)
