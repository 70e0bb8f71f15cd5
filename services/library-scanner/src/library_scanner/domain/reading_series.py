"""The series of a book: as Audiobookshelf has it, else as read from title, subtitle and folder."""

from dataclasses import dataclass

from shared.books.sequence import normalise
from shared.books.series_reading import read_series
from shared.contracts.values import SeriesPlace

from library_scanner.domain.item import Item


@dataclass(frozen=True, slots=True)
class SeriesFound:
    """The series of a book; `evidence` says in words where they were read, None when Audiobookshelf gave them."""

    places: tuple[SeriesPlace, ...]
    evidence: str | None = None


def series_of(item: Item) -> SeriesFound:
    """The series Audiobookshelf gives, else the surest one that the book's texts name."""
    if item.series:
        return SeriesFound(item.series)
    author = item.authors[0] if item.authors else None
    readings = read_series(item.title, item.subtitle, author, item.path)
    if not readings:
        return SeriesFound(())
    surest = readings[0]
    words = "; ".join(f"{reason.rule}: {reason.words}" for reason in surest.evidence)
    evidence = f"{words} (confidence {surest.confidence:g})"
    return SeriesFound((SeriesPlace(name=surest.name, sequence=surest.sequence),), evidence)


def place_of(sequence: str | None) -> str | None:
    """A sequence as it is compared: "01" and "Book 1" are "1"; None when it is no place."""
    return normalise(sequence, words=True) or normalise((sequence or "").lower().removeprefix("book "))
