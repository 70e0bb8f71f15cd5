"""The description of a book from any source: the input of every comparison."""

from datetime import date

from shared.books.pickling import PickledByFields
from shared.books.records import record


@record
class SeriesPlace(PickledByFields):
    """A series and a place in it. `sequence` is a decimal string ("1", "2.5", "0"), a range ("1-3"), or None."""

    name: str
    sequence: str | None = None


@record
class BookDescription(PickledByFields):
    """A description of a book: an owned item, a catalogue entry, a wanted book or a release.

    Every field may be wrong, messy or absent. An absent field is `None` or empty, never a guess. `path` is relative to
    the library folder and ends at the book's folder. `language` is a name or code as the source gave it.
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


@record
class Reason:
    """One reason for an answer.

    `rule` is the name of the rule. `words` explains to a user what was found and what was expected. A positive
    `weight` supports the answer, a negative one opposes it.
    """

    rule: str
    words: str
    weight: float = 0.0
