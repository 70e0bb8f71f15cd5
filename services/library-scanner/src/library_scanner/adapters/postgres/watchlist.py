"""Stores the authors and series that a person adds, follows or monitors."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from shared.books.text.names import same_people
from shared.books.text.search_text import search_text_of
from shared.books.text.sort_keys import name_sort_key, title_sort_key
from shared.contracts.library.authors import AuthorEntry, AuthorStatistics
from shared.contracts.library.books import BookStatus
from shared.contracts.library.following import FollowMode
from shared.contracts.library.series import SeriesEntry
from shared.contracts.metadata.bibliographies import BibliographyOf
from sqlalchemy import Table, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import AUTHORS, BOOK_AUTHORS, BOOK_SERIES, BOOKS, SERIES
from library_scanner.adapters.postgres.work_lists import WorkLists
from library_scanner.domain.identity import author_key, key_of_series, keys_of_series
from library_scanner.domain.ports import Following, WatchlistEntry


class Watchlist:
    """Authors and series within one transaction, which must hold the library lock to add or rename them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def author_named(self, name: str) -> UUID | None:
        """Return the id of the author of this name, or None."""
        found: UUID | None = await self._session.scalar(select(AUTHORS.c.id).where(AUTHORS.c.key == author_key(name)))
        return found

    async def series_named(self, name: str, authors: Sequence[str]) -> UUID | None:
        """Return the id of the series of this name by these authors, or None."""
        keys = keys_of_series(name)
        rows = await self._session.execute(
            select(SERIES.c.id, SERIES.c.authors, SERIES.c.key).where(SERIES.c.key.in_(keys)).order_by(SERIES.c.number)
        )
        fitting = [row for row in rows if same_people(row[1], authors) or (not row[1] and row[2] == keys[0])]
        return min(fitting, key=lambda row: keys.index(row[2]))[0] if fitting else None

    async def add_author(self, entry: AuthorEntry) -> UUID:
        """Add an author and return the id. The name must be free."""
        row: dict[str, Any] = {"id": uuid4(), "by_hand": True, **_named(entry.name)}
        await self._session.execute(insert(AUTHORS).values(row))
        row_id: UUID = row["id"]
        return row_id

    async def add_series(self, entry: SeriesEntry) -> UUID:
        """Add a series and return the id. The name must be free among its authors."""
        row: dict[str, Any] = {"id": uuid4(), "by_hand": True, "authors": entry.authors}
        row |= await self._series_named(entry.name, entry.authors)
        await self._session.execute(insert(SERIES).values(row))
        row_id: UUID = row["id"]
        return row_id

    async def entry(self, of: BibliographyOf, row_id: UUID) -> WatchlistEntry | None:
        """Return an author or a series, or None, and lock it."""
        table, links, own = _tables(of)
        has_books = exists(select(links.c.book_id).where(own == table.c.id))
        columns = (table.c.id, table.c.name, table.c.by_hand, has_books, table.c.follow, table.c.follow_from)
        row = (await self._session.execute(select(*columns).where(table.c.id == row_id).with_for_update())).first()
        if row is None:
            return None
        return WatchlistEntry(row[0], row[1], row[2], row[3], Following(FollowMode(row[4]), row[5]))

    async def rename_author(self, author_id: UUID, name: str) -> None:
        """Rename an author. The name must be free."""
        await self._session.execute(update(AUTHORS).where(AUTHORS.c.id == author_id).values(_named(name)))

    async def rename_series(self, series_id: UUID, name: str) -> None:
        """Rename a series. The name must be free among its authors."""
        authors = await self._session.scalar(select(SERIES.c.authors).where(SERIES.c.id == series_id))
        values = await self._series_named(name, authors or [])
        await self._session.execute(update(SERIES).where(SERIES.c.id == series_id).values(values))

    async def follow(self, of: BibliographyOf, row_id: UUID, following: Following) -> None:
        """Set how a series or an author is followed."""
        table, _, _ = _tables(of)
        values = {"follow": following.mode, "follow_from": following.since}
        await self._session.execute(update(table).where(table.c.id == row_id).values(values))

    async def set_merged(self, series_id: UUID, into: UUID | None) -> None:
        """Store the series into which another was merged, or None."""
        await self._session.execute(update(SERIES).where(SERIES.c.id == series_id).values(merged_into=into))

    async def delete(self, of: BibliographyOf, row_id: UUID) -> None:
        """Delete an author or a series, with its list."""
        table, _, _ = _tables(of)
        await WorkLists(self._session).delete(of, row_id)
        await self._session.execute(delete(table).where(table.c.id == row_id))

    async def restricted_series(self) -> dict[str, Following]:
        """Return how the series are followed of which not everything is wanted, by their keys."""
        columns = (SERIES.c.key, SERIES.c.follow, SERIES.c.follow_from)
        rows = await self._session.execute(select(*columns).where(SERIES.c.follow != FollowMode.ALL))
        return {row[0]: Following(FollowMode(row[1]), row[2]) for row in rows}

    async def statistics(self, author_id: UUID) -> AuthorStatistics | None:
        """Return the statistics of an author, or None."""
        counts = (AUTHORS.c.owned, AUTHORS.c.missing, AUTHORS.c.total, AUTHORS.c.completion_percent)
        author = (await self._session.execute(select(*counts).where(AUTHORS.c.id == author_id))).mappings().first()
        if author is None:
            return None
        rows = await self._session.execute(
            select(BOOKS.c.format, func.count(), func.sum(BOOKS.c.duration_seconds), func.sum(BOOKS.c.size_bytes))
            .join(BOOK_AUTHORS, BOOK_AUTHORS.c.book_id == BOOKS.c.id)
            .where(BOOK_AUTHORS.c.author_id == author_id, BOOKS.c.status == BookStatus.ACTIVE)
            .group_by(BOOKS.c.format)
            .order_by(BOOKS.c.format)
        )
        groups = rows.all()
        return AuthorStatistics(
            **author,
            duration_seconds=sum(group[2] or 0 for group in groups),
            size_bytes=int(sum(group[3] or 0 for group in groups)),
            formats={group[0] or "unknown": group[1] for group in groups},
        )

    async def _series_named(self, name: str, authors: Sequence[str]) -> dict[str, Any]:
        key = key_of_series(name)
        number = await self._session.scalar(select(func.max(SERIES.c.number)).where(SERIES.c.key == key))
        text = search_text_of([name, *authors])
        return {
            "name": name,
            "key": key,
            "number": 0 if number is None else number + 1,
            "search_text": text,
            "sort_key": title_sort_key(name),
        }


def _named(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "key": author_key(name),
        "search_text": search_text_of([name]),
        "sort_key": name_sort_key(name),
    }


def _tables(of: BibliographyOf) -> tuple[Table, Table, Any]:
    if of is BibliographyOf.SERIES:
        return SERIES, BOOK_SERIES, BOOK_SERIES.c.series_id
    return AUTHORS, BOOK_AUTHORS, BOOK_AUTHORS.c.author_id
