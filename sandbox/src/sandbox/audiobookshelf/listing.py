"""The lists of a library: sorting and pages.

As recorded from Audiobookshelf 2.36.0: without a limit, or with 0 or a word as limit, everything is returned (but no
series); an unknown sort is ignored; a negative limit is rejected in plain text.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.audiobookshelf.filters import filter_value, parse_filter, passes
from sandbox.audiobookshelf.item_formats import ignoring_article, last_first
from sandbox.audiobookshelf.items import Item, Named
from sandbox.audiobookshelf.shelf import LIBRARY_ID, Shelf, as_json


class BadListing(Exception):
    """The request is rejected with status 400 and this text."""


class Listing:
    """Answers the list requests of one library. Sorted lists are cached until an item changes."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._sorted_lists: dict[tuple[str, bool, str], list[Item]] = {}
        self._cached_changes = -1

    def items(self, query: Mapping[str, str], *, with_total: bool) -> str:
        """The answer to `/items` as JSON text. Raises BadListing for a negative limit or page."""
        limit, page = whole_number(query.get("limit")), whole_number(query.get("page"))
        sort, descending = query.get("sort", ""), query.get("desc") == "1"
        matching = self._sorted_items(sort, descending, query.get("filter", ""))
        items = matching[page * limit : (page + 1) * limit] if limit else matching
        fields = {
            **({"total": len(matching)} if with_total else {}),
            **_page_fields(limit, page, query),
            "mediaType": "book",
            "minified": query.get("minified") == "1",
            "collapseseries": query.get("collapseseries") == "1",
            "include": query.get("include", ""),
            "offset": page * limit,
        }
        rows = ",".join(self._row(item, query.get("filter", "")) for item in items)
        return f'{{"results":[{rows}],{as_json(fields)[1:]}'

    def series(self, query: Mapping[str, str]) -> dict[str, Any]:
        """A page of series with their books. Raises BadListing for a negative limit or page."""
        limit, page = whole_number(query.get("limit")), whole_number(query.get("page"))
        books = self._books_by(lambda item: [key for key, _ in item.series])
        known = _sorted_names(self._shelf.series, query, books)
        selected = known[page * limit : (page + 1) * limit]
        return {
            "results": [self._series_with_books(each, books.get(each.id, [])) for each in selected],
            "total": len(known),
            **_page_fields(limit, page, query),
            "minified": query.get("minified") == "1",
            "include": query.get("include", ""),
        }

    def authors(self, query: Mapping[str, str]) -> dict[str, Any]:
        """`{authors}`, or a page of them if the query has both limit and page."""
        books = self._books_by(lambda item: item.authors)
        known = _sorted_names(self._shelf.authors, query, books)
        limit, page = whole_number(query.get("limit")), whole_number(query.get("page"))
        paged = limit > 0 and "page" in query
        selected = known[page * limit : (page + 1) * limit] if paged else known
        rows = [
            author_fields(each) | {"numBooks": len(books.get(each.id, [])), "lastFirst": last_first(each.name)}
            for each in selected
        ]
        if not paged:
            return {"authors": rows}
        minified = query.get("minified") == "1"
        return {"results": rows, "total": len(known), **_page_fields(limit, page, query), "minified": minified}

    def narrators(self) -> dict[str, Any]:
        """All narrators with the number of their books."""
        count: dict[str, int] = {}
        for item in self._shelf.items.values():
            for name in item.narrators:
                count[name] = count.get(name, 0) + 1
        rows = [{"id": filter_value(name), "name": name, "numBooks": count[name]} for name in sorted(count)]
        return {"narrators": rows}

    def search(self, text: str, limit: int) -> dict[str, Any]:
        """The items, authors and series whose title or name contains the text, or whose asin or isbn equals it."""
        wanted, formats = text.casefold(), self._shelf.formats
        items = self._shelf.items.values()
        books = [item for item in items if _matches(item, wanted)][:limit]
        series = [each for each in self._shelf.series.values() if wanted in each.name.casefold()][:limit]
        authors = [each for each in self._shelf.authors.values() if wanted in each.name.casefold()][:limit]
        count = self._books_by(lambda item: item.authors)
        return {
            "book": [{"libraryItem": formats.expanded(item)} for item in books],
            "narrators": _counted(wanted, (name for item in items for name in item.narrators))[:limit],
            "tags": _counted(wanted, (name for item in items for name in item.tags))[:limit],
            "genres": _counted(wanted, (name for item in items for name in item.genres))[:limit],
            "series": [
                {
                    "series": series_fields(each),
                    "books": [formats.plain(item) for item in self._shelf.books_of(each.id)],
                }
                for each in series
            ],
            "authors": [author_fields(each) | {"numBooks": len(count.get(each.id, []))} for each in authors],
        }

    def series_among(self, books: list[Item]) -> list[dict[str, Any]]:
        """The series of some items, each with its items among them."""
        found: dict[str, list[dict[str, Any]]] = {}
        for item in books:
            for series in self._shelf.formats.series_of(item):
                row = self._shelf.formats.row(item)
                row["media"]["metadata"]["series"] = series | {"nameIgnorePrefix": ignoring_article(series["name"])}
                found.setdefault(series["id"], []).append(row)
        return [{"id": key, "name": self._shelf.names[key].name, "items": rows} for key, rows in found.items()]

    def _sorted_items(self, sort: str, descending: bool, wanted: str) -> list[Item]:
        if self._cached_changes != self._shelf.changes:
            self._sorted_lists.clear()
            self._cached_changes = self._shelf.changes
        key = (sort, descending, wanted)
        if key not in self._sorted_lists:
            matching = [item for item in self._shelf.items.values() if passes(item, wanted)]
            rank = _sort_key(sort, wanted, self._shelf)
            self._sorted_lists[key] = sorted(matching, key=rank, reverse=descending) if rank else matching
        return self._sorted_lists[key]

    def _row(self, item: Item, wanted: str) -> str:
        group, value = parse_filter(wanted)
        if group != "series" or value in (None, "no-series"):
            return self._shelf.row_text(item)
        row = self._shelf.formats.row(item)
        row["media"]["metadata"]["series"] = next(
            each for each in self._shelf.formats.series_of(item) if each["id"] == value
        )
        return as_json(row)

    def _books_by(self, keys: Callable[[Item], list[str]]) -> dict[str, list[Item]]:
        books: dict[str, list[Item]] = {}
        for item in self._shelf.items.values():
            for key in keys(item):
                books.setdefault(key, []).append(item)
        return books

    def _series_with_books(self, series: Named, books: list[Item]) -> dict[str, Any]:
        return series_fields(series) | {"books": [self._shelf.formats.row(item) for item in books]}


def author_fields(author: Named) -> dict[str, Any]:
    """The fields of an author in every answer."""
    return {
        "id": author.id,
        "asin": None,
        "name": author.name,
        "description": None,
        "imagePath": None,
        "libraryId": LIBRARY_ID,
        "addedAt": author.added_ms,
        "updatedAt": author.added_ms,
    }


def series_fields(series: Named) -> dict[str, Any]:
    """The fields of a series in every answer."""
    return {
        "id": series.id,
        "name": series.name,
        "nameIgnorePrefix": ignoring_article(series.name),
        "description": None,
        "addedAt": series.added_ms,
        "updatedAt": series.added_ms,
        "libraryId": LIBRARY_ID,
    }


def whole_number(text: str | None) -> int:
    """A limit or page as Audiobookshelf reads it: 0 unless it is a number. Raises BadListing if it is negative."""
    try:
        number = int(text or "0")
    except ValueError:
        return 0
    if number < 0:
        raise BadListing("Invalid request. limit must be a positive integer")
    return number


_SORTS: dict[str, Callable[[Item], Any]] = {
    "addedAt": lambda item: item.added_ms,
    "birthtimeMs": lambda item: item.added_ms,
    "mtimeMs": lambda item: item.added_ms,
    "size": lambda item: item.size_bytes,
    "media.duration": lambda item: item.duration_seconds,
    "media.metadata.title": lambda item: (item.title or "").casefold(),
    "media.metadata.publishedYear": lambda item: item.publishedYear or "",
}


def _sort_key(sort: str, wanted: str, shelf: Shelf) -> Callable[[Item], Any] | None:
    """The sort key, or None for an unknown sort, with which Audiobookshelf returns no particular order."""
    if sort == "sequence":
        series = parse_filter(wanted)[1]
        return lambda item: next((_as_number(sequence) for key, sequence in item.series if key == series), 0.0)
    if sort in ("media.metadata.authorName", "media.metadata.authorNameLF"):
        name_format: Callable[[str], str] = last_first if sort.endswith("LF") else str
        return lambda item: ", ".join(name_format(shelf.names[key].name) for key in item.authors).casefold()
    return _SORTS.get(sort)


def _as_number(sequence: str | None) -> float:
    try:
        return float((sequence or "").partition("-")[0])
    except ValueError:
        return 0.0


def _page_fields(limit: int, page: int, query: Mapping[str, str]) -> dict[str, Any]:
    return {
        "limit": limit,
        "page": page,
        **({"sortBy": query["sort"]} if query.get("sort") else {}),
        "sortDesc": query.get("desc") == "1",
        **({"filterBy": query["filter"]} if query.get("filter") else {}),
    }


def _sorted_names(known: Mapping[str, Named], query: Mapping[str, str], books: Mapping[str, list[Item]]) -> list[Named]:
    ranks: dict[str, Callable[[Named], Any]] = {
        "name": lambda each: each.name.casefold(),
        "lastFirst": lambda each: last_first(each.name).casefold(),
        "addedAt": lambda each: each.added_ms,
        "numBooks": lambda each: len(books.get(each.id, [])),
    }
    rank = ranks.get(query.get("sort", ""))
    names = list(known.values())
    return sorted(names, key=rank, reverse=query.get("desc") == "1") if rank else names


def _matches(item: Item, wanted: str) -> bool:
    texts = (item.title or "", item.subtitle or "")
    return any(wanted in text.casefold() for text in texts) or wanted in (
        (item.asin or "").casefold(),
        (item.isbn or "").casefold(),
    )


def _counted(wanted: str, names: Any) -> list[dict[str, Any]]:
    count: dict[str, int] = {}
    for name in names:
        if wanted in name.casefold():
            count[name] = count.get(name, 0) + 1
    return [{"name": name, "numItems": number} for name, number in count.items()]
