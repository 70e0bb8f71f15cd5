"""`/1.0/catalog/products`: search, several by ASIN, and one by ASIN."""

from collections.abc import Callable
from datetime import date
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.outcomes import Controlled, controlled
from sandbox.providers.audible.products import Book, book_of, series_products, shown
from sandbox.words import closeness, query_words
from sandbox.world import World

_SEARCHED = ("title", "author", "narrator", "publisher", "keywords")
_MOST_RESULTS = 50
_ORDERS: dict[str, Callable[[Book], Any]] = {
    "ReleaseDate": lambda book: book.record.published or date.max,
    "Title": lambda book: book.record.title.casefold(),
    "RuntimeLength": lambda book: book.record.duration_minutes or 0,
    "BestSellers": lambda book: -book.record.popularity,
    "AvgRating": lambda book: -book.record.popularity,
}


class _InvalidParameter(ValueError):
    """A parameter outside its limits; the text is the one that the site answers."""


class _Catalogue:
    def __init__(self, world: World) -> None:
        self._books = [book_of(record) for record in world.providers.audible if record.format == "audio"]
        self._by_asin = {book.asin: book.fields for book in self._books} | series_products(self._books)

    async def search(self, request: Request) -> Response:
        asked = request.query_params
        try:
            size, page = _number(asked, "num_results", 10, most=_MOST_RESULTS), _number(asked, "page", 0)
            products, total = self._products(asked, size, page)
        except _InvalidParameter as error:
            return JSONResponse({"message": str(error)}, 400)
        groups = _groups(asked)
        return JSONResponse(
            {
                "product_filters": [],
                "products": [shown(each, groups) for each in products],
                "response_groups": ["always-returned", *groups],
                "total_results": total,
            }
        )

    async def one(self, request: Request) -> Response:
        """An ASIN that nobody knows is a product without a title, not a 404."""
        asin, groups = request.path_params["asin"], _groups(request.query_params)
        unknown = {"asin": asin, "customer_rights": {"product_state": "NOT_AVAILABLE_FOR_PURCHASE"}}
        product = shown(self._by_asin.get(asin, unknown), groups)
        return JSONResponse({"product": product, "response_groups": ["always-returned", *groups]})

    def _products(self, asked: QueryParams, size: int, page: int) -> tuple[list[dict[str, Any]], int]:
        if "asins" in asked:
            asins = [each for each in asked["asins"].split(",") if each]
            if len(asins) > _MOST_RESULTS:
                raise _InvalidParameter(_violation(asked["asins"], "asins", "length", _MOST_RESULTS))
            return [self._by_asin.get(asin, {"asin": asin}) for asin in asins], len(asins)
        found = [book.fields for book in self._found(asked)]
        return found[page * size : (page + 1) * size], len(found)

    def _found(self, asked: QueryParams) -> list[Book]:
        queries = {name: query_words(asked[name]) for name in _SEARCHED if asked.get(name)}
        books = [book for book in self._books if all(words <= book.words[at] for at, words in queries.items())]
        order = asked.get("products_sort_by") or "Relevance"
        key = _ORDERS.get(order.removeprefix("-"))
        if key is not None:
            return sorted(books, key=key, reverse=order.startswith("-"))
        return sorted(books, key=lambda book: _relevance(book, queries), reverse=True)


def create(world: World) -> Controlled:
    """Audible's catalogue as `world.providers.audible` has it; records of other formats than audio are not in it."""
    catalogue = _Catalogue(world)
    return controlled(
        Starlette(
            routes=[
                Route("/1.0/catalog/products", catalogue.search),
                Route("/1.0/catalog/products/{asin}", catalogue.one),
            ]
        )
    )


def _relevance(book: Book, queries: dict[str, frozenset[str]]) -> tuple[float, int]:
    return sum(closeness(words, book.words[at]) for at, words in queries.items()), book.record.popularity


def _groups(asked: QueryParams) -> list[str]:
    return [group.strip() for group in asked.get("response_groups", "").split(",") if group.strip()]


def _number(asked: QueryParams, name: str, default: int, *, most: int | None = None) -> int:
    text = asked.get(name) or str(default)
    if not text.isdigit():
        raise _InvalidParameter(f"1 validation error detected: Value '{text}' at '{name}' is not a number")
    if most is not None and int(text) > most:
        raise _InvalidParameter(_violation(text, name, "value", most))
    return int(text)


def _violation(text: str, name: str, measure: str, most: int) -> str:
    return (
        f"1 validation error detected: Value '{text}' at '{name}' failed to satisfy constraint: "
        f"Member must have {measure} less than or equal to {most}"
    )
