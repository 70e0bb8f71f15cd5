"""Tables of what was read from pages of the site."""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from mam_search.adapters.postgres.tables import Row


class TorrentPageRow(Row):
    """The page of a torrent as it was last read."""

    __tablename__ = "torrent_pages"

    release_id: Mapped[str] = mapped_column(Text, primary_key=True)
    page: Mapped[dict[str, Any]] = mapped_column(JSONB)
    read_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class UnreadablePageRow(Row):
    """The last page in which a selector did not match, without secrets."""

    __tablename__ = "unreadable_pages"

    selector: Mapped[str] = mapped_column(Text, primary_key=True)
    path: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    read_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


Index("ix_torrent_pages_read_at", TorrentPageRow.read_at)
