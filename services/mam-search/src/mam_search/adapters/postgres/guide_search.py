"""Searches the stored guides with the full-text search of Postgres."""

import html
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import NotFound
from shared.contracts.mam.guides import Guide, GuideEntry, GuideKind, GuideList, Passage
from sqlalchemy import ColumnElement, RowMapping, func, literal, select, text
from sqlalchemy.dialects.postgresql import REGCONFIG
from sqlalchemy.ext.asyncio import AsyncSession

from mam_search.adapters.postgres.guide_tables import GuideRow
from mam_search.adapters.postgres.passage_search import search_passages

MARK, END = "\ue000", "\ue001"
"""Characters that no stored text contains."""
SNIPPET = f"StartSel={MARK}, StopSel={END}, MaxFragments=2, MaxWords=30, MinWords=12, FragmentDelimiter=' … '"
BY_LENGTH = 1
"""`ts_rank_cd` divides by 1 + the logarithm of the length of the text."""
EXPORTED_AT_A_TIME = 50
_SHOWN = (
    GuideRow.id, GuideRow.kind, GuideRow.title, GuideRow.page, GuideRow.author, GuideRow.tags, GuideRow.board,
    GuideRow.address, GuideRow.dated_at, GuideRow.fetched_at,
)  # fmt: skip
_CORRECTED = text("""
    select written.word, (
        select known.word from mam.guide_words known where known.word % written.word
        order by similarity(known.word, written.word) desc, known.guides desc limit 1
    ) as known
    from regexp_split_to_table(lower(:query), '[^[:alnum:]]+') written(word)
    where length(written.word) > 3
    and not exists (
        select from mam.guide_words known
        where known.word = written.word or known.stem = (ts_lexize('english_stem', written.word))[1]
    )
""")
"""For each word that no guide contains the most similar one that a guide contains."""
_SIMILARITY = text("select set_config('pg_trgm.similarity_threshold', '0.4', true)")


class PostgresGuides:
    """The stored guides and topics. `site` is the address of the site, for the links to it."""

    def __init__(self, transaction: Transactions[Transaction], site: str) -> None:
        self._transaction = transaction
        self._site = site.rstrip("/")

    async def find(self, query: str | None, kind: GuideKind | None, *, limit: int, offset: int) -> GuideList:
        """The guides that match a query, the best first; without one, the newest first.

        If nothing matches, words that no guide contains are replaced by similar ones.
        """
        async with self._transaction() as tx:
            rows, total = await _page(tx.session, query, kind, limit=limit, offset=offset)
            searched_for = None
            if query and not total and (corrected := await _corrected(tx.session, query)) != query:
                rows, total = await _page(tx.session, corrected, kind, limit=limit, offset=offset)
                searched_for = corrected if total else None
        items = [GuideEntry.model_validate(self._entry(row)) for row in rows]
        return GuideList(items=items, total=total, limit=limit, offset=offset, searched_for=searched_for)

    async def get(self, guide_id: UUID) -> Guide:
        """One guide. Raises `NotFound`."""
        whole = select(*_SHOWN, GuideRow.markdown, GuideRow.links, GuideRow.torrents)
        async with self._transaction() as tx:
            row = (await tx.session.execute(whole.where(GuideRow.id == guide_id))).mappings().first()
        if row is None:
            raise NotFound(f"there is no guide {guide_id}")
        return Guide.model_validate(self._entry(row))

    async def every(self) -> AsyncIterator[Guide]:
        """All guides, a few at a time."""
        whole = select(*_SHOWN, GuideRow.markdown, GuideRow.links, GuideRow.torrents).order_by(GuideRow.id)
        last: UUID | None = None
        while True:
            some = (
                whole.limit(EXPORTED_AT_A_TIME)
                if last is None
                else whole.where(GuideRow.id > last).limit(EXPORTED_AT_A_TIME)
            )
            async with self._transaction() as tx:
                rows = (await tx.session.execute(some)).mappings().all()
            for row in rows:
                yield Guide.model_validate(self._entry(row))
            if len(rows) < EXPORTED_AT_A_TIME:
                return
            last = rows[-1]["id"]

    async def passages(self, question: str, limit: int) -> list[Passage]:
        """The passages that answer a question, the best first."""
        async with self._transaction() as tx:
            found = await search_passages(tx.session, question, limit)
        return [
            Passage(number=number, **(row | {"address": self._site + row["address"]}))
            for number, row in enumerate(found, 1)
        ]

    def _entry(self, row: RowMapping) -> dict[str, Any]:
        return dict(row) | {"address": self._site + row["address"], "snippet": _marked(row.get("snippet", ""))}


async def _page(
    session: AsyncSession, query: str | None, kind: GuideKind | None, *, limit: int, offset: int
) -> tuple[list[RowMapping], int]:
    """One page of guides, and how many there are in total."""
    conditions = [] if kind is None else [GuideRow.kind == kind.value]
    if not query:
        listed = select(*_SHOWN, literal("").label("snippet")).where(*conditions)
        newest = listed.order_by(func.coalesce(GuideRow.dated_at, GuideRow.fetched_at).desc(), GuideRow.id)
        total = await session.scalar(select(func.count()).select_from(GuideRow).where(*conditions))
        return list((await session.execute(newest.limit(limit).offset(offset))).mappings()), total or 0
    # A query of stop words only, such as "who is it", has no English words left.
    english = await session.scalar(select(func.numnode(func.websearch_to_tsquery(_config("english"), query))))
    language, column = ("english", GuideRow.search) if english else ("simple", GuideRow.search_simple)
    wanted: ColumnElement[Any] = func.websearch_to_tsquery(_config(language), query)
    rank = func.ts_rank_cd(column, wanted, BY_LENGTH).label("rank")
    matching = select(GuideRow.id, rank, func.count().over().label("total")).where(column.op("@@")(wanted), *conditions)
    best = matching.order_by(rank.desc(), GuideRow.id).limit(limit).offset(offset).subquery()
    snippet = func.ts_headline(_config(language), GuideRow.markdown, wanted, SNIPPET).label("snippet")
    shown = select(*_SHOWN, snippet, best.c.total).join(best, best.c.id == GuideRow.id)
    rows = list((await session.execute(shown.order_by(best.c.rank.desc(), GuideRow.id))).mappings())
    if rows or not offset:
        return rows, int(rows[0]["total"]) if rows else 0
    return [], await session.scalar(select(func.count()).select_from(matching.subquery())) or 0


async def _corrected(session: AsyncSession, query: str) -> str:
    """The query with each unknown word replaced by the most similar known one."""
    await session.execute(_SIMILARITY)
    known = {row.word: row.known for row in await session.execute(_CORRECTED, {"query": query}) if row.known}
    words = query.lower().split()
    return " ".join(known.get(word.strip('.,;:!?"'), word) for word in words) if known else query


def _config(language: str) -> ColumnElement[Any]:
    return literal(language).cast(REGCONFIG)


def _marked(snippet: str) -> str:
    """A snippet as HTML: the text is escaped, the words found are marked."""
    return html.escape(snippet).replace(MARK, "<mark>").replace(END, "</mark>")
