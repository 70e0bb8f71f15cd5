"""Add the reservations of grabs, the ledger of what was spent, and the seeding duties."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SCHEMA = "mam"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "grab_reservations",
        sa.Column("grab_id", sa.Uuid, nullable=False),
        sa.Column("release", JSONB, nullable=False),
        sa.Column("assessment", JSONB, nullable=False),
        sa.Column("paid_bytes", sa.BigInteger, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("reserved_at", MOMENT, nullable=False),
        sa.Column("grabbed_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("returned_at", MOMENT),
        sa.PrimaryKeyConstraint("grab_id", name="pk_grab_reservations"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_grab_reservations_active",
        "grab_reservations",
        ["reserved_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("returned_at is null"),
    )
    op.create_table(
        "spending",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("amount", sa.Double, nullable=False),
        sa.Column("torrent_id", sa.Text),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("points_before", sa.Double, nullable=False),
        sa.Column("wedges_before", sa.Integer, nullable=False),
        sa.Column("vip_until_before", MOMENT),
        sa.Column("points_after", sa.Double),
        sa.Column("wedges_after", sa.Integer),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_spending"),
        schema=SCHEMA,
    )
    op.create_index(
        "uq_spending_open",
        "spending",
        ["state"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("state = 'requested'"),
    )
    op.create_index(
        "uq_spending_wedge_torrent_id",
        "spending",
        ["torrent_id"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("kind = 'wedge' and state <> 'not_spent'"),
    )
    op.create_index("ix_spending_requested_at", "spending", [sa.text("requested_at DESC")], schema=SCHEMA)
    op.create_table(
        "seeding_duties",
        sa.Column("torrent_id", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("seeding", sa.Boolean, nullable=False),
        sa.Column("hit_and_run", sa.Boolean, nullable=False),
        sa.Column("seeded_seconds", sa.BigInteger, nullable=False),
        sa.Column("remaining_seconds", sa.BigInteger, nullable=False),
        sa.Column("completed_at", MOMENT),
        sa.Column("due_at", MOMENT),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("torrent_id", name="pk_seeding_duties"),
        schema=SCHEMA,
    )
    op.create_table(
        "seeding_reads",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_seeding_reads"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    raise RuntimeError("this migration cannot be undone: restore a backup instead")
