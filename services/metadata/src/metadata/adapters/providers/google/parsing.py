"""Converts Google's volumes to catalogue entries."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from shared.books.series.sequence import normalise
from shared.books.text.identifiers import isbn13
from shared.books.text.languages import language_code, language_name
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

from metadata.adapters.providers.google.schema import Pictures, SeriesDetails, Volume
from metadata.adapters.providers.partial_dates import day_in, year_in
from metadata.domain.description_text import clean_description

SOURCE = "GOOGLE"
MAX_GENRES = 5


def is_book(volume: Volume) -> bool:
    """Whether the volume is a book and not a magazine."""
    return bool(volume.id and volume.volumeInfo.title) and (volume.volumeInfo.printType or "BOOK").upper() == "BOOK"


def isbns_of(volume: Volume) -> set[str | None]:
    """The ISBNs of a volume (13 digits)."""
    listed = volume.volumeInfo.industryIdentifiers
    return {isbn13(each.identifier) for each in listed if (each.type or "").startswith("ISBN")} - {None}


def series_ids(volume: Volume) -> list[str]:
    """The ids of the series of a volume."""
    listed = volume.volumeInfo.seriesInfo
    return [each.seriesId for each in listed.volumeSeries if each.seriesId] if listed else []


def work(volume: Volume, series_names: Mapping[str, str]) -> CataloguedWork:
    """One volume as a catalogue entry. It says nothing about a recording: Google lists no audiobooks here."""
    book = volume.volumeInfo
    code = language_code(book.language)
    return CataloguedWork(
        id=f"{SOURCE}:{volume.id}",
        provider=SOURCE,
        title=book.title or "",
        subtitle=book.subtitle,
        authors=list(dict.fromkeys(name for name in book.authors if name)),
        series=_places(book.seriesInfo, series_names),
        isbn=min((each for each in isbns_of(volume) if each), default=None),
        language=(language_name(code) if code else None) or book.language,
        publisher=book.publisher,
        published=day_in(book.publishedDate),
        published_year=year_in(book.publishedDate),
        is_audio=False,
        popularity=book.ratingsCount or 0,
        description=clean_description(book.description),
        genres=_genres(book.categories),
        cover=_cover(book.imageLinks),
    )


def _cover(pictures: Pictures | None) -> str | None:
    """The largest picture: a listed one, else the address of the largest size by the address of a small one.

    The addresses are listed with http, with a folded corner, and with a number for the size (`zoom=0` is the largest).
    """
    if pictures is None:
        return None
    listed = pictures.extraLarge or pictures.large or pictures.medium
    address = listed or pictures.small or pictures.thumbnail or pictures.smallThumbnail or ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if not parts.netloc:
        return None
    dropped = {"edge"} if listed else {"edge", "zoom"}
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in dropped]
    query += [] if listed else [("zoom", "0")]
    scheme = "https" if parts.netloc.endswith("google.com") else parts.scheme
    return parts._replace(scheme=scheme, query=urlencode(query)).geturl()


def _places(listed: SeriesDetails | None, names: Mapping[str, str]) -> list[SeriesPlace]:
    """The series with a known name. The printed number belongs to the only series of a volume, if there is only one."""
    ids = [each.seriesId for each in listed.volumeSeries if each.seriesId] if listed else []
    number = normalise(listed.bookDisplayNumber) if listed and len(ids) == 1 else None
    return [SeriesPlace(name=names[each], sequence=number) for each in ids if each in names]


def _genres(categories: Iterable[str | None]) -> list[str]:
    """The last step of each category: "Fiction / Fantasy / General" is Fantasy."""
    found: dict[str, None] = {}
    for each in categories:
        steps = [step.strip() for step in (each or "").split(" / ") if step.strip() not in ("", "General")]
        found |= {step: None for step in steps[-1:]}
    return list(found)[:MAX_GENRES]
