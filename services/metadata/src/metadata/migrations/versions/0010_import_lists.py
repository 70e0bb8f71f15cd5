"""Add import lists and their entries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCHEMA = "metadata"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "import_lists",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("shelf", sa.Text, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("auto_download", sa.Boolean, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("removed_entries", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.Column("problem", sa.Text),
        sa.Column("validators", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_lists"),
        schema=SCHEMA,
    )
    op.create_index("uq_import_lists_name", "import_lists", [sa.text("lower(name)")], unique=True, schema=SCHEMA)
    op.create_table(
        "import_list_entries",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("list_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("authors", JSONB, nullable=False),
        sa.Column("isbn", sa.Text),
        sa.Column("asin", sa.Text),
        sa.Column("published_year", sa.Integer),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("confidence", sa.Text),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("work", JSONB),
        sa.Column("candidates", JSONB, nullable=False),
        sa.Column("book_id", sa.Uuid),
        sa.Column("missing_book_id", sa.Uuid),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", MOMENT),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("matched_at", MOMENT),
        sa.Column("removed_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_list_entries"),
        sa.ForeignKeyConstraint(
            ["list_id"], [f"{SCHEMA}.import_lists.id"], ondelete="CASCADE",
            name="fk_import_list_entries_list_id_import_lists",
        ),
        schema=SCHEMA,
    )  # fmt: skip
    entries = "import_list_entries"
    op.create_index("uq_import_list_entries_list_id_key", entries, ["list_id", "key"], unique=True, schema=SCHEMA)
    op.create_index("ix_import_list_entries_list_id_id", entries, ["list_id", "id"], schema=SCHEMA)
    op.create_index("ix_import_list_entries_missing_book_id", entries, ["missing_book_id"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_table("import_list_entries", schema=SCHEMA)
    op.drop_table("import_lists", schema=SCHEMA)
