"""Stores which series and authors a book belongs to."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from shared.books.text.search_text import search_text_of
from shared.books.text.sort_keys import name_sort_key, title_sort_key
from shared.books.text.titles import fold
from shared.contracts.library.books import Book
from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_update
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.series_corrections import SeriesCorrections
from library_scanner.adapters.postgres.tables import AUTHORS, BOOK_AUTHORS, BOOK_SERIES, BOOKS, SERIES
from library_scanner.domain.identity import KnownSeries, SeriesRegister, author_key, keys_of_series, names_of
from library_scanner.domain.series_corrections import link_of
from library_scanner.domain.series_reading import place_of


class Links:
    """The links of books within one transaction, which must hold the library lock."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def replace(self, books: Sequence[Book]) -> None:
        """Replace the links of these books, and add their series and authors that are new."""
        if not books:
            return
        ids = [book.id for book in books]
        for table in (BOOK_SERIES, BOOK_AUTHORS):
            await self._session.execute(delete(table).where(table.c.book_id.in_(ids)))
        await self._link_series(books)
        await self._link_authors(books)

    async def _link_series(self, books: Sequence[Book]) -> None:
        keys = {key for book in books for place in book.series for key in keys_of_series(place.name)}
        register = SeriesRegister(await self._known_series(keys))
        corrections = await SeriesCorrections(self._session).in_force()
        links: dict[tuple[UUID, UUID], dict[str, Any]] = {}
        for book in books:
            for place in book.series:
                series = register.find(place.name, place.sequence, names_of(book.authors))
                link = link_of(book, series.id, place_of(place.sequence), corrections)
                if link is not None:
                    row = {"book_id": book.id, "series_id": link[0], "sequence": link[1]}
                    links.setdefault((book.id, link[0]), row)
        await self._save_series([series for series in register.all() if series.new or series.altered])
        if links:
            await self._session.execute(insert(BOOK_SERIES), list(links.values()))

    async def _known_series(self, keys: set[str]) -> list[KnownSeries]:
        rows = await self._session.execute(
            select(SERIES.c.id, SERIES.c.key, SERIES.c.number, SERIES.c.name, SERIES.c.authors)
            .where(SERIES.c.key.in_(keys))
            .order_by(SERIES.c.key, SERIES.c.number)
        )
        known = {row[0]: KnownSeries(row[0], row[1], row[2], row[3], list(row[4])) for row in rows}
        places = await self._session.execute(
            select(BOOK_SERIES.c.series_id, BOOK_SERIES.c.sequence, BOOKS.c.authors)
            .join(BOOKS, BOOKS.c.id == BOOK_SERIES.c.book_id)
            .where(BOOK_SERIES.c.series_id.in_(known), BOOK_SERIES.c.sequence.is_not(None))
        )
        for series_id, sequence, authors in places:
            known[series_id].places.setdefault(sequence, names_of(authors))
        return list(known.values())

    async def _save_series(self, series: Sequence[KnownSeries]) -> None:
        if not series:
            return
        rows = [
            {"id": one.id, "key": one.key, "number": one.number, "name": one.name, "authors": one.authors}
            | {"search_text": search_text_of([one.name, *one.authors]), "sort_key": title_sort_key(one.name)}
            for one in series
        ]
        statement = insert_or_update(SERIES)
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=[SERIES.c.key, SERIES.c.number],
                set_={"authors": statement.excluded.authors, "search_text": statement.excluded.search_text},
            ),
            rows,
        )

    async def _link_authors(self, books: Sequence[Book]) -> None:
        names = {author_key(name): name for book in reversed(books) for name in reversed(names_of(book.authors))}
        if not names:
            return
        await self._session.execute(
            insert_or_update(AUTHORS).on_conflict_do_nothing(index_elements=[AUTHORS.c.key]),
            [
                {"id": uuid4(), "key": key, "name": name, "search_text": fold(name), "sort_key": name_sort_key(name)}
                for key, name in names.items()
            ],
        )
        rows = await self._session.execute(select(AUTHORS.c.key, AUTHORS.c.id).where(AUTHORS.c.key.in_(names)))
        ids: dict[str, UUID] = {key: author_id for key, author_id in rows}
        links = {(book.id, ids[author_key(name)]) for book in books for name in names_of(book.authors)}
        await self._session.execute(
            insert(BOOK_AUTHORS), [{"book_id": book_id, "author_id": author_id} for book_id, author_id in sorted(links)]
        )
