"""The series of a book from Audiobookshelf, completed from title, subtitle and folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.books.gaps.works import same_series, series_key
from shared.books.series.folders import leading_place
from shared.books.series.reading import SURE_ENOUGH, every_reading
from shared.books.series.readings import SeriesReading
from shared.books.series.sequence import normalise
from shared.books.text.missing_titles import is_no_series
from shared.contracts.values import SeriesPlace


@dataclass(frozen=True, slots=True)
class SeriesFound:
    """The series of a book. `evidence` describes what its texts added, and is None if all comes from Audiobookshelf."""

    places: tuple[SeriesPlace, ...]
    evidence: str | None = None


class Texts(Protocol):
    """The texts from which the series of a book is read; `series` comes from Audiobookshelf."""

    @property
    def title(self) -> str: ...
    @property
    def subtitle(self) -> str | None: ...
    @property
    def authors(self) -> tuple[str, ...]: ...
    @property
    def path(self) -> str: ...
    @property
    def series(self) -> tuple[SeriesPlace, ...]: ...


def series_of(item: Texts) -> SeriesFound:
    """Return the series from Audiobookshelf, with positions from the texts, or else the most certain one in the texts.

    A number that may belong to the title is a position only in a series from Audiobookshelf. "N/A" is no series.
    """
    return series_among(item, _readings_of(item))


def series_among(item: Texts, readings: Sequence[SeriesReading]) -> SeriesFound:
    """Like `series_of`, with given readings, some of which siblings may have confirmed."""
    named = named_series(item.series)
    if named and all(place.sequence for place in named):
        return SeriesFound(named)
    if named:
        return _with_places(item, named, [*readings, *_readings_of(item)])
    sure = [one for one in readings if one.confidence >= SURE_ENOUGH and not one.guessed]
    if not sure:
        return SeriesFound(())
    return SeriesFound((SeriesPlace(name=sure[0].name, sequence=sure[0].sequence),), _text_of(sure[0]))


def named_series(series: Sequence[SeriesPlace]) -> tuple[SeriesPlace, ...]:
    """Return the series without placeholder names such as "N/A"."""
    return tuple(place for place in series if not is_no_series(place.name))


def _readings_of(item: Texts) -> list[SeriesReading]:
    return every_reading(item.title, item.subtitle, item.authors[0] if item.authors else None, item.path)


def _with_places(item: Texts, named: Sequence[SeriesPlace], readings: Sequence[SeriesReading]) -> SeriesFound:
    own = leading_place(item.path) if len(named) == 1 else None
    places, words = [], []
    for place in named:
        sequence, evidence = (place.sequence, None) if place.sequence else _place_in(place.name, own, readings)
        places.append(SeriesPlace(name=place.name, sequence=sequence))
        words += [evidence] if evidence else []
    return SeriesFound(tuple(places), "; ".join(words) or None)


def _place_in(name: str, own: str | None, readings: Sequence[SeriesReading]) -> tuple[str | None, str | None]:
    """The position in a series from the texts, else the folder's `own` number, and the evidence."""
    for one in readings:
        if one.sequence and same_series(series_key(one.name), series_key(name)):
            return one.sequence, _text_of(one)
    return own, f"the folder name begins with {own}: position {own} in “{name}”" if own else None


def _text_of(one: SeriesReading) -> str:
    words = "; ".join(f"{reason.rule}: {reason.words}" for reason in one.evidence)
    return f"{words} (confidence {one.confidence:g})"


def place_of(sequence: str | None) -> str | None:
    """Return the normalised sequence: "1" for "01" and "Book 1"; None if it is not a position."""
    return normalise(sequence, words=True) or normalise((sequence or "").lower().removeprefix("book "))
