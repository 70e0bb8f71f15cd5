"""`/books/{asin}`, `/books/{asin}/chapters`, `/authors` and `/authors/{asin}`: Audible's books as Audnexus stores them.

Oddities: an ASIN in lower case is refused, an unknown duration is 0, an unknown ISBN an empty text, and a series whose
name is not the publication name of the book is missing.
"""

import re
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.outcomes import Controlled, controlled
from sandbox.providers.ids import asin_for, number_for
from sandbox.providers.pictures import PICTURES, picture_address, server_of
from sandbox.words import folded
from sandbox.world import ProviderRecord, SeriesPlace, World

REGIONS = ("us", "uk", "ca", "au", "de", "es", "fr", "in", "it", "jp")
CHAPTER_MINUTES = 20
MAX_AUTHORS = 25
MAX_SIMILAR = 12
_ASIN = re.compile(r"^(?:B[\dA-Z]{9}|\d{9}[\dX])$")


class _Site:
    def __init__(self, world: World) -> None:
        records = world.providers.get("audnexus") or world.providers.get("audible", [])
        listed = [each for each in records if each.format == "audio"]
        self._by_asin = {each.asin or asin_for("audible", each.id): each for each in listed}
        self._authors = sorted({name for each in listed for name in each.authors})

    async def book(self, request: Request) -> Response:
        asin, record, refusal = self._asked(request)
        if refusal is not None or record is None:
            return refusal or _error(404, "NOT_FOUND", f"Item not available in region '{_region(request)}': {asin}")
        image = picture_address(server_of(request), asin)
        return JSONResponse(_book(asin, record, _region(request)) | {"image": image})

    async def chapters(self, request: Request) -> Response:
        asin, record, refusal = self._asked(request)
        if refusal is not None or record is None or not record.duration_minutes:
            return refusal or _error(404, "NOT_FOUND", f"No chapters for {asin}")
        return JSONResponse(_chapters(asin, record.duration_minutes, _region(request)))

    async def authors(self, request: Request) -> Response:
        """Authors by the words of their name, at most 25. Nothing is corrected: "LF Baum" finds nobody."""
        words = set(folded(request.query_params.get("name", "")).split())
        if not words:
            return _error(400, "BAD_REQUEST", "Invalid name")
        found = [name for name in self._authors if words <= set(folded(name).split())][:MAX_AUTHORS]
        return JSONResponse([_author(name) for name in found])

    async def author(self, request: Request) -> Response:
        """One author. Those who wrote books of the same genres are similar."""
        asin, region = request.path_params["asin"], _region(request)
        name = next((each for each in self._authors if asin_for("audible-author", each) == asin), None)
        if name is None:
            return _error(404, "NOT_FOUND", f"Author not available in region '{region}': {asin}")
        genres = self._genres(name)
        similar = [each for each in self._authors if each != name and genres & self._genres(each)][:MAX_SIMILAR]
        return JSONResponse(
            {
                **_author(name),
                "description": "",
                "genres": [_genre(each, "genre") for each in sorted(genres)],
                "similar": [_author(each) for each in similar],
                "region": region,
            }
        )

    def _genres(self, name: str) -> set[str]:
        return {genre for each in self._by_asin.values() if name in each.authors for genre in each.genres}

    def _asked(self, request: Request) -> tuple[str, ProviderRecord | None, Response | None]:
        """The ASIN, its record in the region, and the answer to a request that is not allowed."""
        asin, region = request.path_params["asin"], _region(request)
        if region not in REGIONS:
            return asin, None, _error(400, "BAD_REQUEST", f"Invalid region: {region}")
        if not _ASIN.match(asin):
            return asin, None, _error(400, "BAD_REQUEST", "Bad ASIN")
        record = self._by_asin.get(asin)
        return asin, record if record and record.is_sold_in(region) else None, None


def create(world: World) -> Controlled:
    """Audnexus with the records of the world, or with those of Audible if it has none of its own."""
    site = _Site(world)
    return controlled(
        Starlette(
            routes=[
                Route("/books/{asin}", site.book),
                Route("/books/{asin}/chapters", site.chapters),
                Route("/authors", site.authors),
                Route("/authors/{asin}", site.author),
                PICTURES,
            ]
        )
    )


def _region(request: Request) -> str:
    return request.query_params.get("region", "us")


def _error(status: int, code: str, message: str) -> Response:
    return JSONResponse({"error": {"code": code, "message": message, "details": None}}, status)


def _book(asin: str, record: ProviderRecord, region: str) -> dict[str, Any]:
    description = record.description or ""
    fields: dict[str, Any] = {
        "asin": asin,
        "title": record.title,
        "authors": [_author(name) for name in record.authors],
        "narrators": [{"name": name} for name in record.narrators],
        "publisherName": record.publisher or "",
        "summary": f"<p>{description}</p>",
        "description": description[:300],
        "releaseDate": f"{record.published.isoformat()}T00:00:00.000Z" if record.published else None,
        "genres": [_genre(name, "genre") for name in record.genres] + [_genre("Audiobook", "tag")],
        "language": (record.language or "english").lower(),
        "runtimeLengthMin": record.duration_minutes or 0,
        "formatType": "abridged" if record.abridged else "unabridged",
        "isAdult": False,
        "isbn": record.isbn or "",
        "rating": "4.7",
        "region": region,
    }
    series = dict(zip(("seriesPrimary", "seriesSecondary"), map(_series, record.series), strict=False))
    return fields | ({"subtitle": record.subtitle} if record.subtitle else {}) | series


def _author(name: str) -> dict[str, str]:
    return {"asin": asin_for("audible-author", name), "name": name}


def _series(place: SeriesPlace) -> dict[str, Any]:
    position = {"position": f"Book {place.sequence}"} if place.sequence else {}
    return {"asin": asin_for("audible-series", place.name), "name": place.name, **position}


def _genre(name: str, kind: str) -> dict[str, str]:
    return {"asin": str(number_for("audible-genre", name)), "name": name, "type": kind}


def _chapters(asin: str, minutes: int, region: str) -> dict[str, Any]:
    lengths = [CHAPTER_MINUTES] * (minutes // CHAPTER_MINUTES) + ([rest] if (rest := minutes % CHAPTER_MINUTES) else [])
    starts = [sum(lengths[:number]) for number in range(len(lengths))]
    return {
        "asin": asin,
        "brandIntroDurationMs": 2043,
        "brandOutroDurationMs": 5062,
        "chapters": [
            {
                "lengthMs": length * 60_000,
                "startOffsetMs": start * 60_000,
                "startOffsetSec": start * 60,
                "title": f"Chapter {number}",
            }
            for number, (start, length) in enumerate(zip(starts, lengths, strict=True), 1)
        ],
        "isAccurate": True,
        "region": region,
        "runtimeLengthMs": minutes * 60_000,
        "runtimeLengthSec": minutes * 60,
    }
