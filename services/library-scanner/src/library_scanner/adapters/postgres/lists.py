"""Pages of books, series, authors and missing books, each read with two indexed queries.

The ids of a page are found in an index first, so that only its own rows are read, whatever its offset.
"""

from typing import Any, TypeVar
from uuid import UUID

from shared.books.text.languages import language_code
from shared.books.text.titles import fold
from shared.chassis.array_parameters import is_one_of
from shared.contracts.library.authors import Author, AuthorFilters, KnownAuthor, ListAuthorLetters, ListAuthors
from shared.contracts.library.books import Book, BookFilters, BookStatus, ListBookLetters, ListBooks
from shared.contracts.library.following import FollowMode
from shared.contracts.library.letters import Letters
from shared.contracts.library.missing_books import ListMissingBooks, MissingBook, MissingBookFilters
from shared.contracts.library.series import ListSeries, ListSeriesLetters, Series, SeriesFilters
from shared.contracts.page import Page
from shared.contracts.values import MissingStatus
from sqlalchemy import ColumnElement, RowMapping, Select, Table, Text, bindparam, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.book_rows import SHOWN, book_of
from library_scanner.adapters.postgres.missing_books import missing_of
from library_scanner.adapters.postgres.subjects import FOLLOWED
from library_scanner.adapters.postgres.tables import (
    AUTHORS,
    BOOK_AUTHORS,
    BOOK_SERIES,
    BOOKS,
    MISSING_BOOKS,
    SERIES,
)
from library_scanner.domain.cover_images import ItemCover
from library_scanner.domain.first_letters import letters_of
from library_scanner.domain.identity import author_key, key_of_series, one_name_each
from library_scanner.domain.refusals import UnknownSort

ItemT = TypeVar("ItemT")

_BOOK_SORTS = ("title", "added_at", "updated_at", "published_year", "duration_seconds", "size_bytes", "path",
               "last_metadata_update_at")  # fmt: skip
_COUNTED_SORTS = ("name", "owned", "missing", "completion_percent", "last_checked_at")
_MISSING_SORTS = ("priority", "title", "identified_at", "updated_at", "published_year", "absence", "last_searched_at",
                  "next_try_at")  # fmt: skip

_SORTED_BY_KEY = {(BOOKS, "title"), (MISSING_BOOKS, "title"), (SERIES, "name"), (AUTHORS, "name")}
"""Texts that are sorted as people look for them, see `shared.books.text.sort_keys`."""

IS_SHOWN = SERIES.c.merged_into.is_(None) | (SERIES.c.owned > 0)
"""Whether a series is listed: a merged series only while books are linked to it."""
_SHOWN: dict[Table, list[ColumnElement[Any]]] = {
    BOOKS: [*SHOWN],
    **{table: [*table.c] for table in (AUTHORS, SERIES, MISSING_BOOKS)},
}
_BY_ID = {table: select(*shown).where(table.c.id == bindparam("id")) for table, shown in _SHOWN.items()}


class Lists:
    """Lists and lookups within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def books(self, request: ListBooks) -> Page[Book]:
        """Return a page of books. Raises `UnknownSort`."""
        conditions = _book_conditions(request)
        items, total = await self._page(BOOKS, conditions, request, _BOOK_SORTS)
        return Page(items=[book_of(row) for row in items], total=total, limit=request.limit, offset=request.offset)

    async def book(self, book_id: UUID) -> Book | None:
        """Return one book, or None."""
        row = await self._row(BOOKS, book_id)
        return None if row is None else book_of(row)

    async def item_cover(self, book_id: UUID) -> ItemCover | None:
        """Return the cover of a book's item, or None if it has none, is not in Audiobookshelf or does not exist."""
        columns = (BOOKS.c.abs_id, BOOKS.c.abs_updated_ms, BOOKS.c.cover)
        shown = (BOOKS.c.abs_id.is_not(None), BOOKS.c.cover.is_not(None), BOOKS.c.status != BookStatus.ARCHIVED)
        row = (await self._session.execute(select(*columns).where(BOOKS.c.id == book_id, *shown))).first()
        return None if row is None else ItemCover(*row)

    async def books_by_id(self, ids: list[UUID]) -> list[Book]:
        """Return the books with these ids; unknown ids are skipped."""
        rows = await self._session.execute(select(*SHOWN).where(BOOKS.c.id.in_(ids)))
        return [book_of(row) for row in rows.mappings()]

    async def book_folders(self, paths: list[str]) -> list[str]:
        """Return those of the paths that are the folder of a book that is not archived, sorted."""
        matching = select(BOOKS.c.path).where(BOOKS.c.path.in_(paths), BOOKS.c.status != BookStatus.ARCHIVED)
        return sorted(set(await self._session.scalars(matching)))

    async def sample_paths(self, max_paths: int) -> list[str]:
        """Return up to `max_paths` paths of active books with files, in random but stable order."""
        shown = (
            BOOKS.c.status == BookStatus.ACTIVE,
            BOOKS.c.abs_id.is_not(None),
            BOOKS.c.files_missing_since.is_(None),
        )
        some = select(BOOKS.c.path).where(*shown).order_by(func.md5(cast(BOOKS.c.id, Text))).limit(max_paths)
        return list(await self._session.scalars(some))

    async def authors(self, request: ListAuthors) -> Page[Author]:
        """Return a page of authors. Raises `UnknownSort`."""
        conditions = _author_conditions(request)
        rows, total = await self._page(AUTHORS, conditions, request, _COUNTED_SORTS)
        return Page(items=[author_of(row) for row in rows], total=total, limit=request.limit, offset=request.offset)

    async def author(self, author_id: UUID) -> Author | None:
        """Return one author, or None."""
        row = await self._row(AUTHORS, author_id)
        return None if row is None else author_of(row)

    async def authors_by_name(self, names: list[str]) -> list[KnownAuthor]:
        """Return what the library has of the author with each name, in their order."""
        keys = [author_key(name) for name in names]
        query = select(AUTHORS.c.key, AUTHORS.c.id, AUTHORS.c.owned).where(is_one_of(AUTHORS.c.key, sorted(set(keys))))
        known = {row["key"]: row for row in (await self._session.execute(query)).mappings()}
        return [_known_author(name, known.get(key)) for name, key in zip(names, keys, strict=True)]

    async def series(self, request: ListSeries) -> Page[Series]:
        """Return a page of series. Raises `UnknownSort`."""
        conditions = _series_conditions(request)
        rows, total = await self._page(SERIES, conditions, request, _COUNTED_SORTS)
        return Page(items=[series_of(row) for row in rows], total=total, limit=request.limit, offset=request.offset)

    async def one_series(self, series_id: UUID) -> Series | None:
        """Return one series, or None."""
        row = await self._row(SERIES, series_id)
        return None if row is None else series_of(row)

    async def book_letters(self, request: ListBookLetters) -> Letters:
        """Return where each first letter of the titles begins."""
        return await self._letters(BOOKS, _book_conditions(request), request.sort)

    async def series_letters(self, request: ListSeriesLetters) -> Letters:
        """Return where each first letter of the names begins."""
        return await self._letters(SERIES, _series_conditions(request), request.sort)

    async def author_letters(self, request: ListAuthorLetters) -> Letters:
        """Return where each first letter of the names begins."""
        return await self._letters(AUTHORS, _author_conditions(request), request.sort)

    async def missing_books(self, request: ListMissingBooks) -> Page[MissingBook]:
        """Return a page of missing books. Raises `UnknownSort`."""
        rows, total = await self._page(MISSING_BOOKS, _missing_conditions(request), request, _MISSING_SORTS)
        return Page(items=[missing_of(row) for row in rows], total=total, limit=request.limit, offset=request.offset)

    async def missing_book_ids(self, filters: MissingBookFilters, at_most: int) -> tuple[list[UUID], int]:
        """Return the ids of the missing books that match, the highest priority first, and the number of matches."""
        order = _order(MISSING_BOOKS, "priority", descending=True)
        return await self._ids(MISSING_BOOKS, _missing_conditions(filters), order, at_most)

    async def book_ids(self, filters: BookFilters, at_most: int) -> tuple[list[UUID], int]:
        """Return the ids of the books that match, and the number of matches."""
        return await self._ids(BOOKS, _book_conditions(filters), [BOOKS.c.id], at_most)

    async def missing_book(self, missing_book_id: UUID) -> MissingBook | None:
        """Return one missing book, or None."""
        row = await self._row(MISSING_BOOKS, missing_book_id)
        return None if row is None else missing_of(row)

    async def _page(
        self, table: Table, conditions: list[ColumnElement[bool]], request: Any, sorts: tuple[str, ...]
    ) -> tuple[list[RowMapping], int]:
        field = request.sort.removeprefix("-")
        if field not in sorts:
            raise UnknownSort(request.sort, sorts)
        order = _order(table, field, descending=request.sort.startswith("-"))
        ids = (
            select(table.c.id)
            .where(*conditions)
            .order_by(*order)
            .limit(request.limit)
            .offset(request.offset)
            .subquery()
        )
        rows = await self._session.execute(select(*_SHOWN[table]).join(ids, ids.c.id == table.c.id).order_by(*order))
        total = await self._session.execute(select(func.count()).select_from(table).where(*conditions))
        return list(rows.mappings()), total.scalar_one()

    async def _ids(
        self, table: Table, conditions: list[ColumnElement[bool]], order: list[Any], at_most: int
    ) -> tuple[list[UUID], int]:
        ids = await self._session.scalars(select(table.c.id).where(*conditions).order_by(*order).limit(at_most))
        total = await self._session.execute(select(func.count()).select_from(table).where(*conditions))
        return list(ids), total.scalar_one()

    async def _letters(self, table: Table, conditions: list[ColumnElement[bool]], sort: str) -> Letters:
        order = _order(table, sort.removeprefix("-"), descending=sort.startswith("-"))
        place = (func.row_number().over(order_by=order) - 1).label("place")
        placed = select(func.left(table.c.sort_key, 1).label("first"), place).where(*conditions).subquery()
        grouped = select(placed.c.first, func.min(placed.c.place), func.count()).group_by(placed.c.first)
        return letters_of((first, offset, count) for first, offset, count in await self._session.execute(grouped))

    async def _row(self, table: Table, row_id: UUID) -> RowMapping | None:
        return (await self._session.execute(_BY_ID[table], {"id": row_id})).mappings().first()


def _order(table: Table, field: str, *, descending: bool) -> list[ColumnElement[Any]]:
    """The order of the list indexes, forwards or backwards: rows without a value first, equal values by id."""
    column = table.c.sort_key if (table, field) in _SORTED_BY_KEY else table.c[field]
    ascending = column.asc().nulls_first() if column.nullable else column.asc()
    backwards = column.desc().nulls_last() if column.nullable else column.desc()
    return [backwards, table.c.id.desc()] if descending else [ascending, table.c.id]


def _author_conditions(request: AuthorFilters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if request.followed is not None:
        is_followed = AUTHORS.c.follow.in_(FOLLOWED)
        conditions.append(is_followed if request.followed else ~is_followed)
    if request.follow:
        conditions.append(AUTHORS.c.follow.in_(request.follow))
    if request.completion_status is not None:
        conditions.append(AUTHORS.c.completion_status == request.completion_status)
    return conditions


def _series_conditions(request: SeriesFilters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [IS_SHOWN]
    if request.completion_status is not None:
        conditions.append(SERIES.c.completion_status == request.completion_status)
    if request.monitored is not None:
        is_monitored = SERIES.c.follow != FollowMode.NONE
        conditions.append(is_monitored if request.monitored else ~is_monitored)
    if request.author is not None:
        conditions.append(_series_by(BOOK_AUTHORS.c.author_id.in_(_authors_named(request.author))))
    if request.author_id is not None:
        conditions.append(_series_by(BOOK_AUTHORS.c.author_id == request.author_id))
    return conditions


def _missing_conditions(request: MissingBookFilters) -> list[ColumnElement[bool]]:
    names = ("series_id", "author_id", "priority")
    filters = {name: getattr(request, name) for name in names if getattr(request, name) is not None}
    conditions = [MISSING_BOOKS.c[name] == value for name, value in filters.items()]
    if request.status:
        conditions.append(MISSING_BOOKS.c.status.in_(request.status))
    elif not request.absence:
        conditions.append(MISSING_BOOKS.c.status != MissingStatus.UPCOMING)
    if request.absence:
        conditions.append(MISSING_BOOKS.c.absence.in_(request.absence))
    if request.reason:
        conditions.append(MISSING_BOOKS.c.reason.in_(request.reason))
    return conditions


def _book_conditions(request: BookFilters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if request.status is not None:
        conditions.append(BOOKS.c.status == request.status)
    if request.added_after is not None:
        conditions.append(BOOKS.c.added_at > request.added_after)
    if request.incomplete is not None:
        conditions.append(BOOKS.c.incomplete.is_(request.incomplete))
    if request.files_missing is not None:
        is_missing = BOOKS.c.files_missing_since.is_not(None)
        conditions.append(is_missing if request.files_missing else ~is_missing)
    if request.match_confidence is not None:
        conditions.append(BOOKS.c.match_confidence == request.match_confidence)
    if request.match_decision is not None:
        conditions.append(BOOKS.c.match_decision == request.match_decision)
    if request.narrator is not None:
        conditions.append(BOOKS.c.narrator_keys.contains([fold(request.narrator)]))
    if request.language is not None:
        code = language_code(request.language)
        conditions.append(BOOKS.c.language_code == code if code else BOOKS.c.language == request.language)
    return conditions + _linked_conditions(request)


def _linked_conditions(request: BookFilters) -> list[ColumnElement[bool]]:
    authors, series = BOOK_AUTHORS.c.author_id, BOOK_SERIES.c.series_id
    chosen: list[tuple[Table, ColumnElement[bool]]] = []
    if request.author_id is not None:
        chosen.append((BOOK_AUTHORS, authors == request.author_id))
    if request.author is not None:
        chosen.append((BOOK_AUTHORS, authors.in_(_authors_named(request.author))))
    if request.series_id is not None:
        chosen.append((BOOK_SERIES, series == request.series_id))
    if request.series is not None:
        named = or_(SERIES.c.key == key_of_series(request.series), _contains(SERIES, request.series))
        chosen.append((BOOK_SERIES, series.in_(select(SERIES.c.id).where(named))))
    return [BOOKS.c.id.in_(select(links.c.book_id).where(condition)) for links, condition in chosen]


def _series_by(author: ColumnElement[bool]) -> ColumnElement[bool]:
    books = select(BOOK_AUTHORS.c.book_id).where(author)
    return SERIES.c.id.in_(select(BOOK_SERIES.c.series_id).where(BOOK_SERIES.c.book_id.in_(books)))


def _authors_named(text: str) -> Select[tuple[UUID]]:
    return select(AUTHORS.c.id).where(or_(AUTHORS.c.key == author_key(text), _contains(AUTHORS, text)))


def _contains(table: Table, text: str) -> ColumnElement[bool]:
    return table.c.name.icontains(text, autoescape=True)


def _known_author(name: str, row: RowMapping | None) -> KnownAuthor:
    return KnownAuthor(name=name) if row is None else KnownAuthor(name=name, author_id=row["id"], owned=row["owned"])


def author_of(row: RowMapping) -> Author:
    """Return the author of a row."""
    stored = {name: row[name] for name in Author.model_fields if name != "followed"}
    return Author(**stored, followed=row["follow"] in FOLLOWED)


def series_of(row: RowMapping) -> Series:
    """Return the series of a row. Each author has one name, in whatever ways the books spell it."""
    stored = {name: row[name] for name in Series.model_fields if name not in ("monitored", "authors")}
    return Series(**stored, authors=one_name_each(row["authors"]), monitored=row["follow"] != FollowMode.NONE)
