"""`/search.json`, `/search/authors.json`, `/works/KEY.json` and `/api/books`: works and printed editions.

Oddities: an author is found only by names as they are written ("L.F. Baum" is not "L. F. Baum"), a person may have two
records, a long text is a string or an object, every third work was merged into another one, and a date is free text.
"""

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.languages import language
from sandbox.outcomes import Controlled, controlled
from sandbox.providers.ids import number_for
from sandbox.words import closeness, folded, query_words, tolerant_words
from sandbox.world import ProviderRecord, World

MAX_LIMIT = 1_000
FIRST_MERGED = 100_000_000
"""The numbers of works that were merged into others are larger."""
_MONTHS = ("January February March April May June July August September October November December").split()


class _Site:
    def __init__(self, world: World) -> None:
        listed = [each for each in world.providers.get("openlibrary", []) if each.format != "audio"]
        self._works = {_number(each): each for each in listed}
        self._by_isbn = {each.isbn: each for each in listed if each.isbn}
        self._authors: dict[str, list[ProviderRecord]] = {}
        for each in listed:
            for name in each.authors:
                self._authors.setdefault(name, []).append(each)

    async def search(self, request: Request) -> Response:
        query = request.query_params
        limit, page = query.get("limit", "100"), query.get("page", "1")
        if not limit.isdigit() or not page.isdigit() or int(page) < 1:
            return JSONResponse({"detail": "limit and page must be numbers"}, 422)
        found = self._found(query.get("q", ""), query.get("title", ""), query.get("author", ""))
        start, size = (int(page) - 1) * int(limit), min(int(limit), MAX_LIMIT)
        names = [name for name in query.get("fields", "key,title,author_name").split(",") if name]
        docs = [_document(each, names) for each in found[start : start + size]]
        return JSONResponse({"numFound": len(found), "start": start, "numFoundExact": True, "docs": docs})

    async def authors(self, request: Request) -> Response:
        """Authors with these words. Every person has a second record without works."""
        words = set(folded(request.query_params.get("q", "")).split())
        names = [name for name in self._authors if words and words <= set(folded(name).split())]
        docs = [_author(name, len(self._authors[name]), second=second) for name in names for second in (True, False)]
        return JSONResponse({"numFound": len(docs), "start": 0, "docs": docs})

    async def work(self, request: Request) -> Response:
        text = request.path_params["key"].removeprefix("OL").removesuffix("W")
        number = int(text) if text.isdigit() else 0
        record = self._works.get(number % FIRST_MERGED)
        if record is None:
            return JSONResponse({"error": "notfound", "key": f"/works/OL{text}W"}, 404)
        if number > FIRST_MERGED:
            return JSONResponse({"type": {"key": "/type/redirect"}, "location": f"/works/OL{number % FIRST_MERGED}W"})
        return JSONResponse(_work(record))

    async def books(self, request: Request) -> Response:
        """The editions with these ISBNs, by the key that was asked for. Those that are not known are left out."""
        keys = [each for each in request.query_params.get("bibkeys", "").split(",") if each]
        found = {each: self._by_isbn.get(each.removeprefix("ISBN:")) for each in keys}
        return JSONResponse({key: _edition(record) for key, record in found.items() if record})

    def _found(self, words: str, title: str, author: str) -> list[ProviderRecord]:
        by_key = [name for name in self._authors if _author_key(name, second=False) == author]
        if author and by_key:
            return sorted(self._authors[by_key[0]], key=lambda each: (-each.popularity, each.id))
        asked = (query_words(words), query_words(title), query_words(author))
        found = [each for each in self._works.values() if _matches(each, *asked)]
        return sorted(found, key=lambda each: (-closeness(asked[0] | asked[1], _title_words(each)), -each.popularity))


def create(world: World) -> Controlled:
    """Open Library with the printed books of the world."""
    site = _Site(world)
    routes = [
        Route("/search.json", site.search),
        Route("/search/authors.json", site.authors),
        Route("/works/{key}.json", site.work),
        Route("/api/books", site.books),
    ]
    return controlled(Starlette(routes=routes))


def _matches(record: ProviderRecord, words: frozenset[str], title: frozenset[str], author: frozenset[str]) -> bool:
    titles, authors = _title_words(record), tolerant_words(record.authors)
    return title <= titles and author <= authors and words <= titles | authors and bool(words | title | author)


def _title_words(record: ProviderRecord) -> frozenset[str]:
    return tolerant_words([record.title, record.subtitle])


def _number(record: ProviderRecord) -> int:
    return 1 + number_for("openlibrary", record.id) % 8_000_000


def _work_key(record: ProviderRecord) -> str:
    """The key in the results of a search. Every third one is old: the work was merged into another."""
    number = _number(record)
    return f"/works/OL{number if number % 3 else number + FIRST_MERGED}W"


def _author_key(name: str, *, second: bool) -> str:
    return f"OL{number_for('openlibrary-author-2' if second else 'openlibrary-author', name)}A"


def _author(name: str, works: int, *, second: bool) -> dict[str, Any]:
    key = _author_key(name, second=second)
    return {"key": key, "type": "author", "name": name, "work_count": 0 if second else works}


def _document(record: ProviderRecord, names: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "key": _work_key(record),
        "title": record.title,
        "subtitle": record.subtitle,
        "author_name": record.authors or None,
        "author_key": [_author_key(name, second=False) for name in record.authors] or None,
        "first_publish_year": record.published.year if record.published else None,
        "language": [language(record.language).code3] if record.language else None,
        "isbn": [record.isbn] if record.isbn else None,
        "edition_count": record.popularity,
        "cover_i": -1,
    }
    return {name: fields[name] for name in names if fields.get(name) is not None}


def _work(record: ProviderRecord) -> dict[str, Any]:
    text = record.description
    as_object = number_for("openlibrary-text", record.id) % 2 == 0
    described = {"description": {"type": "/type/text", "value": text} if as_object else text} if text else {}
    return {
        "key": f"/works/OL{_number(record)}W",
        "title": record.title,
        "authors": [{"author": {"key": f"/authors/{_author_key(name, second=False)}"}} for name in record.authors],
        "subjects": [*record.genres, "Accessible book", "Large type books"],
        "covers": [-1],
        **described,
    }


def _edition(record: ProviderRecord) -> dict[str, Any]:
    day, isbn = record.published, record.isbn or ""
    fields = {
        "key": f"/books/OL{_number(record)}M",
        "url": f"/books/OL{_number(record)}M",
        "title": record.title,
        "subtitle": record.subtitle,
        "authors": [{"url": f"/authors/{_author_key(name, second=False)}", "name": name} for name in record.authors],
        "identifiers": {"isbn_13" if len(isbn) == 13 else "isbn_10": [isbn]},
        "publishers": [{"name": record.publisher}] if record.publisher else None,
        "publish_date": f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" if day else None,
        "subjects": [{"name": name, "url": ""} for name in record.genres],
    }
    return {name: value for name, value in fields.items() if value is not None}
