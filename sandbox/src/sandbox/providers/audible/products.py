"""The audio records of a world as Audible products: books, and series, which are also products."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.providers.ids import asin_for
from sandbox.words import tolerant_words
from sandbox.world import ProviderRecord, SeriesPlace

IMAGES = "https://m.media-amazon.com/"
"""The server of the pictures."""
GROUPS: dict[str, tuple[str, ...]] = {
    "product_attrs": (
        "title",
        "publication_name",
        "publisher_name",
        "language",
        "release_date",
        "issue_date",
        "publication_datetime",
        "runtime_length_min",
        "format_type",
        "content_type",
        "content_delivery_type",
        "is_adult_product",
        "has_children",
        "sku",
    ),
    "product_desc": ("title", "subtitle", "merchandising_summary"),
    "product_extended_attrs": ("publisher_summary", "is_adult_product", "isbn", "copyright"),
    "product_details": ("is_adult_product", "copyright", "isbn"),
    "contributors": ("authors", "narrators", "publisher_name"),
    "series": ("series",),
    "relationships": ("relationships", "has_children"),
    "media": ("product_images",),
    "rating": ("rating",),
    "category_ladders": ("category_ladders",),
    "customer_rights": ("customer_rights",),
    "sku": ("sku", "sku_lite"),
}
"""The fields of each response group. A field without a value is omitted."""


@dataclass(frozen=True)
class Book:
    """One product, with the words that each search parameter matches."""

    record: ProviderRecord
    fields: dict[str, Any]
    words: dict[str, frozenset[str]]

    @property
    def asin(self) -> str:
        """The ASIN of the product."""
        return str(self.fields["asin"])


def product_fields(fields: dict[str, Any], groups: Iterable[str]) -> dict[str, Any]:
    """The fields of a product that belong to these groups, and its ASIN."""
    names = {"asin", *(name for group in groups for name in GROUPS.get(group, ()))}
    return {name: value for name, value in fields.items() if name in names}


def book_of(record: ProviderRecord) -> Book:
    """The product of a record."""
    fields = _fields(record)
    return Book(record, {name: value for name, value in fields.items() if value is not None}, _words(record))


def series_asin(name: str) -> str:
    """The ASIN of a series, derived from its name."""
    return asin_for("audible-series", name)


def series_products(books: Iterable[Book]) -> dict[str, dict[str, Any]]:
    """The product of each series by its ASIN, with its books as children in the order of their sequences."""
    members: dict[str, list[tuple[SeriesPlace, Book]]] = {}
    names: dict[str, str] = {}
    for book in books:
        for place in book.record.series:
            asin = series_asin(place.name)
            names.setdefault(asin, place.name)
            members.setdefault(asin, []).append((place, book))
    return {asin: _series_product(asin, names[asin], inside) for asin, inside in members.items()}


def _series_product(asin: str, name: str, members: list[tuple[SeriesPlace, Book]]) -> dict[str, Any]:
    members = sorted(members, key=lambda each: (_position(each[0]), -each[1].record.popularity))
    positions = sorted({_position(place) for place, _ in members})
    return {
        "asin": asin,
        "title": name,
        "publication_name": name,
        "content_delivery_type": "BookSeries",
        "content_type": "Product",
        "has_children": True,
        "relationships": [
            {
                "asin": book.asin,
                "title": book.record.title,
                "relationship_to_product": "child",
                "relationship_type": "series",
                "sequence": place.sequence or "",
                "sort": str(positions.index(_position(place)) + 1),
                "content_delivery_type": book.fields["content_delivery_type"],
                "sku": book.fields["sku"],
                "url": f"/pd/{book.asin}",
            }
            for place, book in members
        ],
    }


def _position(place: SeriesPlace) -> float:
    """The sort key of a book in a series. Books without a sequence come last."""
    return float(place.sequence.partition("-")[0]) if place.sequence else float("inf")


def _fields(record: ProviderRecord) -> dict[str, Any]:
    asin = record.asin or asin_for("audible", record.id)
    day = record.published.isoformat() if record.published else None
    series = [
        {
            "asin": series_asin(place.name),
            "title": place.name,
            "sequence": place.sequence or "",
            "url": f"/series/{series_asin(place.name)}",
        }
        for place in record.series
    ]
    image = f"{IMAGES}images/I/{asin}"
    return {
        "asin": asin,
        "title": record.title,
        "subtitle": record.subtitle,
        "authors": [{"asin": asin_for("audible-author", name), "name": name} for name in record.authors],
        "narrators": [{"name": name} for name in record.narrators],
        "publisher_name": record.publisher,
        "publisher_summary": f"<p>{record.description}</p>" if record.description else None,
        "merchandising_summary": record.description,
        "release_date": day,
        "issue_date": day,
        "publication_datetime": f"{day}T00:00:00Z" if day else None,
        "language": record.language.lower() if record.language else None,
        "runtime_length_min": record.duration_minutes,
        "format_type": _format_type(record),
        "content_type": "Product",
        "content_delivery_type": "MultiPartBook" if (record.duration_minutes or 0) > 300 else "SinglePartBook",
        "publication_name": record.series[0].name if record.series else None,
        "series": series or None,
        "relationships": [_parent(each) for each in series],
        "product_images": {size: f"{image}._SL{size}_.jpg" for size in ("500", "1024")},
        "category_ladders": [_ladder(genre) for genre in record.genres],
        "rating": {"overall_distribution": {"num_ratings": record.popularity}, "num_reviews": record.popularity // 10},
        "customer_rights": {"is_consumable": False, "product_state": "AVAILABLE_FOR_PURCHASE"},
        "is_adult_product": False,
        "has_children": False,
        "isbn": record.isbn,
        "sku": f"BK_{asin}",
        "sku_lite": f"BK_{asin}",
    }


def _parent(series: dict[str, str]) -> dict[str, str]:
    return {
        "asin": series["asin"],
        "title": series["title"],
        "relationship_to_product": "parent",
        "relationship_type": "series",
        "sequence": series["sequence"],
        "sort": series["sequence"].partition("-")[0],
        "content_delivery_type": "BookSeries",
        "url": series["url"],
    }


def _ladder(genre: str) -> dict[str, Any]:
    return {"root": "Genres", "ladder": [{"id": asin_for("audible-genre", genre), "name": genre}]}


def _format_type(record: ProviderRecord) -> str:
    if record.dramatized:
        return "original_recording"
    return "abridged" if record.abridged else "unabridged"


def _words(record: ProviderRecord) -> dict[str, frozenset[str]]:
    title = [record.title, record.subtitle, *(place.name for place in record.series)]
    return {
        "title": tolerant_words(title),
        "author": tolerant_words(record.authors),
        "narrator": tolerant_words(record.narrators),
        "publisher": tolerant_words([record.publisher]),
        "keywords": tolerant_words([*title, *record.authors, *record.narrators, record.asin, record.isbn]),
    }
