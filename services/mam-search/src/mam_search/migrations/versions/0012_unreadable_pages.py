"""Keep all pages whose selectors no longer match in one table."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SCHEMA = "mam"
MOVED = """
    insert into mam.changed_pages (selector, path, html, read_at)
    select distinct on (selector) selector, address, html, read_at from mam.unreadable_pages
    order by selector, read_at desc
    on conflict (selector) do update set path = excluded.path, html = excluded.html, read_at = excluded.read_at
    where changed_pages.read_at < excluded.read_at
"""


def upgrade() -> None:
    op.execute(sa.text(MOVED))
    op.drop_table("unreadable_pages", schema=SCHEMA)
    op.rename_table("changed_pages", "unreadable_pages", schema=SCHEMA)
    op.execute(sa.text("alter table mam.unreadable_pages rename constraint pk_changed_pages to pk_unreadable_pages"))


def downgrade() -> None:
    raise RuntimeError("this migration cannot be undone: restore a backup instead")
