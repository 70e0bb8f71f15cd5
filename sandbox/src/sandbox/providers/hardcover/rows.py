"""The records of a world as linked rows of Hardcover's tables.

Each record is one book with one edition. Authors, series and publishers are created from the names in the records.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sandbox.languages import language
from sandbox.providers.ids import number_for
from sandbox.words import folded
from sandbox.world import ProviderRecord, ReadingList

Row = dict[str, Any]

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_READING_FORMAT = {"print": 1, "audio": 2, "ebook": 4}
_DEFAULT_EDITION = {
    "audio": "default_audio_edition",
    "ebook": "default_ebook_edition",
    "print": "default_physical_edition",
}
_FICTION = 1
_BOOK = 1
_FIRST_EDITION_ID = 30_000_000


class Rows:
    """All rows by table, and the record of each book."""

    def __init__(self, records: Iterable[ProviderRecord], reading_lists: Iterable[ReadingList] = ()) -> None:
        self.tables: dict[str, dict[int, Row]] = {}
        self.records: dict[int, ProviderRecord] = {}
        for record in sorted(records, key=lambda each: -each.popularity):
            self._add(record)
        for number, each in enumerate(reading_lists, start=1):
            self._add_list(number, each)
        for series in self.tables.get("series", {}).values():
            _count_books(series)

    def all(self, name: str) -> list[Row]:
        """All rows of a table."""
        return list(self.tables.get(name, {}).values())

    def by_id(self, name: str, row_id: int) -> Row | None:
        """The row with this id, or None."""
        return self.tables.get(name, {}).get(row_id)

    def _add(self, record: ProviderRecord) -> None:
        book = self._add_row("books", _book(record))
        self.records[book["id"]] = record
        edition = self._add_row("editions", _edition(record, book))
        edition["publisher"] = self._named("publishers", record.publisher) if record.publisher else None
        edition["language"] = self._language(record.language) if record.language else None
        book["editions"] = [edition]
        book[_DEFAULT_EDITION[record.format]] = edition
        for name in record.authors:
            self._add_contribution(book, edition=None, name=name, role=None)
            self._add_contribution(book, edition=edition, name=name, role=None)
        for name in record.narrators:
            self._add_contribution(book, edition=edition, name=name, role="Narrator")
        self._add_series(record, book)

    def _add_contribution(self, book: Row, *, edition: Row | None, name: str, role: str | None) -> None:
        author = self._author(name)
        owner = edition or book
        contribution = {
            "id": len(self.tables.get("contributions", {})) + 1,
            "contribution": role,
            "contributable_type": "Edition" if edition else "Book",
            "contributable_id": owner["id"],
            "author_id": author["id"],
            "author": author,
            "book": book,
        }
        self._add_row("contributions", contribution)
        owner["contributions"].append(contribution)
        author["contributions"].append(contribution)
        if edition is None:
            author["books_count"] += 1
            author["users_count"] += book["users_count"]

    def _add_series(self, record: ProviderRecord, book: Row) -> None:
        for index, place in enumerate(record.series):
            series = self._series(place.name)
            membership = {
                "id": len(self.tables.get("book_series", {})) + 1,
                "book_id": book["id"],
                "series_id": series["id"],
                "position": float(place.sequence.partition("-")[0]) if place.sequence else None,
                "details": place.sequence,
                "featured": index == 0,
                "compilation": record.compilation,
                "book": book,
                "series": series,
            }
            self._add_row("book_series", membership)
            book["book_series"].append(membership)
            series["book_series"].append(membership)
        book["featured_book_series"] = book["book_series"][0] if book["book_series"] else None

    def _add_list(self, number: int, reading_list: ReadingList) -> None:
        """Add a list. Its edition is set for every second book: most users choose only the book."""
        books = {record.id: self.tables["books"][book] for book, record in self.records.items()}
        user = self._add_row("users", {"id": number_for("hardcover-users", reading_list.user)})
        user["username"] = reading_list.user
        entries = [
            {
                "id": 1_000 * number + place,
                "list_id": number,
                "book_id": books[record_id]["id"],
                "edition_id": books[record_id]["editions"][0]["id"] if place % 2 else None,
                "position": place,
                "book": books[record_id],
                "edition": books[record_id]["editions"][0] if place % 2 else None,
            }
            for place, record_id in enumerate(reading_list.books, start=1)
        ]
        name = reading_list.name
        row = {"id": number, "name": name, "slug": name, "books_count": len(entries), "user": user}
        self._add_row("lists", {**row, "list_books": entries})

    def _author(self, name: str) -> Row:
        fields: Row = {
            "slug": slug(name),
            "books_count": 0,
            "users_count": 0,
            "canonical_id": None,
            "contributions": [],
        }
        return self._named("authors", name, fields)

    def _series(self, name: str) -> Row:
        fields: Row = {
            "slug": slug(name),
            "description": None,
            "canonical_id": None,
            "is_completed": None,
            "author": None,
            "book_series": [],
        }
        return self._named("series", name, fields)

    def _language(self, name: str) -> Row:
        known = language(name)
        return self._named("languages", name, {"language": known.name, "code2": known.code2, "code3": known.code3})

    def _named(self, table: str, name: str, fields: Row | None = None) -> Row:
        return self._add_row(table, {"id": number_for(f"hardcover-{table}", name), "name": name, **(fields or {})})

    def _add_row(self, table: str, row: Row) -> Row:
        return self.tables.setdefault(table, {}).setdefault(row["id"], row)


def book_id(record: ProviderRecord) -> int:
    """The id of the record if it is a number, otherwise a number derived from it."""
    return _id_of(record.id)


def _id_of(text: str) -> int:
    return int(text) if text.isdigit() else number_for("hardcover-book", text)


def slug(text: str) -> str:
    """The text in lower case, with hyphens between words."""
    return _NOT_WORD.sub("-", folded(text)).strip("-")


def _book(record: ProviderRecord) -> Row:
    return {
        "id": book_id(record),
        "slug": slug(record.title),
        "title": record.title,
        "subtitle": record.subtitle,
        "description": record.description,
        "headline": None,
        "release_date": record.published.isoformat() if record.published else None,
        "release_year": record.published.year if record.published else None,
        "rating": None,
        "ratings_count": record.popularity // 2,
        "users_count": record.popularity,
        "users_read_count": record.popularity // 3,
        "compilation": record.compilation,
        "is_partial_book": record.is_part,
        "canonical_id": _id_of(record.merged_into) if record.merged_into else None,
        "book_category_id": _BOOK,
        "literary_type_id": _FICTION,
        "audio_seconds": record.duration_minutes * 60 if record.duration_minutes else None,
        "pages": None,
        "editions_count": 1,
        "cached_tags": {"Genre": [{"tag": genre, "tagSlug": slug(genre)} for genre in record.genres]},
        "cached_image": {"id": 1, "url": f"{number_for('hardcover-image', record.id)}", "color": "#3a3a5a"},
        "contributions": [],
        "book_series": [],
        "default_audio_edition": None,
        "default_ebook_edition": None,
        "default_physical_edition": None,
        "book_mappings": [],
    }


def _edition(record: ProviderRecord, book: Row) -> Row:
    isbn = record.isbn or ""
    shared = {name: book[name] for name in ("title", "subtitle", "release_date", "release_year", "users_count")}
    return shared | {
        "id": _FIRST_EDITION_ID + book["id"],
        "book_id": book["id"],
        "asin": record.asin,
        "isbn_10": isbn if len(isbn) == 10 else None,
        "isbn_13": isbn if len(isbn) == 13 else None,
        "reading_format_id": _READING_FORMAT[record.format],
        "edition_format": {"audio": "Audiobook", "ebook": "Ebook", "print": None}[record.format],
        "audio_seconds": book["audio_seconds"] if record.format == "audio" else None,
        "pages": None,
        "cached_image": None,
        "book": book,
        "contributions": [],
    }


def _count_books(series: Row) -> None:
    members = series["book_series"]
    whole = {each["position"] for each in members if each["position"] and each["position"] == int(each["position"])}
    writers = Counter(contribution["author_id"] for each in members for contribution in each["book"]["contributions"])
    authors = {
        contribution["author_id"]: contribution["author"]
        for each in members
        for contribution in each["book"]["contributions"]
    }
    series["books_count"] = len(members)
    series["primary_books_count"] = len(whole)
    series["author"] = authors[writers.most_common(1)[0][0]] if writers else None
