"""Add the log of calls, and the stored answers to calls with an Idempotency-Key."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "gateway"


def upgrade() -> None:
    op.create_table(
        "api_logs",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endpoint", sa.Text, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("key_id", sa.Uuid),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_logs"),
        schema=SCHEMA,
    )
    op.create_index("ix_api_logs_at", "api_logs", ["at"], schema=SCHEMA)
    op.create_table(
        "idempotent_answers",
        sa.Column("key_id", sa.Uuid, nullable=False),
        sa.Column("route", sa.Text, nullable=False),
        sa.Column("idempotency_key", sa.Text, nullable=False),
        sa.Column("request_hash", sa.LargeBinary, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.Column("status", sa.Integer),
        sa.Column("headers", JSONB(none_as_null=True)),
        sa.Column("sealed_body", sa.LargeBinary),
        sa.PrimaryKeyConstraint("key_id", "route", "idempotency_key", name="pk_idempotent_answers"),
        schema=SCHEMA,
    )
    op.create_index("ix_idempotent_answers_begun_at", "idempotent_answers", ["begun_at"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_table("idempotent_answers", schema=SCHEMA)
    op.drop_table("api_logs", schema=SCHEMA)
