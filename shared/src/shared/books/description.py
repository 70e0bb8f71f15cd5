"""What somebody says about a book: the one input of every comparison, whoever says it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """A series and the place in it; `sequence` is a decimal string ("1", "2.5", "0"), a range ("1-3"), or unknown."""

    name: str
    sequence: str | None = None


@dataclass(frozen=True, slots=True)
class BookDescription:
    """A description of a book: an owned item, an entry of a catalogue, a wanted book or a release.

    Every field may be wrong, messy or absent; absent is `None` or empty, never a guess. `path` is relative to the
    library folder and ends at the book's folder. `language` is a name or code as its source gave it.
    """

    title: str
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    series: tuple[SeriesPlace, ...] = ()
    path: str | None = None
    isbn: str | None = None
    asin: str | None = None
    language: str | None = None
    published: date | None = None
    published_year: int | None = None
    duration_minutes: int | None = None
    abridged: bool | None = None
    dramatized: bool | None = None
    compilation: bool | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer is what it is.

    `rule` names it, `words` says it to a person with what was got and wanted, `weight` is its pull.

    A positive weight speaks for the answer, a negative one against it.
    """

    rule: str
    words: str
    weight: float = 0.0
