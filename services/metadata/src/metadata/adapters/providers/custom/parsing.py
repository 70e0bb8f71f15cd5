"""Converts the matches of a custom provider to catalogue entries."""

import re
from hashlib import sha256

from shared.books.series.sequence import normalise
from shared.books.text.identifiers import asin, isbn13
from shared.books.text.names import split_people
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

from metadata.adapters.providers.custom.presets import Preset
from metadata.adapters.providers.custom.schema import Match
from metadata.domain.description_text import clean_description

MAX_MATCHES, MAX_GENRES = 50, 10
LONGEST_MINUTES = 20_000
"""A longer duration is not in minutes."""
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")


def works(source: str, preset: Preset, matches: list[Match]) -> list[CataloguedWork]:
    """The first fifty books. All have a title."""
    return [_entry(source, preset, each) for each in matches[:MAX_MATCHES]]


def _entry(source: str, preset: Preset, match: Match) -> CataloguedWork:
    year = _YEAR.search(match.publishedYear or "")
    minutes = match.duration if match.duration and 0 < match.duration <= LONGEST_MINUTES else None
    narrators = list(split_people(match.narrator or ""))
    return CataloguedWork(
        id=f"{source}:{_id(match)}",
        provider=source,
        title=match.title or "",
        subtitle=match.subtitle,
        authors=list(split_people(match.author or "")),
        narrators=narrators,
        series=_places(match),
        isbn=isbn13(match.isbn),
        asin=asin(match.asin),
        language=match.language,
        publisher=match.publisher,
        published_year=int(year[0]) if year else None,
        duration_minutes=minutes,
        is_audio=True if preset.audio is None and (narrators or minutes) else preset.audio,
        description=clean_description(match.description),
        genres=list(dict.fromkeys(each for each in match.genres if each))[:MAX_GENRES],
        cover=match.cover,
    )


def _places(match: Match) -> list[SeriesPlace]:
    """The series. A position that is not a number is left out, because the name of the series is still right."""
    return [SeriesPlace(name=each.series, sequence=normalise(each.sequence)) for each in match.series if each.series]


def _id(match: Match) -> str:
    """The protocol has no id: an identifier of the edition, else a fingerprint of what names it."""
    named = asin(match.asin) or isbn13(match.isbn)
    if named:
        return named
    texts = (match.title, match.subtitle, match.author, match.narrator, match.publisher, match.publishedYear)
    return sha256("\n".join(text or "" for text in (*texts, str(match.duration))).encode()).hexdigest()[:24]
