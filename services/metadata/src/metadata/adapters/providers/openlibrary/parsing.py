"""Converts Open Library's works and editions to catalogue entries."""

from shared.books.text.identifiers import isbn13
from shared.books.text.languages import language_code, language_name
from shared.contracts.metadata.bibliographies import CataloguedWork

from metadata.adapters.providers.openlibrary.schema import Document, Edition
from metadata.adapters.providers.partial_dates import day_in, year_in
from metadata.domain.description_text import clean_description

SOURCE = "OPENLIBRARY"


def work(document: Document, description: str | None = None) -> CataloguedWork:
    """A work as a catalogue entry, with what is the same in all its editions.

    The subjects are left out: they mix genres with places, people and awards.
    """
    return CataloguedWork(
        id=f"{SOURCE}:{_id(document.key)}",
        provider=SOURCE,
        title=document.title or "",
        subtitle=document.subtitle,
        authors=list(dict.fromkeys(name for name in document.author_name if name)),
        isbn=isbn13(document.isbn[0]) if len(document.isbn) == 1 else None,
        language=_language(document.language[0]) if len(document.language) == 1 else None,
        published_year=year_in(document.first_publish_year),
        is_audio=False,
        popularity=document.edition_count or 0,
        description=clean_description(description),
    )


def isbns_of(edition: Edition) -> set[str | None]:
    """The ISBNs of an edition (13 digits)."""
    listed = edition.identifiers
    return {isbn13(each) for each in (*listed.isbn_13, *listed.isbn_10)} - {None}


def edition_entry(edition: Edition) -> CataloguedWork:
    """An edition as a catalogue entry. The form of most editions is unknown, so none counts as an audiobook."""
    return CataloguedWork(
        id=f"{SOURCE}:{_id(edition.key)}",
        provider=SOURCE,
        title=edition.title or "",
        subtitle=edition.subtitle,
        authors=list(dict.fromkeys(each.name for each in edition.authors if each.name)),
        isbn=min((each for each in isbns_of(edition) if each), default=None),
        publisher=next((each.name for each in edition.publishers if each.name), None),
        published=day_in(edition.publish_date),
        published_year=year_in(edition.publish_date),
        is_audio=False,
    )


def _id(key: str | None) -> str:
    """The last part of a key: "/works/OL18417W" is OL18417W."""
    return (key or "").rpartition("/")[2]


def _language(listed: str | None) -> str | None:
    """The English name of a language by its code of three letters."""
    code = language_code(listed)
    return (language_name(code) if code else None) or listed
