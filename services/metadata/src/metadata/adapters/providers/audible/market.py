"""Audible's unofficial catalogue API: one marketplace, without a login."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import TypeAdapter
from shared.books.text.identifiers import asin as as_asin
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

from metadata.adapters.providers.audible.parsing import is_book, work, works
from metadata.adapters.providers.audible.schema import OneProduct, Product, Products, Relationship
from metadata.adapters.providers.positions import position
from metadata.adapters.providers.request import ProviderClient
from metadata.adapters.providers.result_filter import (
    FEWEST_IN_COMMON,
    MAX_TITLES_SEARCHED,
    answers_by_identifier,
    held_in_common,
    is_by,
    is_series,
    may_have_in_common,
    readable,
    surname,
    under_name,
)
from metadata.domain.catalogue import Found, SeriesWanted

NAME = "audible"
CATALOGUE = "/1.0/catalog/products"
GROUPS = ",".join(
    (
        *("product_attrs", "product_desc", "product_extended_attrs", "product_details"),
        *("contributors", "series", "category_ladders", "rating", "media"),
    )
)
PICTURE_PIXELS = "1024"
"""The length of the longer side of the pictures."""
MAX_RESULTS = 50
MAX_WORKS = 1_500
MAX_SERIES = 3
"""A series may be several products, one for each publisher or narrator."""
_MANY = TypeAdapter(Products)
_ONE = TypeAdapter(OneProduct)


class AudibleMarket:
    """One marketplace's catalogue of audiobooks. Every method raises the `RemoteError` family."""

    def __init__(self, client: ProviderClient) -> None:
        self._client = client

    async def search(self, title: str, authors: Sequence[str], *, sure_author: bool = False) -> Found:
        """Search by title and the first author's surname; without the author if that finds nothing.

        Without authors, search by words of any field.
        """
        if not authors:
            return Found(works(await self._products(keywords=title)))
        found = await self._products(title=title, author=surname(authors[0]))
        if found or sure_author:
            return Found(works(found))
        return Found([each for each in works(await self._products(title=title)) if is_by(each.authors, authors)])

    async def by_asins(self, asins: Sequence[str]) -> dict[str, list[CataloguedWork]]:
        """The entry of each ASIN; none for one that the marketplace does not know."""
        products = await self._hydrated(asins)
        entries = (((each.asin or "").upper(), [work(each)] if is_book(each) else []) for each in products)
        return answers_by_identifier(NAME, (([asin], found) for asin, found in entries), asins)

    async def series_works(self, wanted: SeriesWanted) -> Found:
        """Every book of the series, from known books to the product of the series to its children."""
        known = await self._hydrated([asin for asin in map(as_asin, wanted.known_asins) if asin])
        links = _links(known, wanted.name)
        if not links:
            author = surname(wanted.authors[0]) if wanted.authors else ""
            hits = await self._products(keywords=f"{wanted.name} {author}".strip())
            links = _links([each for each in hits if _is_by(each, wanted.authors)], wanted.name)
        if not links:
            return await self._by_another_name(wanted, known)
        found: dict[str, CataloguedWork] = {}
        for asin, name in links:
            for each in await self._children(asin, name):
                found.setdefault(each.id, each)
        return Found(list(found.values()))

    async def _by_another_name(self, wanted: SeriesWanted, known: Sequence[Product]) -> Found:
        """The smallest series that the known books have in common, whatever its name."""
        if len(known) < FEWEST_IN_COMMON and wanted.authors:
            author, titles = surname(wanted.authors[0]), wanted.known_titles[:MAX_TITLES_SEARCHED]
            for searched, title in enumerate(titles):
                if not may_have_in_common([_series_of(each) for each in known], len(titles) - searched):
                    return Found()
                known = [*known, *(await self._products(title=title, author=author))[:1]]
        books = {each.asin: each for each in known if _is_by(each, wanted.authors)}
        shared = held_in_common([_series_of(each) for each in books.values()])
        lists = [
            [under_name(each, title, wanted.name) for each in await self._children(asin, title)]
            for asin, title in shared[:MAX_SERIES]
        ]
        return Found(min(lists, key=len, default=[]))

    async def author_works(self, name: str) -> Found:
        """Every book by this author; searched by the surname alone if the full name finds nothing."""
        found = await self._all_by(name, name)
        return found if found.works else await self._all_by(surname(name), name)

    async def check(self) -> None:
        """Send a small request, even while requests are paused."""
        await self._products(probe=True, keywords="a", num_results="1")

    async def _all_by(self, author: str, name: str) -> Found:
        found: dict[str, CataloguedWork] = {}
        for page in range(MAX_WORKS // MAX_RESULTS):
            products = await self._products(author=author, page=str(page), products_sort_by="-ReleaseDate")
            fresh = [each for each in works(products) if each.id not in found]
            if not fresh:
                return Found([each for each in found.values() if is_by(each.authors, [name])])
            found |= {each.id: each for each in fresh}
        works_by = [each for each in found.values() if is_by(each.authors, [name])]
        return Found(works_by, f"only the newest {MAX_WORKS} books found under {name!r} were read")

    async def _children(self, asin: str, name: str) -> list[CataloguedWork]:
        groups = {"response_groups": "relationships,product_attrs,product_desc"}
        answer = await self._client.read("GET", f"{CATALOGUE}/{asin}", _ONE, params=groups)
        children = [each for each in answer.product.relationships if each.relationship_to_product == "child"]
        places = {each.asin: each for each in children if each.asin}
        products = await self._hydrated(list(places)[:MAX_WORKS])
        return [
            _in_series(work(each), name, places[each.asin])
            for each in products
            if each.asin in places and is_book(each)
        ]

    async def _hydrated(self, asins: Sequence[str]) -> list[Product]:
        found: list[Product] = []
        for start in range(0, len(asins), MAX_RESULTS):
            found += await self._products(asins=",".join(asins[start : start + MAX_RESULTS]))
        return found

    async def _products(self, *, probe: bool = False, **query: str) -> list[Product]:
        params: dict[str, Any] = {"response_groups": GROUPS, "image_sizes": PICTURE_PIXELS, **query}
        if "asins" not in query:
            params.setdefault("num_results", str(MAX_RESULTS))
        answer = await self._client.read("GET", CATALOGUE, _MANY, probe=probe, params=params)
        return readable(NAME, answer.products, lambda product: product.asin)


def _links(products: Iterable[Product], name: str) -> list[tuple[str, str]]:
    """ASIN and title of the series with this name; those with the most books first."""
    counted = Counter(
        (each.asin, each.title)
        for product in products
        for each in product.series
        if each.asin and each.title and is_series(each.title, name)
    )
    return [(asin, title) for (asin, title), _ in counted.most_common(MAX_SERIES) if asin and title]


def _series_of(product: Product) -> list[tuple[str, str]]:
    return [(each.asin, each.title) for each in product.series if each.asin and each.title]


def _is_by(product: Product, authors: Sequence[str]) -> bool:
    return is_by([each.name for each in product.authors if each.name], authors)


def _in_series(book: CataloguedWork, name: str, link: Relationship) -> CataloguedWork:
    """The book with its position in the series, which may be known only from the series."""
    if any(is_series(each.name, name) and each.sequence for each in book.series):
        return book
    place = SeriesPlace(name=name, sequence=position(link.sequence))
    others = [each for each in book.series if not is_series(each.name, name)]
    return book.model_copy(update={"series": [place, *others]})
