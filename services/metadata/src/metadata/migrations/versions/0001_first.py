"""The first tables of the metadata service."""

import sqlalchemy as sa
from alembic import op
from shared.chassis.tables import create_first
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "metadata"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for statement in create_first(SCHEMA):
        op.execute(statement)
    op.create_table(
        "providers",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("next_request_at", MOMENT, nullable=False),
        sa.Column("health", sa.Text, nullable=False, server_default=sa.text("'unknown'")),
        sa.Column("detail", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("failures_in_a_row", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("last_answer_at", MOMENT),
        sa.Column("blocked_until", MOMENT),
        sa.PrimaryKeyConstraint("name", name="pk_providers"),
        schema=SCHEMA,
    )
    op.create_table(
        "provider_answers",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("answer", JSONB, nullable=False),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_provider_answers"),
        schema=SCHEMA,
    )
    op.create_index("ix_provider_answers_fetched_at", "provider_answers", ["fetched_at"], schema=SCHEMA)
    op.create_table(
        "works",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("work", JSONB, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_works"),
        schema=SCHEMA,
    )
    op.create_table(
        "bibliographies",
        sa.Column("of", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("work_ids", JSONB, nullable=False),
        sa.Column("collected_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("of", "subject_id", "provider", name="pk_bibliographies"),
        schema=SCHEMA,
    )
    _create_corrections()


def _create_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("book_id", sa.Uuid, nullable=False),
        sa.Column("abs_id", sa.Text),
        sa.Column("book_title", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("old", JSONB),
        sa.Column("new", JSONB),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("confidence", sa.Text, nullable=False),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("status_detail", sa.Text),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        schema=SCHEMA,
    )
    op.create_index("ix_corrections_made_at", "corrections", [sa.text("made_at DESC"), "id"], schema=SCHEMA)
    op.create_index("ix_corrections_book_id_field", "corrections", ["book_id", "field"], schema=SCHEMA)
    op.create_index(
        "uq_corrections_one_proposed", "corrections", ["book_id", "field"], unique=True, schema=SCHEMA,
        postgresql_where=sa.text("status = 'proposed'"),
    )  # fmt: skip


def downgrade() -> None:
    raise RuntimeError("the first migration cannot be undone: drop the schema instead")
