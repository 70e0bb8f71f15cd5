"""Add the notifications with their targets and messages, and the state of the health monitor."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "gateway"


def upgrade() -> None:
    op.create_table(
        "notification_targets",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notification_targets"),
        schema=SCHEMA,
    )
    op.create_table(
        "notifications",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("news", JSONB, nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.Uuid),
        sa.PrimaryKeyConstraint("key", "target", name="pk_notifications"),
        schema=SCHEMA,
    )
    waiting = sa.text("message_id is null")
    op.create_index(
        "ix_notifications_waiting", "notifications", ["target", "kind"], schema=SCHEMA, postgresql_where=waiting
    )
    op.create_index("ix_notifications_noted_at", "notifications", ["noted_at"], schema=SCHEMA)
    _messages()
    _watching()


def _messages() -> None:
    table = "notification_messages"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid, nullable=False, server_default=sa.text("gen_random_uuid()")),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("items", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        schema=SCHEMA,
    )
    op.create_index(f"ix_{table}_status_next_attempt_at", table, ["status", "next_attempt_at"], schema=SCHEMA)
    op.create_index(f"ix_{table}_created_at", table, ["created_at"], schema=SCHEMA)


def _watching() -> None:
    op.create_table(
        "watched_parts",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("bad_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("good_since", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("name", name="pk_watched_parts"),
        schema=SCHEMA,
    )
    op.create_table(
        "watch_turns",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_watch_turns"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    for table in ("watch_turns", "watched_parts", "notification_messages", "notifications", "notification_targets"):
        op.drop_table(table, schema=SCHEMA)
