"""Add what the search among the seen releases needs, and the number of results of a search."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = "mam"
FLAGS = ("freeleech", "vip", "snatched_before")
COUNTS = ("size_bytes", "seeders", "snatches")
NAMES = """concat_ws(' ', release ->> 'title',
    (select string_agg(name, ' ') from jsonb_array_elements_text(release -> 'authors') name),
    (select string_agg(name, ' ') from jsonb_array_elements_text(release -> 'narrators') name),
    (select string_agg(place ->> 'name', ' ') from jsonb_array_elements(release -> 'series') place),
    release ->> 'isbn', release ->> 'asin')"""


def upgrade() -> None:
    found: sa.Column[int] = sa.Column("found", sa.Integer, server_default=sa.text("0"), nullable=False)
    op.add_column("searches", found, schema=SCHEMA)
    columns: list[sa.Column[Any]] = [
        sa.Column("first_seen_at", sa.DateTime(timezone=True)),
        *(sa.Column(name, sa.Text, server_default=sa.text("''"), nullable=False) for name in ("search_text", "title")),
        *(sa.Column(name, sa.Text) for name in ("language", "filetype")),
        sa.Column("category_id", sa.Integer),
        *(sa.Column(name, sa.Boolean) for name in ("is_audio", "abridged")),
        *(sa.Column(name, sa.Boolean, server_default=sa.text("false"), nullable=False) for name in FLAGS),
        *(sa.Column(name, sa.BigInteger, server_default=sa.text("0"), nullable=False) for name in COUNTS),
        sa.Column("published_at", sa.DateTime(timezone=True)),
    ]
    for column in columns:
        op.add_column("releases", column, schema=SCHEMA)
    op.execute(f"""
        update mam.releases set first_seen_at = seen_at,
            search_text = trim(regexp_replace(lower(public.unaccent({NAMES})), '[^[:alnum:]]+', ' ', 'g')),
            title = coalesce(release ->> 'title', ''), language = release ->> 'language',
            filetype = release ->> 'filetype',
            is_audio = (release ->> 'is_audio')::boolean, abridged = (release ->> 'abridged')::boolean,
            freeleech = coalesce((release ->> 'freeleech')::boolean, false),
            vip = coalesce((release ->> 'vip')::boolean, false),
            snatched_before = coalesce((release ->> 'snatched_before')::boolean, false),
            size_bytes = coalesce((release ->> 'size_bytes')::numeric, 0)::bigint,
            seeders = coalesce((release ->> 'seeders')::numeric, 0)::bigint,
            snatches = coalesce((release ->> 'snatches')::numeric, 0)::bigint,
            published_at = (release ->> 'published_at')::timestamptz
    """)  # noqa: S608 - names of our own
    op.alter_column("releases", "first_seen_at", nullable=False, schema=SCHEMA)
    op.create_index("ix_releases_seen_at_id", "releases", ["seen_at", "id"], schema=SCHEMA)
    op.create_index(
        "ix_releases_search_text",
        "releases",
        ["search_text"],
        schema=SCHEMA,
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )


def downgrade() -> None:
    raise RuntimeError("this migration cannot be undone: restore a backup instead")
