"""`/1.0/catalog/products`: search, several products by ASIN, and one product by ASIN.

The first part of a path may be the domain of a marketplace, such as `/de/1.0/catalog/products`. Without it, and for
`com`, the marketplace is that of the United States.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from sandbox.outcomes import Controlled, controlled
from sandbox.providers.audible.products import IMAGES, Book, book_of, product_fields, series_products
from sandbox.providers.pictures import PICTURES, server_of
from sandbox.words import WordIndex, closeness, query_words
from sandbox.world import ProviderRecord, World

_SEARCH_PARAMETERS = ("title", "author", "narrator", "publisher", "keywords")
_MAX_RESULTS = 50
_REGIONS = {
    "com": "us", "co.uk": "uk", "com.au": "au", "co.jp": "jp",
    **{each: each for each in ("ca", "in", "de", "fr", "es", "it")},
}  # fmt: skip
"""The code of each marketplace by its domain."""
_ORDERS: dict[str, Callable[[Book], Any]] = {
    "ReleaseDate": lambda book: book.record.published or date.max,
    "Title": lambda book: book.record.title.casefold(),
    "RuntimeLength": lambda book: book.record.duration_minutes or 0,
    "BestSellers": lambda book: -book.record.popularity,
    "AvgRating": lambda book: -book.record.popularity,
}


class _InvalidParameter(ValueError):
    """A parameter is invalid. The site answers with this text."""


class _Catalogue:
    def __init__(self, records: Iterable[ProviderRecord]) -> None:
        self._books = [book_of(record) for record in records]
        self._by_asin = {book.asin: book.fields for book in self._books} | series_products(self._books)
        self._indexes: dict[str, WordIndex] = {}

    async def search(self, request: Request) -> Response:
        query = request.query_params
        try:
            size, page = _number(query, "num_results", 10, maximum=_MAX_RESULTS), _number(query, "page", 0)
            products, total = self._products(query, size, page)
        except _InvalidParameter as error:
            return JSONResponse({"message": str(error)}, 400)
        groups = _groups(query)
        return JSONResponse(
            {
                "product_filters": [],
                "products": [_shown(each, groups, request) for each in products],
                "response_groups": ["always-returned", *groups],
                "total_results": total,
            }
        )

    async def one(self, request: Request) -> Response:
        """One product. An unknown ASIN gives a product without a title, not status 404."""
        asin, groups = request.path_params["asin"], _groups(request.query_params)
        unknown = {"asin": asin, "customer_rights": {"product_state": "NOT_AVAILABLE_FOR_PURCHASE"}}
        product = _shown(self._by_asin.get(asin, unknown), groups, request)
        return JSONResponse({"product": product, "response_groups": ["always-returned", *groups]})

    def _products(self, query: QueryParams, size: int, page: int) -> tuple[list[dict[str, Any]], int]:
        if "asins" in query:
            asins = [each for each in query["asins"].split(",") if each]
            if len(asins) > _MAX_RESULTS:
                raise _InvalidParameter(_violation(query["asins"], "asins", "length", _MAX_RESULTS))
            return [self._by_asin.get(asin, {"asin": asin}) for asin in asins], len(asins)
        found = [book.fields for book in self._found(query)]
        return found[page * size : (page + 1) * size], len(found)

    def _found(self, query: QueryParams) -> list[Book]:
        queries = {name: query_words(query[name]) for name in _SEARCH_PARAMETERS if query.get(name)}
        candidates = self._candidates(queries)
        books = [book for book in candidates if all(words <= book.words[at] for at, words in queries.items())]
        order = query.get("products_sort_by") or "Relevance"
        key = _ORDERS.get(order.removeprefix("-"))
        if key is not None:
            return sorted(books, key=key, reverse=order.startswith("-"))
        return sorted(books, key=lambda book: _relevance(book, queries), reverse=True)

    def _candidates(self, queries: dict[str, frozenset[str]]) -> list[Book]:
        """The books with the rarest word of the queries, in the order of the catalogue; without a word, all books."""
        found = [self._index_of(name).places(word) for name, words in queries.items() for word in words]
        return [self._books[place] for place in min(found, key=len)] if found else self._books

    def _index_of(self, name: str) -> WordIndex:
        """The index of a search parameter. It is built when a search first has the parameter."""
        if name not in self._indexes:
            self._indexes[name] = WordIndex(book.words[name] for book in self._books)
        return self._indexes[name]


def create(world: World) -> Controlled:
    """The catalogues of Audible's marketplaces with the audio records of the world."""
    records = [record for record in world.providers.get("audible", []) if record.format == "audio"]
    everywhere = None if any(each.marketplaces for each in records) else _Catalogue(records)
    markets: list[BaseRoute] = [PICTURES]
    for domain, region in _REGIONS.items():
        catalogue = everywhere or _Catalogue(each for each in records if each.is_sold_in(region))
        routes = [
            Route("/1.0/catalog/products", catalogue.search),
            Route("/1.0/catalog/products/{asin}", catalogue.one),
        ]
        markets += [Mount(f"/{domain}", routes=routes), *(routes if domain == "com" else [])]
    return controlled(Starlette(routes=markets))


def _shown(fields: dict[str, Any], groups: list[str], request: Request) -> dict[str, Any]:
    """The fields of a product. Its pictures are on this server, outside the paths of the marketplaces."""
    shown = product_fields(fields, groups)
    images = shown.get("product_images", {})
    local = {size: address.replace(IMAGES, f"{server_of(request)}/") for size, address in images.items()}
    return shown | ({"product_images": local} if local else {})


def _relevance(book: Book, queries: dict[str, frozenset[str]]) -> tuple[float, int]:
    return sum(closeness(words, book.words[at]) for at, words in queries.items()), book.record.popularity


def _groups(query: QueryParams) -> list[str]:
    return [group.strip() for group in query.get("response_groups", "").split(",") if group.strip()]


def _number(query: QueryParams, name: str, default: int, *, maximum: int | None = None) -> int:
    text = query.get(name) or str(default)
    if not text.isdigit():
        raise _InvalidParameter(f"1 validation error detected: Value '{text}' at '{name}' is not a number")
    if maximum is not None and int(text) > maximum:
        raise _InvalidParameter(_violation(text, name, "value", maximum))
    return int(text)


def _violation(text: str, name: str, measure: str, maximum: int) -> str:
    return (
        f"1 validation error detected: Value '{text}' at '{name}' failed to satisfy constraint: "
        f"Member must have {measure} less than or equal to {maximum}"
    )
