"""Questions about imports that a person has to answer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
SCHEMA = "downloads"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "import_questions",
        sa.Column("id", sa.Uuid, primary_key=True, server_default=sa.text("gen_random_uuid()")),
        sa.Column(
            "download_id",
            sa.Uuid,
            sa.ForeignKey(
                f"{SCHEMA}.downloads.id", ondelete="CASCADE", name="fk_import_questions_download_id_downloads"
            ),
            nullable=False,
        ),
        sa.Column("choice_id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("authors", JSONB, nullable=False),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("choices", JSONB, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by", sa.Text),
        schema=SCHEMA,
    )
    op.create_index(
        "uq_import_questions_open",
        "import_questions",
        ["download_id"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("answer is null"),
    )
    op.create_index("ix_import_questions_download_id", "import_questions", ["download_id"], schema=SCHEMA)


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("import_questions", schema=SCHEMA)
