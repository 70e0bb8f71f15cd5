"""Converts Audible's products to catalogue entries."""

import re
from collections.abc import Iterable

from shared.books.text.identifiers import isbn13
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

from metadata.adapters.providers.audible.schema import Named, Product
from metadata.adapters.providers.positions import position
from metadata.domain.description_text import clean_description

SOURCE = "AUDIBLE"
NOT_BOOKS = frozenset({"PodcastParent", "PodcastEpisode", "PodcastSeason", "Periodical", "BookSeries", "AudioPart"})

_CONTRIBUTOR = re.compile(
    r"\s+[-–]\s+(?:translat|editor|edited|introduc|foreword|afterword|preface|adapt|illustrat|contribut|compil|notes"
    r"|director|producer|commentar)\w*\s*$",
    re.IGNORECASE,
)


def works(products: Iterable[Product]) -> list[CataloguedWork]:
    """The books among the products, each once."""
    found = {product.asin: work(product) for product in products if is_book(product)}
    return [each for each in found.values() if each is not None]


def is_book(product: Product) -> bool:
    """Whether the product is a book that is sold, and not a podcast or a series."""
    return bool(product.asin and product.title) and product.content_delivery_type not in NOT_BOOKS


def work(product: Product) -> CataloguedWork:
    """One product as a catalogue entry."""
    asin = (product.asin or "").upper()
    return CataloguedWork(
        id=f"{SOURCE}:{asin}",
        provider=SOURCE,
        title=product.title or "",
        subtitle=product.subtitle,
        authors=_authors(product.authors),
        narrators=_names(product.narrators),
        series=[
            SeriesPlace(name=each.title, sequence=position(each.sequence)) for each in product.series if each.title
        ],
        isbn=isbn13(product.isbn),
        asin=asin,
        language=product.language.title() if product.language else None,
        publisher=product.publisher_name,
        published=product.release_date,
        published_year=product.release_date.year if product.release_date else None,
        duration_minutes=product.runtime_length_min or None,
        is_audio=True,
        abridged={"abridged": True, "unabridged": False}.get((product.format_type or "").lower()),
        compilation=None,
        popularity=_popularity(product),
        description=clean_description(product.publisher_summary or product.merchandising_summary),
        genres=_genres(product),
        cover=_cover(product),
    )


def _names(people: Iterable[Named]) -> list[str]:
    return list(dict.fromkeys(each.name for each in people if each.name))


def _authors(people: Iterable[Named]) -> list[str]:
    """The authors. Audible also lists contributors with their role: "Constance Garnett - translator"."""
    names = _names(people)
    return [name for name in names if not _CONTRIBUTOR.search(name)] or [_CONTRIBUTOR.sub("", name) for name in names]


def _cover(product: Product) -> str | None:
    """The largest picture. The keys are the lengths of the longer side in pixels."""
    sizes = {int(size): address for size, address in (product.product_images or {}).items() if size.isdecimal()}
    return sizes[max(sizes)] if sizes else None


def _genres(product: Product) -> list[str]:
    """The last step of each ladder: "Fiction > Fantasy > Epic" is Epic."""
    last = (ladder.ladder[-1].name for ladder in product.category_ladders if ladder.ladder)
    return list(dict.fromkeys(name for name in last if name))


def _popularity(product: Product) -> int:
    ratings = product.rating.overall_distribution if product.rating else None
    return (ratings.num_ratings or 0) if ratings else 0
