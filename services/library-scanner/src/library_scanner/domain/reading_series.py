"""The series of a book: as Audiobookshelf has it, completed by what title, subtitle and folder say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.books.catalogue_works import same_series, series_key
from shared.books.no_title import is_no_series
from shared.books.sequence import normalise
from shared.books.series_folders import leading_place
from shared.books.series_reading import SURE_ENOUGH, SeriesReading, every_reading
from shared.contracts.values import SeriesPlace

from library_scanner.domain.item import Item


@dataclass(frozen=True, slots=True)
class SeriesFound:
    """The series of a book; `evidence` says in words what its texts gave, None when Audiobookshelf gave all."""

    places: tuple[SeriesPlace, ...]
    evidence: str | None = None


def series_of(item: Item) -> SeriesFound:
    """The series Audiobookshelf gives, each with a place that the texts say; else the surest one that the texts name.

    A number that may belong to the title is a place only in a series that Audiobookshelf names. "N/A" is no series.
    """
    item = replace(item, series=tuple(place for place in item.series if not is_no_series(place.name)))
    author = item.authors[0] if item.authors else None
    readings = every_reading(item.title, item.subtitle, author, item.path)
    if item.series:
        return _with_places(item, readings)
    sure = [one for one in readings if one.confidence >= SURE_ENOUGH and not one.guessed]
    if not sure:
        return SeriesFound(())
    return SeriesFound((SeriesPlace(name=sure[0].name, sequence=sure[0].sequence),), _words(sure[0]))


def _with_places(item: Item, readings: Sequence[SeriesReading]) -> SeriesFound:
    places, words = [], []
    for place in item.series:
        sequence, evidence = (place.sequence, None) if place.sequence else _place_in(place.name, item, readings)
        places.append(SeriesPlace(name=place.name, sequence=sequence))
        words += [evidence] if evidence else []
    return SeriesFound(tuple(places), "; ".join(words) or None)


def _place_in(name: str, item: Item, readings: Sequence[SeriesReading]) -> tuple[str | None, str | None]:
    """The place that the texts give in a series, and the words that say it; a folder's own number when it is the only
    series of the book."""
    for one in readings:
        if one.sequence and same_series(series_key(one.name), series_key(name)):
            return one.sequence, _words(one)
    number = leading_place(item.path) if len(item.series) == 1 else None
    return number, f"the folder begins with {number}, place {number} in “{name}”" if number else None


def _words(one: SeriesReading) -> str:
    words = "; ".join(f"{reason.rule}: {reason.words}" for reason in one.evidence)
    return f"{words} (confidence {one.confidence:g})"


def place_of(sequence: str | None) -> str | None:
    """A sequence as it is compared: "01" and "Book 1" are "1"; None when it is no place."""
    return normalise(sequence, words=True) or normalise((sequence or "").lower().removeprefix("book "))
