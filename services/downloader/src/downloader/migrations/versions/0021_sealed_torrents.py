"""Torrent files that people give are sealed."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Delete the torrent files that are not sealed. If the client does not have one yet, it must be given again."""
    op.execute("delete from downloads.given_torrents")


def downgrade() -> None:
    """Delete the sealed torrent files, because the version before cannot open them."""
    op.execute("delete from downloads.given_torrents")
