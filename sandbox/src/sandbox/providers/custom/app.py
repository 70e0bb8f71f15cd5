"""`GET /<catalogue>/search?mediaType=&query=&author=&isbn=`, as the servers that people run answer it.

Each server has its oddities: `kindle` lists e-books without narrator and duration, `audioteka` lists several people in
one text and gives positions as numbers, `lubimyczytac` ignores the author and sends nulls for what it does not know.
"""

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.outcomes import Controlled, controlled
from sandbox.providers.pictures import PICTURES, picture_address, server_of
from sandbox.words import closeness, query_words, tolerant_words
from sandbox.world import ProviderRecord, World

MAX_MATCHES = 20


class _Server:
    def __init__(self, world: World, authorization: str) -> None:
        self._authorization = authorization
        self._records = {
            name: [(each, _words(each)) for each in records]
            for name, records in world.providers.items()
            if name in CATALOGUES
        }

    async def search(self, request: Request) -> Response:
        name, query = request.path_params["catalogue"], request.query_params
        if request.headers.get("authorization", "") != self._authorization:
            return JSONResponse({"error": "Unauthorized"}, 401)
        if name not in CATALOGUES:
            return JSONResponse({"error": "Not found"}, 404)
        if not query.get("query", "").strip():
            return JSONResponse({"error": "query is required"}, 400)
        if query.get("mediaType", "book") != "book":
            return JSONResponse({"matches": []})
        words, author = query_words(query["query"]), query_words(query.get("author", ""))
        if name == "lubimyczytac":
            author = frozenset()
        found = [each for each in self._records.get(name, []) if words | author <= each[1]]
        found.sort(key=lambda each: (-closeness(words, each[1]), each[0].id))
        return JSONResponse({"matches": [_MATCHES[name](each, server_of(request)) for each, _ in found[:MAX_MATCHES]]})


def create(world: World, authorization: str) -> Controlled:
    """Servers with the records of the world. They accept one authorization value."""
    server = _Server(world, authorization)
    return controlled(Starlette(routes=[PICTURES, Route("/{catalogue}/search", server.search)]))


def _of_kindle(record: ProviderRecord, server: str) -> dict[str, Any]:
    return {
        "title": record.title,
        "author": ", ".join(record.authors),
        "cover": picture_address(server, record.asin or record.id),
        "asin": record.asin,
    }


def _of_audioteka(record: ProviderRecord, server: str) -> dict[str, Any]:
    return {
        "bookId": record.id,
        "title": record.title,
        "subtitle": record.subtitle or "",
        "author": ", ".join(record.authors),
        "narrator": ", ".join(record.narrators),
        "publisher": record.publisher,
        "publishedYear": record.published.year if record.published else "",
        "description": f"<p>{record.description}</p>" if record.description else "",
        "cover": picture_address(server, record.id),
        "genres": record.genres,
        "tags": [],
        "series": [{"series": each.name, "sequence": _number(each.sequence)} for each in record.series],
        "language": record.language,
        "duration": record.duration_minutes,
        "poweredBy": "sandbox",
    }


def _of_lubimyczytac(record: ProviderRecord, _server: str) -> dict[str, Any]:
    return {
        "title": record.title,
        "author": ", ".join(record.authors) or None,
        "narrator": ", ".join(record.narrators) or None,
        "publisher": record.publisher,
        "publishedYear": str(record.published.year) if record.published else None,
        "description": record.description,
        "isbn": record.isbn,
        "genres": record.genres or None,
        "series": [{"series": each.name, "sequence": each.sequence} for each in record.series] or None,
        "language": record.language,
        "duration": record.duration_minutes,
    }


_MATCHES: dict[str, Callable[[ProviderRecord, str], dict[str, Any]]] = {
    "kindle": _of_kindle,
    "audioteka": _of_audioteka,
    "lubimyczytac": _of_lubimyczytac,
}
CATALOGUES = tuple(_MATCHES)
"""The catalogues that a world may have for this stand-in."""


def _number(sequence: str | None) -> Any:
    return int(sequence) if sequence and sequence.isdigit() else sequence


def _words(record: ProviderRecord) -> frozenset[str]:
    return tolerant_words([record.title, record.subtitle, *record.authors, *(each.name for each in record.series)])
