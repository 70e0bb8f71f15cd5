"""Converts Hardcover's books and editions to catalogue entries."""

from collections.abc import Iterable
from typing import Any

from shared.books.series.sequence import is_range, normalise
from shared.books.text.identifiers import asin, isbn13
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

from metadata.adapters.providers.hardcover.schema import Book, Contribution, Edition, Membership
from metadata.domain.description_text import clean_description

SOURCE = "HARDCOVER"
AUDIO = (2, 3)
MAX_GENRES = 5
MAX_TITLES = 5


def works(books: Iterable[Book]) -> list[CataloguedWork]:
    """One entry for each book, with its main audio edition if there is one."""
    return [_entry(book, _main(book)) for book in books if book.title]


def editions(books: Iterable[Book]) -> list[CataloguedWork]:
    """One entry for each edition, to examine a book closely; one for a book without editions."""
    found: list[CataloguedWork] = []
    for book in books:
        found_editions = {each.id: each for each in (book.default_audio_edition, *book.editions) if each}
        found += [_entry(book, each) for each in found_editions.values() or [None]] if book.title else []
    return found


def identifiers_of(book: Book) -> set[str | None]:
    """The ASINs and ISBNs (13 digits) of the book's editions."""
    listed = [each for each in (book.default_audio_edition, *book.editions) if each]
    return {form for each in listed for form in (asin(each.asin), isbn13(each.isbn_13), isbn13(each.isbn_10))}


def series_of(book: Book) -> list[tuple[int, str]]:
    """Id and name of the book's series."""
    return [(each.series.id, each.series.name) for each in book.book_series if each.series and each.series.name]


def _main(book: Book) -> Edition | None:
    audio = [each for each in book.editions if each.reading_format_id in AUDIO]
    return book.default_audio_edition or (audio[0] if audio else None)


def _entry(book: Book, edition: Edition | None) -> CataloguedWork:
    published = (edition.release_date if edition else None) or book.release_date
    source = edition or Edition(id=0)
    seconds = source.audio_seconds or (
        book.audio_seconds if edition and edition == book.default_audio_edition else None
    )
    return CataloguedWork(
        id=f"{SOURCE}:{book.id}" + (f"/{edition.id}" if edition else ""),
        provider=SOURCE,
        title=book.title or "",
        other_titles=_other_titles(book, source),
        subtitle=book.subtitle,
        authors=_people(book.contributions, "author") or _people(source.contributions, "author"),
        narrators=_people(source.contributions, "narrator") or _people(book.contributions, "narrator"),
        series=[place for place in map(_place, book.book_series) if place],
        isbn=isbn13(source.isbn_13) or isbn13(source.isbn_10),
        asin=asin(source.asin),
        language=source.language.language if source.language else None,
        publisher=source.publisher.name if source.publisher else None,
        published=published,
        published_year=_year(book, edition),
        duration_minutes=round(seconds / 60) if seconds else None,
        is_audio=_is_audio(book, edition),
        compilation=book.compilation or None,
        popularity=book.users_count or 0,
        description=clean_description(book.description),
        genres=_genres(book.cached_tags),
        cover=_cover(source.cached_image) or _cover(book.cached_image),
    )


def _cover(image: Any) -> str | None:
    """The address in {"url": …}; null, {} and other values have none."""
    address = image.get("url") if isinstance(image, dict) else None
    return address if isinstance(address, str) else None


def _year(book: Book, edition: Edition | None) -> int | None:
    """The year of the edition. That of the book is its first publication, so it is not the year of a recording."""
    dated = edition.release_date if edition else None
    if dated is None and not _is_audio(book, edition):
        dated = book.release_date
    return dated.year if dated else None


def _other_titles(book: Book, edition: Edition) -> list[str]:
    """Titles of editions in the same language, such as those of another country."""
    language = edition.language.language if edition.language else None
    listed = [each for each in (book.default_audio_edition, *book.editions) if each]
    same = [each for each in listed if language is None or each.language is None or each.language.language == language]
    return list(dict.fromkeys(each.title for each in same if each.title and each.title != book.title))[:MAX_TITLES]


def _is_audio(book: Book, edition: Edition | None) -> bool:
    if edition is not None:
        return edition.reading_format_id in AUDIO or edition == book.default_audio_edition
    return False


def _people(contributions: Iterable[Contribution], role: str) -> list[str]:
    names = (
        each.author.name
        for each in contributions
        if each.author and (each.contribution or "author").strip().lower() == role
    )
    return list(dict.fromkeys(name for name in names if name))


def _place(membership: Membership) -> SeriesPlace | None:
    """The position: the text if it is a range, else the number."""
    if membership.series is None or not membership.series.name:
        return None
    details = normalise(membership.details)
    number = None if membership.position is None else normalise(f"{membership.position:.2f}")
    return SeriesPlace(name=membership.series.name, sequence=details if is_range(details) else number or details)


def _genres(tags: Any) -> list[str]:
    """The most frequent genre tags, from {"Genre": [{"tag": …}]}."""
    genres = tags.get("Genre") if isinstance(tags, dict) else None
    names = [each.get("tag") for each in genres if isinstance(each, dict)] if isinstance(genres, list) else []
    return [str(name) for name in names if name][:MAX_GENRES]
