"""Move the state of the rate limiter from the session into typed tables."""

from alembic import op
from shared.chassis.tables import create_rate_limits

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = "mam"
MOVED = ("next_request_at", "closed_until", "closed_why", "failures_in_a_row")


def upgrade() -> None:
    for statement in create_rate_limits(SCHEMA):
        op.execute(statement)
    op.execute("""
        insert into mam.rate_limited_accounts (name, fingerprint, health, detail, failures_in_a_row, paused_until)
        select 'myanonamouse', seed_fingerprint,
            case when closed_why like 'refused: %' then 'refused' when closed_why like 'away: %' then 'away'
                when closed_why is not null then 'throttled' when failures_in_a_row > 0 then 'away' else 'ok' end,
            coalesce(regexp_replace(closed_why, '^(refused|away): ', ''), ''), failures_in_a_row, closed_until
        from mam.sessions where account = 'default'
    """)
    op.execute("""
        insert into mam.rate_limited_lines (account, name, next_request_at)
        select 'myanonamouse', 'requests', next_request_at from mam.sessions where account = 'default'
    """)
    for column in MOVED:
        op.drop_column("sessions", column, schema=SCHEMA)


def downgrade() -> None:
    raise RuntimeError("this migration cannot be undone: restore a backup instead")
