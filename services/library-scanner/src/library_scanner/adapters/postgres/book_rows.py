"""Converts between rows of `books` and the domain."""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from shared.books.text.languages import language_code
from shared.books.text.sort_keys import title_sort_key
from shared.books.text.titles import fold
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldValue
from shared.contracts.values import SeriesPlace
from sqlalchemy import RowMapping

from library_scanner.adapters.postgres.tables import BOOKS
from library_scanner.domain.catalogue import PendingWrite, StoredBook
from library_scanner.domain.completeness import is_incomplete
from library_scanner.domain.joint_series import Sibling
from library_scanner.domain.search_text import search_text_of_book
from library_scanner.domain.series_reading import SeriesFound

_PENDING: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
_VALUE: TypeAdapter[FieldValue] = TypeAdapter(FieldValue)
_SAME_IN_BOTH = (
    "id", "abs_id", "title", "subtitle", "authors", "narrators", "series_evidence", "isbn", "asin", "publisher",
    "published_year", "language", "description", "genres", "tags", "cover", "chapters",
    "duration_seconds", "size_bytes", "format", "abridged", "path", "status", "contents", "file_names",
    "files_missing_since",
    "metadata_source", "locked_fields", "last_metadata_update_at", "added_at", "updated_at",
)  # fmt: skip

_MATCH = ("match_confidence", "match_decision")
"""Written only by the handlers of matches, so a book that is saved keeps them."""
_SERIES_READ = ("series_evidence", "series_in_abs")

SHOWN = [BOOKS.c[name] for name in (*_SAME_IN_BOTH, *_MATCH, "series", "series_in_abs")]
"""The columns that `book_of` needs."""

SIBLING = [BOOKS.c[name] for name in ("id", "title", "subtitle", "authors", "path", "series", *_SERIES_READ)]
"""The columns that `sibling_of` needs."""


@dataclass(frozen=True, slots=True)
class _Texts:
    title: str
    subtitle: str | None
    authors: tuple[str, ...]
    path: str
    series: tuple[SeriesPlace, ...]


def row_of(stored: StoredBook) -> dict[str, Any]:
    """Return the row of a book."""
    book = stored.book
    row = {name: getattr(book, name) for name in _SAME_IN_BOTH}
    return row | {
        "status": str(book.status),
        "series": [place.model_dump() for place in book.series],
        "series_in_abs": [place.model_dump() for place in book.series_in_abs],
        "library_id": stored.library_id,
        "abs_updated_ms": stored.updated_ms,
        "cover_path": stored.cover_path,
        "contents_read": stored.contents_read,
        "pending_writes": {
            name: {"new": _VALUE.dump_python(write.new, mode="json"), "source": write.source}
            for name, write in stored.pending.items()
        },
        "narrator_keys": [fold(name) for name in book.narrators],
        "language_code": (language := language_code(book.language)),
        "sort_key": title_sort_key(book.title, language),
        "search_text": search_text_of_book(book),
        "incomplete": is_incomplete(book),
    }


def book_of(row: RowMapping) -> Book:
    """Return the book of a row."""
    return Book(**{column.name: row[column.name] for column in SHOWN})


def sibling_of(row: RowMapping) -> Sibling:
    """Return the part of a book that its series is read from."""
    series = tuple(SeriesPlace(**place) for place in row["series"])
    in_abs = tuple(SeriesPlace(**place) for place in row["series_in_abs"]) if row["series_evidence"] else series
    texts = _Texts(row["title"], row["subtitle"], tuple(row["authors"]), row["path"], in_abs)
    return Sibling(row["id"], texts, SeriesFound(series, row["series_evidence"]))


def stored_of(row: RowMapping) -> StoredBook:
    """Return the stored book of a row, with its pending writes."""
    pending = {
        name: PendingWrite(_VALUE.validate_python(write["new"]), write["source"])
        for name, write in _PENDING.validate_python(row["pending_writes"]).items()
    }
    return StoredBook(
        book_of(row),
        row["library_id"],
        row["abs_updated_ms"],
        pending,  # type: ignore[arg-type]
        cover_path=row["cover_path"],
        contents_read=row["contents_read"],
    )
