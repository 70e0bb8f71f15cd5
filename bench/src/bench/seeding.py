"""Writes invented books into the tables of the library with COPY, because a scan of so many would take minutes."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any
from uuid import UUID, uuid5

import psycopg
from library_scanner.adapters.postgres.book_rows import row_of
from library_scanner.adapters.postgres.tables import AUTHORS, BOOK_AUTHORS, BOOK_SERIES, BOOKS, SERIES
from library_scanner.domain.catalogue import StoredBook
from library_scanner.domain.identity import author_key, key_of_series
from psycopg import sql
from psycopg.types.json import Jsonb
from shared.books.text.search_text import search_text_of
from shared.contracts.library.books import Book
from sqlalchemy import Column, Table
from sqlalchemy.dialects.postgresql import JSONB

Row = dict[str, Any]

NAMES = UUID("5d0fd4b8-6f5c-4f57-9d5e-0c3d8ab7a1f4")


def seed(url: str, books: Sequence[Book]) -> None:
    """Add books with their authors and series, each book by one author and in one series at most.

    `url` is the address of the database for the library's role.
    """
    authors, by_author = _authors(books)
    series, in_series = _series(books)
    with psycopg.connect(url) as connection:
        _copy(connection, BOOKS, (row_of(StoredBook(book, "invented", 0)) for book in books))
        _copy(connection, AUTHORS, authors)
        _copy(connection, SERIES, series)
        _copy(connection, BOOK_AUTHORS, by_author)
        _copy(connection, BOOK_SERIES, in_series)
    with psycopg.connect(url, autocommit=True) as connection:
        for table in (BOOKS, AUTHORS, SERIES, BOOK_AUTHORS, BOOK_SERIES):
            connection.execute(sql.SQL("vacuum analyze {}").format(_name(table)))


def _authors(books: Iterable[Book]) -> tuple[list[Row], list[Row]]:
    """The rows of authors, and those of their books."""
    found: dict[str, Row] = {}
    links = []
    for book in books:
        name, key = book.authors[0], author_key(book.authors[0])
        row = found.setdefault(key, {"id": uuid5(NAMES, key), "key": key, "name": name, "owned": 0})
        row |= {"owned": row["owned"] + 1, "search_text": search_text_of([name])}
        links.append({"book_id": book.id, "author_id": row["id"]})
    return list(found.values()), links


def _series(books: Iterable[Book]) -> tuple[list[Row], list[Row]]:
    """The rows of series, and those of their books."""
    found: dict[str, Row] = {}
    links = []
    for book in books:
        for place in book.series:
            key = f"{key_of_series(place.name)} {author_key(book.authors[0])}"
            named = {"id": uuid5(NAMES, key), "key": key, "number": 0, "name": place.name, "authors": book.authors}
            row = found.setdefault(key, named | {"owned": 0})
            row |= {"owned": row["owned"] + 1, "search_text": search_text_of([place.name, *book.authors])}
            links.append({"book_id": book.id, "series_id": row["id"], "sequence": place.sequence})
    return list(found.values()), links


def _copy(connection: psycopg.Connection, table: Table, rows: Iterable[Row]) -> None:
    """Copy the rows into the columns that the first row names."""
    remaining = iter(rows)
    first = next(remaining)
    columns = [table.c[name] for name in first]
    into = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
    with connection.cursor().copy(sql.SQL("copy {} ({}) from stdin").format(_name(table), into)) as copy:
        for row in chain([first], remaining):
            copy.write_row([_value(column, row[column.name]) for column in columns])


def _value(column: Column[Any], value: Any) -> Any:
    return Jsonb(value) if isinstance(column.type, JSONB) else value


def _name(table: Table) -> sql.Identifier:
    return sql.Identifier(table.schema or "public", table.name)
