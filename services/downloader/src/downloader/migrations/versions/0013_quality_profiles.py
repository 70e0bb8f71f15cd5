"""Quality profiles with their assignments, and the delay of a download. The default profile is stored at once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
SCHEMA = "downloads"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables and the default profile, and add the columns of the delay."""
    op.create_table(
        "quality_profiles",
        sa.Column("id", sa.Uuid, primary_key=True, server_default=sa.text("gen_random_uuid()")),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("is_default", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("rules", JSONB, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False, server_default=sa.text("now()")),
        sa.Column("updated_at", MOMENT, nullable=False, server_default=sa.text("now()")),
        schema=SCHEMA,
    )
    op.create_index(
        "uq_quality_profiles_is_default",
        "quality_profiles",
        ["is_default"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "profile_assignments",
        sa.Column("scope", sa.Text, primary_key=True),
        sa.Column("target_id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded_name", sa.Text, nullable=False),
        sa.Column(
            "profile_id",
            sa.Uuid,
            sa.ForeignKey(f"{SCHEMA}.quality_profiles.id", ondelete="CASCADE"),
            nullable=False,
        ),
        schema=SCHEMA,
    )
    op.create_index("ix_profile_assignments_profile_id", "profile_assignments", ["profile_id"], schema=SCHEMA)
    op.execute("insert into downloads.quality_profiles (name, is_default, rules) values ('Default', true, '{}'::jsonb)")
    op.add_column("downloads", sa.Column("delayed_until", MOMENT), schema=SCHEMA)
    op.add_column("downloads", sa.Column("delayed_release", JSONB), schema=SCHEMA)


def downgrade() -> None:
    """Remove the tables and the columns."""
    op.drop_column("downloads", "delayed_release", schema=SCHEMA)
    op.drop_column("downloads", "delayed_until", schema=SCHEMA)
    op.drop_table("profile_assignments", schema=SCHEMA)
    op.drop_table("quality_profiles", schema=SCHEMA)
