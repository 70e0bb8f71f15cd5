"""Add the ledger of seeding times, with the torrents that were grabbed so far."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SCHEMA = "downloads"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "seeding",
        sa.Column("info_hash", sa.Text, nullable=False),
        sa.Column("download_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("release_title", sa.Text, nullable=False),
        sa.Column("indexer", sa.Text, nullable=False),
        sa.Column("release_id", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("grabbed_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("safe_to_remove", sa.Boolean, nullable=False),
        sa.Column("completed_at", MOMENT),
        sa.Column("checked_at", MOMENT),
        sa.Column("seeded_seconds", sa.Double, nullable=False),
        sa.Column("seeded_in_client", sa.Double, nullable=False),
        sa.Column("listed_seconds", sa.Integer),
        sa.Column("listed_at", MOMENT),
        sa.Column("ratio", sa.Double, nullable=False),
        sa.Column("uploaded_bytes", sa.BigInteger, nullable=False),
        sa.Column("stopped_at", MOMENT),
        sa.Column("warned_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("info_hash", name="pk_seeding"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_seeding_safe_to_remove_grabbed_at", "seeding", ["safe_to_remove", sa.text("grabbed_at DESC")], schema=SCHEMA
    )
    op.create_index(
        "ix_seeding_open", "seeding", ["info_hash"], schema=SCHEMA, postgresql_where=sa.text("ended_at is null")
    )
    # The duty of an older torrent is over, so a person may have removed it since.
    op.execute(
        "insert into downloads.seeding (info_hash, download_id, title, release_title, indexer, release_id, size_bytes,"
        " grabbed_at, state, safe_to_remove, completed_at, seeded_seconds, seeded_in_client, ratio, uploaded_bytes)"
        " select distinct on (info_hash) info_hash, id, title, release ->> 'title', release ->> 'indexer',"
        " release ->> 'id', coalesce(size_bytes, 0), grabbed_at,"
        " case when completed_at is null then 'downloading' else 'seeding' end, false, completed_at, 0, 0, 0, 0"
        " from downloads.downloads"
        " where info_hash is not null and grabbed_at is not null and release is not null"
        " and status <> 'cancelled' and grabbed_at > now() - interval '30 days'"
        " order by info_hash, grabbed_at desc"
    )


def downgrade() -> None:
    op.drop_table("seeding", schema=SCHEMA)
