"""Describes the entries of providers for comparisons."""

from shared.books.description import BookDescription, SeriesPlace
from shared.contracts.metadata.bibliographies import CataloguedWork


def describe_entry(work: CataloguedWork) -> BookDescription:
    """Return the description of an entry."""
    return BookDescription(
        title=work.title,
        subtitle=work.subtitle,
        authors=tuple(work.authors),
        narrators=tuple(work.narrators),
        series=tuple(SeriesPlace(place.name, place.sequence) for place in work.series),
        isbn=work.isbn,
        asin=work.asin,
        language=work.language,
        published=work.published,
        published_year=work.published_year,
        duration_minutes=work.duration_minutes,
        abridged=work.abridged,
        compilation=work.compilation,
        publisher=work.publisher,
    )
