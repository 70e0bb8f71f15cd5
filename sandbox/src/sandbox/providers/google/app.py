"""`/books/v1/volumes`, one volume, `/books/v1/series/get` and `/books/v1/series/membership/get`.

Oddities: `items` is missing if nothing was found, `totalItems` is an estimate, dates are a year, a month or a day, a
search leaves out the series and large pictures, and a search by ISBN misses some volumes. A page of the volumes of a
series has at most 20, whatever is asked for, and every other volume on it does not say its place.

Specific failures: `quota` (429, the quota of the day is used up), `key_refused` (400), `unknown_location` (403) and
`backend` (503).
"""

import re
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.languages import language
from sandbox.outcomes import Controlled, Outcomes, controlled
from sandbox.providers.ids import number_for
from sandbox.providers.pictures import PICTURES, picture_address, server_of
from sandbox.words import closeness, query_words, tolerant_words
from sandbox.world import ProviderRecord, World

MAX_RESULTS, MAX_MEMBERS = 40, 20
_FAILURES: dict[str, tuple[int, str, str]] = {
    "quota": (
        429,
        "rateLimitExceeded",
        "Quota exceeded for quota metric 'Queries' and limit 'Queries per day' of service 'books.googleapis.com'",
    ),
    "key_refused": (400, "badRequest", "API key not valid. Please pass a valid API key."),
    "unknown_location": (
        403,
        "unknownLocation",
        "Cannot determine user location for geographically restricted operation.",
    ),
    "backend": (503, "backendFailed", "Service temporarily unavailable."),
}
_OPERATOR = re.compile(r'\b(intitle|inauthor|isbn):("[^"]*"|\S+)')


class _Site:
    def __init__(self, world: World, key: str, outcomes: Outcomes) -> None:
        records = [each for each in world.providers.get("google", []) if each.format != "audio"]
        self._volumes = {_id(each): each for each in records}
        self._series = {_series_id(place.name): place.name for each in records for place in each.series}
        self._key = key
        self._outcomes = outcomes

    async def search(self, request: Request) -> Response:
        query = request.query_params
        refusal = self._refusal(request)
        if refusal is not None:
            return refusal
        size, start = query.get("maxResults", "10"), query.get("startIndex", "0")
        if not query.get("q", "").strip() or not size.isdigit() or not start.isdigit() or int(size) > MAX_RESULTS:
            return _error(400, "invalid", "Bad Request")
        found = self._found(query["q"]) if query.get("printType", "ALL").upper() != "MAGAZINES" else []
        page = found[int(start) : int(start) + int(size)]
        server = server_of(request)
        items = {"items": [_volume(each, server, with_series=False) for each in page]} if page else {}
        return JSONResponse({"kind": "books#volumes", "totalItems": len(found) * 3, **items})

    async def one(self, request: Request) -> Response:
        refusal = self._refusal(request)
        record = self._volumes.get(request.path_params["id"])
        if refusal is not None or record is None:
            return refusal or _error(404, "notFound", "The volume ID could not be found.")
        with_series = request.query_params.get("includeNonComicsSeries") == "true"
        return JSONResponse(_volume(record, server_of(request), whole=True, with_series=with_series))

    async def series(self, request: Request) -> Response:
        refusal = self._refusal(request)
        ids = request.query_params.getlist("series_id")
        if refusal is not None or not ids:
            return refusal or _error(400, "required", "Required parameter: series_id")
        listed = [{"seriesId": each, "title": self._series[each]} for each in ids if each in self._series]
        return JSONResponse({"kind": "books#series", "series": listed})

    async def members(self, request: Request) -> Response:
        refusal = self._refusal(request)
        query = request.query_params
        wanted, size, start = query.get("series_id"), query.get("page_size", "10"), query.get("page_token", "0")
        if refusal is not None or not wanted or not size.isdigit() or not start.isdigit():
            return refusal or _error(400, "required", "Required parameter: series_id")
        listed = [
            each for each in self._volumes.values() if wanted in {_series_id(place.name) for place in each.series}
        ]
        end = int(start) + min(int(size), MAX_MEMBERS)
        server = server_of(request)
        page = [
            _volume(each, server, with_series=place % 2 == 0)
            for place, each in enumerate(listed[int(start) : end], int(start))
        ]
        more = {"nextPageToken": str(end)} if end < len(listed) else {}
        return JSONResponse({"kind": "books#seriesMembership", "member": page, **more})

    def _refusal(self, request: Request) -> Response | None:
        for kind, failure in _FAILURES.items():
            if self._outcomes.take(kind, request.url.path) is not None:
                return _error(*failure)
        key = request.headers.get("x-goog-api-key") or request.query_params.get("key")
        if key is None:
            return _error(*_FAILURES["quota"])
        return None if key == self._key else _error(*_FAILURES["key_refused"])

    def _found(self, text: str) -> list[ProviderRecord]:
        fields = {name: value.strip('"') for name, value in _OPERATOR.findall(text)}
        free = query_words(_OPERATOR.sub(" ", text))
        title, author = query_words(fields.get("intitle", "")), query_words(fields.get("inauthor", ""))
        found = [each for each in self._volumes.values() if _matches(each, title, author, fields.get("isbn"), free)]
        return sorted(found, key=lambda each: (-closeness(title | free, _title_words(each)), -each.popularity, each.id))


def create(world: World, *, key: str) -> Controlled:
    """Google Books with the printed books and e-books of the world."""
    outcomes = Outcomes(frozenset(_FAILURES))
    site = _Site(world, key, outcomes)
    routes = [
        Route("/books/v1/volumes", site.search),
        Route("/books/v1/volumes/{id}", site.one),
        Route("/books/v1/series/get", site.series),
        Route("/books/v1/series/membership/get", site.members),
        PICTURES,
    ]
    return controlled(Starlette(routes=routes), outcomes=outcomes)


def _matches(
    record: ProviderRecord, title: frozenset[str], author: frozenset[str], isbn: str | None, free: frozenset[str]
) -> bool:
    if isbn is not None and (isbn != record.isbn or _is_missed(record)):
        return False
    authors = tolerant_words(record.authors)
    whole = _title_words(record) | authors | tolerant_words([record.isbn, record.publisher])
    return title <= _title_words(record) and author <= authors and free <= whole


def _is_missed(record: ProviderRecord) -> bool:
    """Whether the search by ISBN misses the volume. A third of them is found only by a search for the digits."""
    return number_for("google-missed", record.id) % 3 == 0


def _title_words(record: ProviderRecord) -> frozenset[str]:
    return tolerant_words([record.title, record.subtitle])


def _id(record: ProviderRecord) -> str:
    return f"gb{number_for('google', record.id)}"


def _series_id(name: str) -> str:
    return f"se{number_for('google-series', name)}"


def _volume(record: ProviderRecord, server: str, *, with_series: bool, whole: bool = False) -> dict[str, Any]:
    """A volume. Only a `whole` one has large pictures."""
    description = record.description
    info: dict[str, Any] = {
        "title": record.title,
        "subtitle": record.subtitle,
        "authors": record.authors or None,
        "publisher": record.publisher,
        "publishedDate": _date(record),
        "description": f"<p>{description}</p>" if description and with_series else description,
        "industryIdentifiers": _identifiers(record),
        "pageCount": 0,
        "printType": "BOOK",
        "categories": record.genres or None,
        "ratingsCount": record.popularity,
        "maturityRating": "NOT_MATURE",
        "imageLinks": _pictures(record, server, whole=whole),
        "language": language(record.language or "English").code2,
        "seriesInfo": _series_info(record) if with_series and record.series else None,
    }
    return {
        "kind": "books#volume",
        "id": _id(record),
        "volumeInfo": {name: value for name, value in info.items() if value is not None},
        "saleInfo": {"country": "US", "isEbook": record.format == "ebook"},
    }


def _pictures(record: ProviderRecord, server: str, *, whole: bool) -> dict[str, str]:
    """The addresses of the cover by its size."""
    address = picture_address(server, _id(record))
    sizes = {"smallThumbnail": 5, "thumbnail": 1} | ({"small": 2, "medium": 3, "large": 4} if whole else {})
    return {name: f"{address}?printsec=frontcover&img=1&zoom={zoom}&edge=curl" for name, zoom in sizes.items()}


def _date(record: ProviderRecord) -> str | None:
    """A year, a month or a day, depending on the record."""
    lengths = (4, 7, 10)
    day = record.published
    return day.isoformat()[: lengths[number_for("google-date", record.id) % 3]] if day else None


def _identifiers(record: ProviderRecord) -> list[dict[str, str]]:
    isbn = record.isbn
    if not isbn:
        return [{"type": "OTHER", "identifier": f"OCLC:{number_for('oclc', record.id)}"}]
    return [{"type": "ISBN_13" if len(isbn) == 13 else "ISBN_10", "identifier": isbn}]


def _series_info(record: ProviderRecord) -> dict[str, Any]:
    first = record.series[0]
    return {
        "kind": "books#volume_series_info",
        "bookDisplayNumber": first.sequence,
        "volumeSeries": [
            {"seriesId": _series_id(each.name), "seriesBookType": "ISSUE", "orderNumber": place}
            for place, each in enumerate(record.series, 1)
        ],
    }


def _error(status: int, reason: str, message: str) -> Response:
    errors = [{"message": message, "domain": "global", "reason": reason}]
    return JSONResponse({"error": {"code": status, "message": message, "errors": errors}}, status)
