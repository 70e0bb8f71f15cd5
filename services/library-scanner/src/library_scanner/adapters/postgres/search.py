"""Search by likeness: trigrams of the folded words, by the index of `search_text`."""

from collections.abc import Sequence
from typing import Any

from shared.contracts.library.authors import Author, SearchAuthors
from shared.contracts.library.books import Book, SearchBooks
from shared.contracts.library.series import SearchSeries, Series
from shared.contracts.page import Page
from sqlalchemy import (
    ColumnElement,
    Float,
    RowMapping,
    Select,
    Table,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.book_rows import book_of
from library_scanner.adapters.postgres.lists import author_of, series_of
from library_scanner.adapters.postgres.tables import AUTHORS, BOOKS, SERIES
from library_scanner.domain.search_text import is_forgiving, words_of_query

LIKENESS = "0.4"
"""Of a word's trigrams, how many have to be found together: "gabels" is found in "gables", "bamu" in "baum"."""
MOST_RANKED = 200
"""A search for "the" finds half the library: no more are ranked than can be in a moment."""
ENOUGH_EXACT = 20
"""Who spells it right wants these: what is spelled otherwise is only looked for when fewer are found."""

_SETTINGS = select(
    func.set_config("pg_trgm.word_similarity_threshold", LIKENESS, True),
    # Postgres expects a likeness to be common: it would look for two hundred alike by reading the whole table.
    func.set_config("enable_seqscan", "off", True),
)


class Searching:
    """Searches within one transaction, each by two statements."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def books(self, asked: SearchBooks) -> Page[Book]:
        """A page of books, the best first."""
        conditions = [] if asked.status is None else [BOOKS.c.status == asked.status]
        rows, total = await self._search(BOOKS, conditions, asked)
        return Page(items=[book_of(row) for row in rows], total=total, limit=asked.limit, offset=asked.offset)

    async def authors(self, asked: SearchAuthors) -> Page[Author]:
        """A page of authors, the best first."""
        rows, total = await self._search(AUTHORS, [], asked)
        return Page(items=[author_of(row) for row in rows], total=total, limit=asked.limit, offset=asked.offset)

    async def series(self, asked: SearchSeries) -> Page[Series]:
        """A page of series, the best first."""
        rows, total = await self._search(SERIES, [], asked)
        return Page(items=[series_of(row) for row in rows], total=total, limit=asked.limit, offset=asked.offset)

    async def _search(
        self, table: Table, conditions: Sequence[ColumnElement[bool]], asked: SearchBooks | SearchAuthors | SearchSeries
    ) -> tuple[list[RowMapping], int]:
        words = words_of_query(asked.query)
        if not words:
            return [], 0
        await self._session.execute(_SETTINGS)
        found = _found(table, conditions, words)
        counted = select(func.count().label("found_total")).select_from(found).subquery()
        page = (
            select(table, found.c.score)
            .join(found, found.c.id == table.c.id)
            .order_by(found.c.score.desc(), table.c.id)
            .limit(asked.limit)
            .offset(asked.offset)
            .subquery()
        )
        wanted = select(counted, page).select_from(counted.outerjoin(page, true()))
        rows = (await self._session.execute(wanted.order_by(page.c.score.desc(), page.c.id))).mappings().all()
        return [row for row in rows if row["id"] is not None], rows[0]["found_total"]


def _found(table: Table, conditions: Sequence[ColumnElement[bool]], words: Sequence[str]) -> Any:
    """Ids and scores of what has every word, as it is written or nearly so.

    What is alike is only looked for when too little is exactly so: to measure it takes long.
    """
    text = table.c.search_text
    phrase = text.startswith(" ".join(words), autoescape=True)
    exact = _some(table, *conditions, *(_begins_a_word(text, word) for word in words)).cte("exact")
    too_few = select(func.count() < ENOUGH_EXACT).select_from(exact).scalar_subquery()
    nearly = (text.op("%>")(word) if is_forgiving(word) else _begins_a_word(text, word) for word in words)
    branches = (_some(table, *conditions, phrase), select(exact.c.id), _some(table, *conditions, too_few, *nearly))
    near = select(union_all(*branches).subquery("branches").c.id).distinct().limit(MOST_RANKED).subquery("near")
    likeness: ColumnElement[float] = sum((_likeness(text, word) for word in words), start=cast(0, Float))
    score = likeness / len(words) + case((phrase, 0.5), else_=0.0) - func.length(text) * 0.0001
    return select(table.c.id, score.label("score")).join(near, near.c.id == table.c.id).cte("found")


def _some(table: Table, *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(table.c.id).where(*conditions).limit(MOST_RANKED)


def _likeness(text: ColumnElement[str], word: str) -> ColumnElement[float]:
    """1 for the word itself, which is quickly seen: to measure likeness takes fifty times as long."""
    there = (literal(" ") + text + " ").contains(f" {word} ", autoescape=True)
    return case((there, 1.0), else_=func.strict_word_similarity(word, text))


def _begins_a_word(text: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return or_(text.startswith(word, autoescape=True), text.contains(f" {word}", autoescape=True))
