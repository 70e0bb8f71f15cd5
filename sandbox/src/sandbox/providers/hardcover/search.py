"""The `search` field, which returns documents of Hardcover's search engine."""

from collections.abc import Callable
from typing import Any

from sandbox.providers.hardcover.rows import Row, Rows
from sandbox.words import WordIndex, closeness, query_words, tolerant_words

_MAX_PER_PAGE = 25
_DEFAULT_FIELDS = {"Book": 5, "Author": 3, "Series": 3}
"""The number of fields that are searched by default. Lists of weights and typos must have the same length."""


class Indexed:
    """A document, the words in its index and its number of readers."""

    def __init__(self, document: Row, words: frozenset[str], readers: int) -> None:
        self.document = document
        self.words = words
        self.readers = readers


class SearchEngine:
    """Finds books, authors and series by words."""

    def __init__(self, rows: Rows) -> None:
        self._documents = {
            "Book": [_index_book(row, rows) for row in rows.all("books")],
            "Author": [_index_author(row) for row in rows.all("authors") if row["books_count"]],
            "Series": [_index_series(row) for row in rows.all("series")],
        }
        self._indexes = {
            kind: WordIndex(each.words for each in documents) for kind, documents in self._documents.items()
        }

    def search(self, arguments: dict[str, Any]) -> Row:
        """The fields of the answer. If lists have different lengths, `ids` is null and `error` says why."""
        kind = str(arguments.get("query_type") or "Book").capitalize()
        size = min(max(arguments.get("per_page") or _MAX_PER_PAGE, 1), _MAX_PER_PAGE)
        page = max(arguments.get("page") or 1, 1)
        request = {"query": arguments["query"], "query_type": kind, "page": page, "per_page": size}
        mismatch = _mismatch(kind, arguments)
        if mismatch:
            return request | {"error": mismatch, "ids": None, "results": None}
        hits = self._hits(kind, query_words(arguments["query"]))
        page_hits = hits[(page - 1) * size : page * size]
        results = {
            "facet_counts": [],
            "found": len(hits),
            "hits": [{"document": each.document, "highlight": {}, "highlights": []} for each in page_hits],
            "out_of": len(self._documents.get(kind, [])),
            "page": page,
            "request_params": {"per_page": size, "q": arguments["query"]},
            "search_cutoff": False,
            "search_time_ms": 1,
        }
        return request | {"error": None, "ids": [int(each.document["id"]) for each in page_hits], "results": results}

    def _hits(self, kind: str, query: frozenset[str]) -> list[Indexed]:
        documents = self._documents.get(kind, [])
        if documents and query:
            rarest = min((self._indexes[kind].places(word) for word in query), key=len)
            documents = [documents[place] for place in rarest]
        hits = [each for each in documents if query <= each.words]
        return sorted(hits, key=lambda each: (closeness(query, each.words), each.readers), reverse=True)


def _mismatch(kind: str, arguments: dict[str, Any]) -> str | None:
    fields = arguments.get("fields")
    expected = len(fields.split(",")) if fields else _DEFAULT_FIELDS.get(kind, 1)
    for name in ("weights", "typos"):
        values = arguments.get(name)
        if values and len(values.split(",")) not in (expected, 1 if name == "typos" else expected):
            return f"Number of {name} in `{name}` does not match number of `query_by` fields."
    return None


def _index_book(row: Row, rows: Rows) -> Indexed:
    record = rows.records[row["id"]]
    series = [each["series"]["name"] for each in row["book_series"]]
    featured = row["featured_book_series"]
    edition = row["editions"][0]
    document = {
        **{name: row[name] for name in _COPIED},
        "id": str(row["id"]),
        "alternative_titles": [],
        "author_names": [*record.authors, *record.narrators],
        "contributions": [_credit(each) for each in {**_by_person(row), **_by_person(edition)}.values()],
        "series_names": series,
        "featured_series": {"id": featured["series_id"], "name": series[0]} if featured else None,
        "featured_series_position": featured["position"] if featured else None,
        "isbns": [each for each in (edition["isbn_10"], edition["isbn_13"]) if each],
        "has_audiobook": record.format == "audio",
        "has_ebook": record.format == "ebook",
        "genres": record.genres,
        "tags": [],
        "moods": [],
        "image": {"url": None},
    }
    words = tolerant_words([record.title, record.subtitle, *series, *record.authors, record.isbn, record.asin])
    return Indexed(document, words, row["users_count"])


_COPIED = (
    "title",
    "subtitle",
    "description",
    "slug",
    "release_date",
    "release_year",
    "audio_seconds",
    "compilation",
    "rating",
    "ratings_count",
    "users_count",
    "users_read_count",
)


def _by_person(row: Row) -> dict[tuple[int, str | None], Row]:
    return {(each["author_id"], each["contribution"]): each for each in row["contributions"]}


def _credit(contribution: Row) -> Row:
    author = contribution["author"]
    return {
        "author": {"id": author["id"], "name": author["name"], "slug": author["slug"]},
        "contribution": contribution["contribution"],
    }


def _index_author(row: Row) -> Indexed:
    books = [each["book"] for each in row["contributions"] if each["contributable_type"] == "Book"]
    names = _distinct(books, lambda book: [each["series"]["name"] for each in book["book_series"]])
    document = {
        "id": str(row["id"]),
        "name": row["name"],
        "slug": row["slug"],
        "alternate_names": [],
        "books": [book["title"] for book in books[:5]],
        "books_count": row["books_count"],
        "series_names": names,
        "users_count": row["users_count"],
    }
    return Indexed(document, tolerant_words([row["name"], *names]), row["users_count"])


def _index_series(row: Row) -> Indexed:
    books = [each["book"] for each in row["book_series"]]
    author = row["author"]["name"] if row["author"] else None
    readers = sum(book["users_count"] for book in books)
    document = {
        "id": str(row["id"]),
        "name": row["name"],
        "slug": row["slug"],
        "author_name": author,
        "author": {"id": row["author"]["id"], "name": author} if author else None,
        "books": [book["title"] for book in books[:5]],
        "books_count": row["books_count"],
        "primary_books_count": row["primary_books_count"],
        "readers_count": readers,
    }
    return Indexed(document, tolerant_words([row["name"], author, *document["books"]]), readers)


def _distinct(books: list[Row], names: Callable[[Row], list[str]]) -> list[str]:
    return list(dict.fromkeys(name for book in books for name in names(book)))
