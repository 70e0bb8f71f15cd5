"""Reads the books that the checks look at, and stores which were checked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from shared.chassis.array_parameters import is_one_of
from shared.contracts.library.books import Book, BookStatus
from shared.contracts.library.field_values import MANUAL
from shared.contracts.library.findings import FindingKind
from shared.contracts.metadata.refreshes import KnownEdition
from shared.contracts.values import MissingStatus
from sqlalchemy import RowMapping, Select, and_, func, literal, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.book_rows import SHOWN, book_of
from library_scanner.adapters.postgres.tables import BOOK_EDITIONS, BOOKS, COVER_SIZES, MISSING_BOOKS
from library_scanner.domain.checks.library_names import NamedBook
from library_scanner.domain.checks.whole_checks import ItemState, ListedCover

_ACTIVE = and_(BOOKS.c.status == BookStatus.ACTIVE, BOOKS.c.abs_id.is_not(None))
_DUE = or_(BOOKS.c.checked_at.is_(None), BOOKS.c.updated_at > BOOKS.c.checked_at)
_NAMED = (BOOKS.c.id, BOOKS.c.authors, BOOKS.c.narrators, BOOKS.c.path, BOOKS.c.series_evidence, BOOKS.c.series,
          BOOKS.c.series_in_abs)  # fmt: skip
_TINY_COVER = (BOOKS.c.id, BOOKS.c.title, BOOKS.c.path, BOOKS.c.cover, BOOKS.c.locked_fields, BOOKS.c.metadata_source,
               COVER_SIZES.c.width, COVER_SIZES.c.height)  # fmt: skip
_WITH_COVER = func.jsonb_path_query_first(
    BOOK_EDITIONS.c.editions,
    literal_column("'$[*] ? (@.identified == true && @.cover != null)'::jsonpath"),
    type_=JSONB,
).label("listed")
"""The identified edition of a book whose cover a provider lists."""
_GONE = func.coalesce(MISSING_BOOKS.c.book_id, MISSING_BOOKS.c.id)
_SHOWN = BOOKS.alias()
_ITEM = (BOOKS.c.id, BOOKS.c.title, BOOKS.c.path)
_WITH_PROBLEM: Mapping[FindingKind, Select[Any]] = {
    FindingKind.FILES_MISSING: select(*_ITEM, BOOKS.c.files_missing_since).where(
        BOOKS.c.status != BookStatus.ARCHIVED, BOOKS.c.files_missing_since.is_not(None)
    ),
    FindingKind.BOOKS_GONE: select(_GONE.label("id"), MISSING_BOOKS.c.title, literal("").label("path")).where(
        MISSING_BOOKS.c.status == MissingStatus.WAS_OWNED
    ),
    FindingKind.FOLDER_SHOWN_TWICE: select(*_ITEM, _SHOWN.c.id.label("other"))
    .join(_SHOWN, and_(_SHOWN.c.path == BOOKS.c.path, _SHOWN.c.library_id == BOOKS.c.library_id))
    .where(_SHOWN.c.status == BookStatus.ACTIVE, BOOKS.c.status == BookStatus.DUPLICATE, BOOKS.c.abs_id.is_not(None)),
    FindingKind.NO_COVER: select(*_ITEM).where(
        _ACTIVE, BOOKS.c.contents_read, BOOKS.c.cover.is_(None), BOOKS.c.files_missing_since.is_(None)
    ),
}
"""The books whose items have a problem of each kind."""
_EDITIONS: TypeAdapter[list[KnownEdition]] = TypeAdapter(list[KnownEdition])


class BooksToCheck:
    """The books of Audiobookshelf within one transaction, as the checks read them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def due(self) -> set[UUID]:
        """Return the ids of the books, in any status, that changed since their last check."""
        return set(await self._session.scalars(select(BOOKS.c.id).where(BOOKS.c.abs_id.is_not(None), _DUE)))

    async def named(self, after: UUID | None, limit: int) -> list[NamedBook]:
        """Return the names of the next `limit` active books in order of id."""
        wanted = select(*_NAMED).where(_ACTIVE).order_by(BOOKS.c.id).limit(limit)
        rows = await self._session.execute(wanted if after is None else wanted.where(BOOKS.c.id > after))
        return [_named_of(row) for row in rows.mappings()]

    async def books(self, ids: Collection[UUID]) -> list[Book]:
        """Return these books that are active, the oldest first."""
        wanted = select(*SHOWN).where(_ACTIVE, is_one_of(BOOKS.c.id, ids)).order_by(BOOKS.c.added_at, BOOKS.c.id)
        return [book_of(row) for row in (await self._session.execute(wanted)).mappings()]

    async def editions(self, ids: Collection[UUID]) -> dict[UUID, list[KnownEdition]]:
        """Return the editions that providers list for these books."""
        rows = await self._session.execute(select(BOOK_EDITIONS).where(is_one_of(BOOK_EDITIONS.c.book_id, ids)))
        return {row.book_id: _EDITIONS.validate_python(row.editions) for row in rows}

    async def save_editions(self, book_id: UUID, editions: Sequence[KnownEdition]) -> None:
        """Store the editions of a book and make it due, unless they are unchanged or the book is unknown."""
        listed = _EDITIONS.dump_python(list(editions), mode="json")
        before = await self._session.scalar(select(BOOK_EDITIONS.c.editions).where(BOOK_EDITIONS.c.book_id == book_id))
        exists = await self._session.scalar(select(BOOKS.c.id).where(BOOKS.c.id == book_id).with_for_update())
        if exists is None or before == listed or (before is None and not listed):
            return
        row = {"book_id": book_id, "editions": listed}
        await self._session.execute(
            insert(BOOK_EDITIONS).values(row).on_conflict_do_update(index_elements=[BOOK_EDITIONS.c.book_id], set_=row)
        )
        await self._session.execute(update(BOOKS).where(BOOKS.c.id == book_id).values(checked_at=None))

    async def mark_checked(self, ids: Collection[UUID], at: datetime) -> None:
        """Store that these books were checked as they were at that time."""
        await self._session.execute(update(BOOKS).where(is_one_of(BOOKS.c.id, ids), _DUE).values(checked_at=at))

    async def with_problem(
        self, kind: FindingKind, after: UUID | None, limit: int, *, tiny_pixels: int
    ) -> list[ItemState]:
        """Return the next `limit` books whose items have a problem of one of `WHOLE_KINDS`, in order of id.

        A cover is tiny if its shorter side has fewer than `tiny_pixels`.
        """
        found = _tiny(tiny_pixels) if kind is FindingKind.TINY_COVER else _WITH_PROBLEM[kind]
        id_column = _GONE if kind is FindingKind.BOOKS_GONE else BOOKS.c.id
        wanted = found.order_by(id_column).limit(limit)
        rows = (await self._session.execute(wanted if after is None else wanted.where(id_column > after))).mappings()
        if kind is FindingKind.TINY_COVER:
            return [_with_tiny_cover(row) for row in rows]
        return [ItemState(**row) for row in rows]


def _tiny(tiny_pixels: int) -> Select[Any]:
    smaller = func.least(COVER_SIZES.c.width, COVER_SIZES.c.height)
    found = select(*_TINY_COVER, _WITH_COVER).join(COVER_SIZES, COVER_SIZES.c.book_id == BOOKS.c.id)
    found = found.outerjoin(BOOK_EDITIONS, BOOK_EDITIONS.c.book_id == BOOKS.c.id)
    return found.where(_ACTIVE, BOOKS.c.cover.is_not(None), smaller < tiny_pixels)


def _with_tiny_cover(row: RowMapping) -> ItemState:
    """A cover that a person set or locked stays."""
    old, listed = row["cover"], row["listed"]
    is_of_person = "cover" in row["locked_fields"] or row["metadata_source"].get("cover") == MANUAL
    better = None
    if listed is not None and listed["cover"] != old and not is_of_person:
        better = ListedCover(listed["provider"], listed["id"], listed["cover"], old)
    size = (row["width"], row["height"])
    return ItemState(row["id"], row["title"], row["path"], cover_size=size, listed_cover=better)


def _named_of(row: RowMapping) -> NamedBook:
    in_abs = row["series_in_abs"] if row["series_evidence"] else row["series"]
    names = tuple(place["name"] for place in in_abs)
    return NamedBook(row["id"], tuple(row["authors"]), tuple(row["narrators"]), row["path"], names)
