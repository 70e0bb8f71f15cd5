"""Search by similarity: trigrams of the folded words, using the index of `search_text`."""

from collections.abc import Sequence
from typing import Any

from shared.books.text.search_text import allows_misspelling, words_of_query
from shared.chassis.word_search import begins_a_word
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
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.book_rows import book_of
from library_scanner.adapters.postgres.lists import IS_SHOWN, author_of, series_of
from library_scanner.adapters.postgres.tables import AUTHORS, BOOKS, SERIES

SIMILARITY = "0.4"
"""The share of a word's trigrams that must match: "gabels" matches "gables", "bamu" matches "baum"."""
MAX_RANKED = 200
"""A search for "the" finds half the library, and ranking all of it would be slow."""
ENOUGH_EXACT = 20
"""Similar spellings are searched only if fewer exact matches are found."""

_SETTINGS = select(
    func.set_config("pg_trgm.word_similarity_threshold", SIMILARITY, True),
    # Postgres overestimates the number of similar rows and would read the whole table.
    func.set_config("enable_seqscan", "off", True),
)


class Search:
    """Searches within one transaction, each with two statements."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def books(self, request: SearchBooks) -> Page[Book]:
        """Return a page of books, the best match first."""
        conditions = [] if request.status is None else [BOOKS.c.status == request.status]
        rows, total = await self._search(BOOKS, conditions, request)
        return Page(items=[book_of(row) for row in rows], total=total, limit=request.limit, offset=request.offset)

    async def authors(self, request: SearchAuthors) -> Page[Author]:
        """Return a page of authors, the best match first."""
        rows, total = await self._search(AUTHORS, [], request)
        return Page(items=[author_of(row) for row in rows], total=total, limit=request.limit, offset=request.offset)

    async def series(self, request: SearchSeries) -> Page[Series]:
        """Return a page of series, the best match first."""
        rows, total = await self._search(SERIES, [IS_SHOWN], request)
        return Page(items=[series_of(row) for row in rows], total=total, limit=request.limit, offset=request.offset)

    async def _search(
        self,
        table: Table,
        conditions: Sequence[ColumnElement[bool]],
        request: SearchBooks | SearchAuthors | SearchSeries,
    ) -> tuple[list[RowMapping], int]:
        words = words_of_query(request.query)
        if not words:
            return [], 0
        await self._session.execute(_SETTINGS)
        found = _found(table, conditions, words)
        counted = select(func.count().label("found_total")).select_from(found).subquery()
        page = (
            select(table, found.c.score)
            .join(found, found.c.id == table.c.id)
            .order_by(found.c.score.desc(), table.c.id)
            .limit(request.limit)
            .offset(request.offset)
            .subquery()
        )
        wanted = select(counted, page).select_from(counted.outerjoin(page, true()))
        rows = (await self._session.execute(wanted.order_by(page.c.score.desc(), page.c.id))).mappings().all()
        return [row for row in rows if row["id"] is not None], rows[0]["found_total"]


def _found(table: Table, conditions: Sequence[ColumnElement[bool]], words: Sequence[str]) -> Any:
    """Ids and scores of the rows that contain every word, exactly or similarly.

    Similar words are searched only if there are too few exact matches, because measuring similarity is slow.
    """
    text = table.c.search_text
    phrase = text.startswith(" ".join(words), autoescape=True)
    exact = _some(table, *conditions, *(begins_a_word(text, word) for word in words)).cte("exact")
    too_few = select(func.count() < ENOUGH_EXACT).select_from(exact).scalar_subquery()
    nearly = (text.op("%>")(word) if allows_misspelling(word) else begins_a_word(text, word) for word in words)
    branches = (_some(table, *conditions, phrase), select(exact.c.id), _some(table, *conditions, too_few, *nearly))
    near = select(union_all(*branches).subquery("branches").c.id).distinct().limit(MAX_RANKED).subquery("near")
    similarity: ColumnElement[float] = sum((_similarity(text, word) for word in words), start=cast(0, Float))
    score = similarity / len(words) + case((phrase, 0.5), else_=0.0) - func.length(text) * 0.0001
    return select(table.c.id, score.label("score")).join(near, near.c.id == table.c.id).cte("found")


def _some(table: Table, *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(table.c.id).where(*conditions).limit(MAX_RANKED)


def _similarity(text: ColumnElement[str], word: str) -> ColumnElement[float]:
    """1 for the word itself: this check is fifty times as fast as measuring similarity."""
    there = (literal(" ") + text + " ").contains(f" {word} ", autoescape=True)
    return case((there, 1.0), else_=func.strict_word_similarity(word, text))
