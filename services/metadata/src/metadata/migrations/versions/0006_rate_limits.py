"""Move the state of the providers' rate limiters into the tables that every rate limiter uses."""

from alembic import op
from shared.chassis.tables import create_rate_limits

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = "metadata"


def upgrade() -> None:
    for statement in create_rate_limits(SCHEMA):
        op.execute(statement)
    op.execute("""
        insert into metadata.rate_limited_accounts
            (name, fingerprint, health, detail, failures_in_a_row, last_answer_at, paused_until)
        select name, fingerprint, health, detail, failures_in_a_row, last_answer_at, blocked_until
        from metadata.providers
    """)
    op.execute("""
        insert into metadata.rate_limited_lines
            (account, name, next_request_at, minute_began_at, sent_in_minute, day_began_at, sent_in_day)
        select name, 'requests', next_request_at, minute_began_at, asked_in_minute, day_began_at, asked_in_day
        from metadata.providers
    """)
    op.drop_table("providers", schema=SCHEMA)


def downgrade() -> None:
    raise RuntimeError("this migration cannot be undone: restore a backup instead")
