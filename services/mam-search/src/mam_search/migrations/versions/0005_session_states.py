"""Give each session a kind, a state and the times of its use. A refusal pauses the session, not the account."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = "mam"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.alter_column("sessions", "account", new_column_name="kind", schema=SCHEMA)
    op.execute("update mam.sessions set kind = 'api'")
    op.alter_column("sessions", "session", nullable=True, schema=SCHEMA)
    for column in (
        sa.Column("state", sa.Text, nullable=False, server_default="untried"),
        sa.Column("detail", sa.Text, nullable=False, server_default=""),
        sa.Column("refusals", sa.Integer, nullable=False, server_default="0"),
        sa.Column("refused_at", MOMENT),
        sa.Column("closed_until", MOMENT),
        sa.Column("began_at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.Column("rotated_at", MOMENT),
        sa.Column("last_success_at", MOMENT),
        sa.Column("failed_logins", sa.Integer, nullable=False, server_default="0"),
    ):
        op.add_column("sessions", column, schema=SCHEMA)
    op.execute("""
        update mam.sessions set state = 'refused', detail = account.detail, refusals = account.failures_in_a_row,
            refused_at = now(), closed_until = account.paused_until
        from mam.rate_limited_accounts account where account.name = 'myanonamouse' and account.health = 'refused'
    """)
    op.execute("""
        update mam.rate_limited_accounts set health = 'unknown', detail = '', failures_in_a_row = 0, paused_until = null
        where name = 'myanonamouse' and health = 'refused'
    """)


def downgrade() -> None:
    for column in (
        "state", "detail", "refusals", "refused_at", "closed_until", "began_at", "rotated_at", "last_success_at",
        "failed_logins",
    ):  # fmt: skip
        op.drop_column("sessions", column, schema=SCHEMA)
    op.execute("delete from mam.sessions where kind <> 'api' or session is null")
    op.alter_column("sessions", "session", nullable=False, schema=SCHEMA)
    op.execute("update mam.sessions set kind = 'default'")
    op.alter_column("sessions", "kind", new_column_name="account", schema=SCHEMA)
