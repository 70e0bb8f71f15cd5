"""The first tables of mam-search."""

import sqlalchemy as sa
from alembic import op
from shared.chassis.tables import create_first
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "mam"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for statement in create_first(SCHEMA):
        op.execute(statement)
    op.create_table(
        "sessions",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("seed_fingerprint", sa.Text, nullable=False),
        sa.Column("session", sa.LargeBinary, nullable=False),
        sa.Column("previous", sa.LargeBinary),
        sa.Column("next_request_at", MOMENT, nullable=False),
        sa.Column("closed_until", MOMENT),
        sa.Column("closed_why", sa.Text),
        sa.PrimaryKeyConstraint("account", name="pk_sessions"),
        schema=SCHEMA,
    )
    op.create_table(
        "searches",
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("release_ids", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("text", name="pk_searches"),
        schema=SCHEMA,
    )
    op.create_index("ix_searches_asked_at", "searches", ["asked_at"], schema=SCHEMA)
    op.create_table(
        "releases",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("release", JSONB, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_releases"),
        schema=SCHEMA,
    )
    op.create_table(
        "account_snapshots",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("standing", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_snapshots"),
        schema=SCHEMA,
    )
    op.create_index("ix_account_snapshots_read_at", "account_snapshots", [sa.text("read_at DESC")], schema=SCHEMA)


def downgrade() -> None:
    raise RuntimeError("the first migration cannot be undone: drop the schema instead")
