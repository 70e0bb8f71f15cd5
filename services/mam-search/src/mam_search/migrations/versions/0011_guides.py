"""Add the guides, their passages and words, and the state of the crawl."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SCHEMA = "mam"
MOMENT = sa.DateTime(timezone=True)
NONE = sa.text("'[]'::jsonb")
ZERO = sa.text("0")
EMPTY = sa.text("''")


def upgrade() -> None:
    _guides()
    _passages_and_words()
    _crawl()


def _guides() -> None:
    english = (
        "setweight(to_tsvector('english'::regconfig, title), 'A') || "
        "setweight(to_tsvector('english'::regconfig, tags), 'B') || to_tsvector('english'::regconfig, markdown)"
    )
    simple = "to_tsvector('simple'::regconfig, title || ' ' || markdown)"
    op.create_table(
        "guides",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("page", sa.Integer, nullable=False, server_default=sa.text("1")),
        sa.Column("author", sa.Text),
        sa.Column("tags", JSONB, nullable=False, server_default=NONE),
        sa.Column("board", sa.Text),
        sa.Column("dated_at", MOMENT),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("markdown", sa.Text, nullable=False),
        sa.Column("links", JSONB, nullable=False, server_default=NONE),
        sa.Column("torrents", JSONB, nullable=False, server_default=NONE),
        sa.Column("search", TSVECTOR, sa.Computed(english, persisted=True), nullable=False),
        sa.Column("search_simple", TSVECTOR, sa.Computed(simple, persisted=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guides"),
        sa.UniqueConstraint("address", name="uq_guides_address"),
        schema=SCHEMA,
    )
    op.create_index("ix_guides_search", "guides", ["search"], schema=SCHEMA, postgresql_using="gin")
    op.create_index("ix_guides_search_simple", "guides", ["search_simple"], schema=SCHEMA, postgresql_using="gin")
    op.create_index("ix_guides_fetched_at", "guides", [sa.text("fetched_at DESC")], schema=SCHEMA)


def _passages_and_words() -> None:
    of_a_passage = (
        "setweight(to_tsvector('english'::regconfig, title), 'A') || "
        "setweight(to_tsvector('english'::regconfig, heading), 'B') || to_tsvector('english'::regconfig, text)"
    )
    op.create_table(
        "guide_passages",
        sa.Column("guide_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("heading", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("search", TSVECTOR, sa.Computed(of_a_passage, persisted=True), nullable=False),
        sa.PrimaryKeyConstraint("guide_id", "number", name="pk_guide_passages"),
        sa.ForeignKeyConstraint(
            ["guide_id"], [f"{SCHEMA}.guides.id"], name="fk_guide_passages_guide_id_guides", ondelete="CASCADE"
        ),
        schema=SCHEMA,
    )
    op.create_index("ix_guide_passages_search", "guide_passages", ["search"], schema=SCHEMA, postgresql_using="gin")
    op.create_table(
        "guide_words",
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("stem", sa.Text, nullable=False),
        sa.Column("guides", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_guide_words"),
        schema=SCHEMA,
    )
    op.create_index("ix_guide_words_stem", "guide_words", ["stem"], schema=SCHEMA)
    op.create_index(
        "ix_guide_words_word",
        "guide_words",
        ["word"],
        schema=SCHEMA,
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )


def _crawl() -> None:
    op.create_table(
        "crawl_pages",
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("whole", sa.Text, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("board", sa.Integer),
        sa.Column("depth", sa.Integer, nullable=False),
        sa.Column("found", sa.Integer, sa.Identity(always=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("mark", sa.Text),
        sa.Column("fetched_at", MOMENT),
        sa.Column("failures", sa.Integer, nullable=False, server_default=ZERO),
        sa.Column("problem", sa.Text, nullable=False, server_default=EMPTY),
        sa.PrimaryKeyConstraint("address", name="pk_crawl_pages"),
        schema=SCHEMA,
    )
    op.create_index("ix_crawl_pages_state", "crawl_pages", ["state", "found"], schema=SCHEMA)
    op.create_index("ix_crawl_pages_whole", "crawl_pages", ["whole"], schema=SCHEMA)
    op.create_table(
        "crawls",
        sa.Column("run_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("fetched", sa.Integer, nullable=False, server_default=ZERO),
        sa.Column("unchanged", sa.Integer, nullable=False, server_default=ZERO),
        sa.Column("failed", sa.Integer, nullable=False, server_default=ZERO),
        sa.Column("failures_in_a_row", sa.Integer, nullable=False, server_default=ZERO),
        sa.Column("problem", sa.Text, nullable=False, server_default=EMPTY),
        sa.PrimaryKeyConstraint("run_id", name="pk_crawls"),
        schema=SCHEMA,
    )
    op.create_table(
        "unreadable_pages",
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("selector", sa.Text, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_unreadable_pages"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    raise RuntimeError("this migration cannot be undone: restore a backup instead")
