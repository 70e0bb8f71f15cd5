"""The downloader's first tables."""

import sqlalchemy as sa
from alembic import op
from shared.chassis.tables import create_first
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "downloads"
MOMENT = sa.DateTime(timezone=True)
LIVE = "status not in ('failed', 'abandoned', 'cancelled', 'imported')"


def upgrade() -> None:
    for statement in create_first(SCHEMA):
        op.execute(statement)
    op.create_table(
        "downloads",
        _id(),
        sa.Column("missing_book_id", sa.Uuid),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("wanted", JSONB, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("waiting_for", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("choice_id", sa.Uuid),
        sa.Column("chosen_at", MOMENT),
        sa.Column("grabbed_at", MOMENT),
        sa.Column("by_person", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("release", JSONB),
        sa.Column("release_id", sa.Text),
        sa.Column("info_hash", sa.Text),
        sa.Column("client_state", sa.Text),
        sa.Column("state_since", MOMENT),
        sa.Column("progress", sa.Double, nullable=False, server_default=sa.text("0")),
        sa.Column("progressed_at", MOMENT),
        sa.Column("size_bytes", sa.BigInteger),
        sa.Column("content_path", sa.Text),
        sa.Column("completed_at", MOMENT),
        sa.Column("transit_failures", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("offer_failures", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("error", sa.Text),
        sa.Column("error_type", sa.Text),
        sa.Column("last_attempt_at", MOMENT),
        sa.Column("next_retry_at", MOMENT),
        sa.Column("searched_at", MOMENT),
        sa.Column("library_path", sa.Text),
        sa.Column("book_id", sa.Uuid),
        _moment("created_at"),
        _moment("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_downloads"),
        schema=SCHEMA,
    )
    op.create_index(
        "uq_downloads_missing_book_id", "downloads", ["missing_book_id"], unique=True, schema=SCHEMA,
        postgresql_where=sa.text("status <> 'cancelled'"),
    )  # fmt: skip
    op.create_index(
        "uq_downloads_info_hash", "downloads", ["info_hash"], unique=True, schema=SCHEMA,
        postgresql_where=sa.text(LIVE),
    )  # fmt: skip
    op.create_index("ix_downloads_created_at", "downloads", ["created_at"], schema=SCHEMA)
    op.create_index("ix_downloads_status_next_retry_at", "downloads", ["status", "next_retry_at"], schema=SCHEMA)
    op.create_index("ix_downloads_source_release_id", "downloads", ["source", "release_id"], schema=SCHEMA)
    _judged()
    _failed()


def _judged() -> None:
    op.create_table(
        "candidates",
        _id(),
        sa.Column("download_id", sa.Uuid, nullable=False),
        sa.Column("indexer", sa.Text, nullable=False),
        sa.Column("release_id", sa.Text, nullable=False),
        sa.Column("release", JSONB, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("grabbed", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("judged_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_candidates"),
        sa.ForeignKeyConstraint(
            ["download_id"], [f"{SCHEMA}.downloads.id"], name="fk_candidates_download_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "download_id", "indexer", "release_id", name="uq_candidates_download_id_indexer_release_id"
        ),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_candidates_indexer_release_id_grabbed", "candidates", ["indexer", "release_id"], schema=SCHEMA,
        postgresql_where=sa.text("grabbed"),
    )  # fmt: skip
    op.create_table(
        "blocklist",
        _id(),
        sa.Column("indexer", sa.Text, nullable=False),
        sa.Column("release_id", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("blocked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_blocklist"),
        sa.UniqueConstraint("indexer", "release_id", name="uq_blocklist_indexer_release_id"),
        schema=SCHEMA,
    )


def _failed() -> None:
    op.create_table(
        "failed_attempts",
        _id(),
        sa.Column("task", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("release_id", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("error_type", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("first_attempt_at", MOMENT, nullable=False),
        sa.Column("last_attempt_at", MOMENT, nullable=False),
        sa.Column("count", sa.Integer, nullable=False, server_default=sa.text("1")),
        sa.Column("permanent", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.PrimaryKeyConstraint("id", name="pk_failed_attempts"),
        sa.UniqueConstraint(
            "item", "task", "release_id", "error_type", name="uq_failed_attempts_item_task_release_id_error_type"
        ),
        schema=SCHEMA,
    )


def downgrade() -> None:
    raise RuntimeError("the first migration cannot be undone: drop the schema instead")


def _id() -> "sa.Column[object]":
    return sa.Column("id", sa.Uuid, nullable=False, server_default=sa.text("gen_random_uuid()"))


def _moment(name: str) -> "sa.Column[object]":
    return sa.Column(name, MOMENT, nullable=False, server_default=sa.text("now()"))
