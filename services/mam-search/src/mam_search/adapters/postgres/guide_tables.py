"""The tables of guides: stored pages, their passages and words, and the state of the crawl."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, DateTime, ForeignKey, Identity, Index, Integer, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from mam_search.adapters.postgres.tables import Row

EMPTY_LIST = text("'[]'::jsonb")
ENGLISH = (
    "setweight(to_tsvector('english'::regconfig, title), 'A') || "
    "setweight(to_tsvector('english'::regconfig, tags), 'B') || to_tsvector('english'::regconfig, markdown)"
)
"""Postgres computes it, so the index is current as soon as a page is stored."""
SIMPLE = "to_tsvector('simple'::regconfig, title || ' ' || markdown)"
"""Every word as it is written: for queries that consist of stop words only, and for the list of known words."""
OF_A_PASSAGE = (
    "setweight(to_tsvector('english'::regconfig, title), 'A') || "
    "setweight(to_tsvector('english'::regconfig, heading), 'B') || to_tsvector('english'::regconfig, text)"
)


class GuideRow(Row):
    """A guide, or one page of a forum topic."""

    __tablename__ = "guides"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[str] = mapped_column(Text)
    page: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    author: Mapped[str | None] = mapped_column(Text)
    tags: Mapped[list[str]] = mapped_column(JSONB, server_default=EMPTY_LIST)
    board: Mapped[str | None] = mapped_column(Text)
    dated_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    fetched_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    content_hash: Mapped[str] = mapped_column(Text)
    markdown: Mapped[str] = mapped_column(Text)
    links: Mapped[list[str]] = mapped_column(JSONB, server_default=EMPTY_LIST)
    torrents: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=EMPTY_LIST)
    search: Mapped[str] = mapped_column(TSVECTOR, Computed(ENGLISH, persisted=True))
    search_simple: Mapped[str] = mapped_column(TSVECTOR, Computed(SIMPLE, persisted=True))


class PassageRow(Row):
    """A part of a guide, under one heading."""

    __tablename__ = "guide_passages"

    guide_id: Mapped[UUID] = mapped_column(ForeignKey(GuideRow.id, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    heading: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(TSVECTOR, Computed(OF_A_PASSAGE, persisted=True))


class WordRow(Row):
    """A word of the stored guides: its stem, and the number of guides that contain it."""

    __tablename__ = "guide_words"

    word: Mapped[str] = mapped_column(Text, primary_key=True)
    stem: Mapped[str] = mapped_column(Text)
    guides: Mapped[int] = mapped_column(Integer)


class CrawlPageRow(Row):
    """A page that the crawl knows: page `page` of the guide, board or topic `whole`.

    `mark` is what the list of guides or topics said about it when it was last added to the waiting pages. Another mark
    means that the page has changed.
    """

    __tablename__ = "crawl_pages"

    address: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    whole: Mapped[str] = mapped_column(Text)
    page: Mapped[int] = mapped_column(Integer)
    board: Mapped[int | None] = mapped_column(Integer)
    depth: Mapped[int] = mapped_column(Integer)
    found: Mapped[int] = mapped_column(Integer, Identity(always=True))
    state: Mapped[str] = mapped_column(Text)
    mark: Mapped[str | None] = mapped_column(Text)
    fetched_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    failures: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    problem: Mapped[str] = mapped_column(Text, server_default=text("''"))


class CrawlRow(Row):
    """The current or last crawl; one row."""

    __tablename__ = "crawls"

    run_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    fetched: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    unchanged: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    failed: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    failures_in_a_row: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    problem: Mapped[str] = mapped_column(Text, server_default=text("''"))


Index("ix_guides_search", GuideRow.search, postgresql_using="gin")
Index("ix_guides_search_simple", GuideRow.search_simple, postgresql_using="gin")
Index("ix_guides_fetched_at", GuideRow.fetched_at.desc())
Index("ix_guide_passages_search", PassageRow.search, postgresql_using="gin")
Index("ix_guide_words_stem", WordRow.stem)
Index("ix_guide_words_word", WordRow.word, postgresql_using="gin", postgresql_ops={"word": "gin_trgm_ops"})
Index("ix_crawl_pages_state", CrawlPageRow.state, CrawlPageRow.found)
Index("ix_crawl_pages_whole", CrawlPageRow.whole)
