"""An external catalogue of top lists, which speaks the protocol in docs/top-lists.md.

Its genres are the categories of the offers at MyAnonamouse, and its books the works of these offers, the most snatched
first. The span `week` has the offers of the last seven days, `all` has all of them.
"""

from datetime import UTC, datetime, timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.mam.categories import category_name
from sandbox.outcomes import Controlled, controlled
from sandbox.world import Offer, World

SPANS = {"week": 7, "all": None}


def create(world: World) -> Controlled:
    """The catalogue of a world."""
    offers = [offer for offer in world.offers if offer.indexer == "mam" and offer.main_category == 13]

    async def genres(_request: Request) -> Response:
        found = {offer.category for offer in offers if offer.category}
        return JSONResponse({"genres": [{"id": str(each), "name": _genre(each)} for each in sorted(found)]})

    async def top(request: Request) -> Response:
        genre, span = request.query_params.get("genre", ""), request.query_params.get("span", "week")
        limit = request.query_params.get("limit", "10")
        if span not in SPANS or not limit.isdigit():
            return JSONResponse({"error": f"unknown span or limit; the spans are {', '.join(SPANS)}"}, 400)
        listed = [offer for offer in offers if str(offer.category) == genre and _is_new(offer, SPANS[span])]
        popular = sorted(listed, key=lambda offer: offer.snatched, reverse=True)[: int(limit)]
        return JSONResponse({"genre": genre, "span": span, "books": [_book(offer) for offer in popular]})

    return controlled(Starlette(routes=[Route("/genres", genres), Route("/top", top)]))


def _genre(category: int) -> str:
    return category_name(category, 13).partition(" - ")[2]


def _is_new(offer: Offer, days: int | None) -> bool:
    if days is None:
        return True
    today = datetime.now(UTC).date()
    added = offer.added if offer.added_days_ago is None else today - timedelta(days=offer.added_days_ago)
    return added >= today - timedelta(days=days)


def _book(offer: Offer) -> dict[str, object]:
    return {
        "title": offer.title,
        "authors": offer.authors,
        "narrators": offer.narrators,
        "series": [{"name": place.name, "sequence": place.sequence} for place in offer.series],
        "isbn": offer.isbn,
        "asin": offer.asin,
        "language": offer.language,
        "stars": 4.5,
    }
