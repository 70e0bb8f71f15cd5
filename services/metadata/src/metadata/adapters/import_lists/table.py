"""Reads the rows of an exported table: comma-separated values with a header (RFC 4180)."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from metadata.domain.import_lists import Contents, ListedBook
from metadata.domain.refusals import InvalidImportList

MOST_ROWS = 50_000
Row = Mapping[str, str]


def read_table(text: str, required: Iterable[str], book_of: Callable[[Row], ListedBook | None]) -> Contents:
    """The books of the rows. `book_of` gets the values of a row by lower-case column name.

    It returns None for a row that names no book, and raises `SkippedRow` for a row that is not wanted. Raises
    `InvalidImportList` if a required column is missing, or if the text is not a table.
    """
    rows = csv.reader(io.StringIO(text, newline=""))
    books: list[ListedBook] = []
    unreadable: list[str] = []
    try:
        columns = [name.strip().lower() for name in next(rows, [])]
        missing = [name for name in required if name not in columns]
        if missing:
            raise InvalidImportList(f"the file has no column “{missing[0]}”: is it an export of this kind?")
        for values in islice(rows, MOST_ROWS):
            if not any(value.strip() for value in values):
                continue
            try:
                book = book_of(dict(zip(columns, [*values, *[""] * len(columns)], strict=False)))
            except SkippedRow:
                continue
            if book is None:
                unreadable.append(f"line {rows.line_num}: it has neither a title nor an identifier")
            else:
                books.append(book)
        if next(rows, None) is not None:
            unreadable.append(f"the file has more than {MOST_ROWS} rows: the others were left out")
    except csv.Error as error:
        raise InvalidImportList(f"line {rows.line_num}: {error}") from error
    return Contents.of(books, unreadable)


class SkippedRow(Exception):
    """A row that is not wanted, such as a book on another shelf."""


def year(text: str) -> int | None:
    """A year of four digits, or None."""
    text = text.strip()
    return int(text) if len(text) == 4 and text.isascii() and text.isdecimal() else None
