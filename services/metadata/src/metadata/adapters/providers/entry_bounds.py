"""Bounds what a provider returned before it is used and cached: sizes, plausible numbers, and printable text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from shared.books.text.identifiers import isbn13
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

from metadata.domain.catalogue import AuthorName, Chapter, Found, ListedAuthor

MAX_WORKS = 3_000
MAX_TITLE, MAX_NAME, MAX_GENRE, MAX_IDENTIFIER = 500, 200, 100, 100
"""Characters. A longer text is not a title, a name, a genre or an identifier, so it is left out."""
MAX_ADDRESS = 500
"""Characters. A longer address is left out."""
MAX_DESCRIPTION = 20_000
"""Characters. A longer description is cut."""
MAX_PEOPLE, MAX_SERIES, MAX_GENRES, MAX_CHAPTERS, MAX_SIMILAR = 50, 20, 30, 2_000, 50
FIRST_YEAR, LAST_YEAR = 1000, 2100
"""Outside these years a date is a placeholder: Audible lists books without a date for the year 2200."""
MAX_MINUTES = 60 * 24 * 60
MAX_POPULARITY = 10**12
_ADDRESS = re.compile(r"https?://[^\s/]+/\S*", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def bounded(found: Found) -> Found:
    """The answer without what exceeds the bounds.

    An entry without an id or a title is left out. If one chapter exceeds them, all are left out, because the others
    are an incomplete list.
    """
    works = [each for each in map(_bounded_work, found.works[:MAX_WORKS]) if each]
    cut = found.cut
    if len(found.works) > MAX_WORKS:
        cut = cut or f"only the first {MAX_WORKS} of {len(found.works)} entries were read"
    chapters = found.chapters if len(found.chapters) <= MAX_CHAPTERS and all(map(_is_bounded, found.chapters)) else []
    author = _bounded_author(found.author) if found.author else None
    return replace(found, works=works, cut=cut, chapters=chapters, author=author)


def _bounded_author(author: ListedAuthor) -> ListedAuthor | None:
    name, identifier = _short(author.name, MAX_NAME), _short(author.asin, MAX_IDENTIFIER)
    if not name or not identifier:
        return None
    similar = {
        each_name: AuthorName(each_name, _short(each.asin, MAX_IDENTIFIER))
        for each in author.similar[:MAX_SIMILAR]
        if (each_name := _short(each.name, MAX_NAME))
    }
    return ListedAuthor(name, identifier, list(similar.values()))


def _bounded_work(work: CataloguedWork) -> CataloguedWork | None:
    title, entry_id = _short(work.title, MAX_TITLE), _short(work.id, MAX_IDENTIFIER)
    if not title or not entry_id:
        return None
    published = work.published if work.published and FIRST_YEAR <= work.published.year <= LAST_YEAR else None
    year = work.published_year
    return work.model_copy(
        update={
            "id": entry_id,
            "title": title,
            "other_titles": _all_short(work.other_titles, MAX_TITLE, MAX_PEOPLE),
            "subtitle": _short(work.subtitle, MAX_TITLE),
            "authors": _all_short(work.authors, MAX_NAME, MAX_PEOPLE),
            "narrators": _all_short(work.narrators, MAX_NAME, MAX_PEOPLE),
            "series": [each for each in map(_bounded_place, work.series[:MAX_SERIES]) if each],
            "isbn": isbn13(work.isbn),
            "asin": _short(work.asin, MAX_IDENTIFIER),
            "language": _short(work.language, MAX_NAME),
            "publisher": _short(work.publisher, MAX_NAME),
            "published": published,
            "published_year": year if year and FIRST_YEAR <= year <= LAST_YEAR else None,
            "duration_minutes": _positive(work.duration_minutes, MAX_MINUTES),
            "popularity": min(max(work.popularity, 0), MAX_POPULARITY),
            "description": _cut(work.description),
            "genres": _all_short(work.genres, MAX_GENRE, MAX_GENRES),
            "cover": _address(work.cover),
        }
    )


def _bounded_place(place: SeriesPlace) -> SeriesPlace | None:
    name = _short(place.name, MAX_TITLE)
    return place.model_copy(update={"name": name, "sequence": _short(place.sequence, MAX_NAME)}) if name else None


def _is_bounded(chapter: Chapter) -> bool:
    longest = MAX_MINUTES * 60_000
    has_title = 0 < len(chapter.title) <= MAX_TITLE and not _CONTROL.search(chapter.title)
    return has_title and 0 <= chapter.start_ms <= longest and 0 <= chapter.length_ms <= longest


def _short(text: str | None, longest: int) -> str | None:
    """The text without control characters; None if it is empty or too long."""
    printable = _CONTROL.sub("", text or "").strip()
    return printable if 0 < len(printable) <= longest else None


def _address(text: str | None) -> str | None:
    """An http or https address; None if it is anything else, such as a path or a picture in the text itself."""
    address = _short(text, MAX_ADDRESS)
    return address if address and _ADDRESS.fullmatch(address) else None


def _all_short(texts: Sequence[str], longest: int, most: int) -> list[str]:
    found: Iterable[str | None] = (_short(each, longest) for each in texts[:most])
    return [each for each in found if each]


def _cut(text: str | None) -> str | None:
    printable = _CONTROL.sub("", text or "").strip()
    if len(printable) <= MAX_DESCRIPTION:
        return printable or None
    beginning = printable[:MAX_DESCRIPTION]
    return f"{beginning.rpartition(' ')[0] or beginning} …"


def _positive(number: int | None, most: int) -> int | None:
    return number if number is not None and 0 < number <= most else None
