"""Converts Goodreads' suggestions to catalogue entries."""

import re
from collections.abc import Iterable

from shared.books.series.sequence import is_range, normalise
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

from metadata.adapters.providers.goodreads.schema import Suggestion
from metadata.domain.description_text import clean_description

SOURCE = "GOODREADS"
_LONGEST_TITLE = 500
_SERIES = re.compile(r"\s*\((?P<series>[^()]*#[^()]*)\)\s*$")
_PLACE = re.compile(r"^(?P<name>.+?),?\s+#\s*(?P<sequence>\d[\d.]*(?:\s*-\s*\d[\d.]*)?)$")


def works(suggestions: Iterable[Suggestion]) -> list[CataloguedWork]:
    """One entry for each suggestion that names a book. It says nothing about a recording, so it is no audiobook."""
    return [_entry(each) for each in suggestions if names_book(each)]


def names_book(suggestion: Suggestion) -> bool:
    """Whether the suggestion has an id, a title and an author."""
    return bool(suggestion.bookId and suggestion.title and suggestion.author and suggestion.author.name)


def _entry(book: Suggestion) -> CataloguedWork:
    title = (book.title or "")[:_LONGEST_TITLE]
    places = _places(title)
    whole = book.description.html if book.description and not book.description.truncated else None
    return CataloguedWork(
        id=f"{SOURCE}:{book.bookId}",
        provider=SOURCE,
        title=book.bookTitleBare or _SERIES.sub("", title) or title,
        authors=[book.author.name] if book.author and book.author.name else [],
        series=places,
        is_audio=False,
        compilation=True if any(is_range(each.sequence) for each in places) else None,
        popularity=max(0, book.ratingsCount or 0),
        description=clean_description(whole),
    )


def _places(title: str) -> list[SeriesPlace]:
    """The series in the last brackets: "(Tide Wardens, #2; Harbour Tales, #5)"."""
    found = _SERIES.search(title)
    parts = [each.strip() for each in found["series"].split(";")] if found else []
    read = [_PLACE.match(part) for part in parts]
    return [
        SeriesPlace(name=each["name"], sequence=normalise(each["sequence"].replace(" ", ""))) for each in read if each
    ]
