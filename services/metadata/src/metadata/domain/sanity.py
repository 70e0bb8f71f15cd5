"""Whether a provider's value makes sense for its field, and what is left of it without the provider's noise.

One rule for each field. A value that makes no sense is treated as if the provider had not given it.
"""

import html
import re
from collections.abc import Callable, Sequence

from shared.books.gaps.works import same_series, series_key
from shared.books.series.phrases import series_in_subtitle
from shared.books.text.identifiers import asin, isbn13
from shared.books.text.languages import language_code, language_name
from shared.books.text.marks import strip_marks
from shared.books.text.missing_titles import is_no_title
from shared.books.text.names import is_nobody, same_person
from shared.books.text.titles import fold
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.metadata.bibliographies import CataloguedWork

from metadata.domain.letter_case import without_shouting

EARLIEST_YEAR = 1400
"""No printed book is older. A smaller number is a wrong date or a number of another kind."""
FIRST_RECORDINGS = 1930
"""Audiobooks exist since the 1930s, so an earlier year is that of the first publication."""
LONGEST_TEXT = 500
MAX_NAMES = 50
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_COMPANY = frozenset(
    """
    audio audiobooks audible librivox publishing publishers publications studios productions media entertainment
    recordings verlag horverlag hoerverlag editions ediciones editorial inc ltd llc gmbh
    """.split()
)
"""Words of companies that are not surnames. "Press", "Books" and "House" may be surnames."""
_NO_GENRE = frozenset({"audiobook", "audiobooks", "audio book", "audio books", "general", "unknown", "n a", "none"})
_LONGEST_CODE = 3
"""Codes of ISO 639 have two or three letters."""
_PLACEHOLDER = re.compile(
    r"(?:(?:no|there is no|sorry,? no) (?:description|summary|synopsis|overview|blurb)\b.{0,60}"
    r"|(?:description|summary|synopsis) (?:is )?(?:not available|unavailable|missing|to follow|coming soon|tb[ac]|n/?a)"
    r"|(?:coming soon|to be announced|to be confirmed|not available|lorem ipsum\b.*|n/?a|tba|tbc|tbd|none|null"
    r"|undefined|unknown|test|description|summary|\W*))\W*",
    re.IGNORECASE | re.DOTALL,
)


class Sanity:
    """Judges the values of the entries for one book. `works` are all entries that are surely the book's work."""

    def __init__(self, book: Book, works: Sequence[CataloguedWork]) -> None:
        self._book = book
        self._works = works
        self._rules: dict[FieldName, Callable[[CataloguedWork, FieldValue], FieldValue]] = {
            "title": self._title,
            "subtitle": self._subtitle,
            "authors": self._authors,
            "narrators": _narrators,
            "publisher": _publisher,
            "published_year": self._year,
            "language": _language,
            "description": self._description,
            "genres": _genres,
            "asin": lambda _, value: asin(_string(value)),
            "isbn": lambda _, value: isbn13(_string(value)),
        }

    def sane(self, name: FieldName, entry: CataloguedWork, value: FieldValue) -> FieldValue:
        """The value without noise; None or an empty list if it makes no sense for the field."""
        rule = self._rules.get(name)
        return value if rule is None else rule(entry, value)

    def _title(self, _: CataloguedWork, value: FieldValue) -> str | None:
        """A title without "(Unabridged)" and other marks of releases, and not in capitals."""
        text = _text(value)
        stripped = without_shouting(strip_marks(text)) if text else None
        return None if is_no_title(stripped) else stripped

    def _subtitle(self, entry: CataloguedWork, value: FieldValue) -> str | None:
        """Not a mark of a release, not in the title already, and not the series, which has its own field."""
        text = _text(value)
        if text is None or not _says_something(text) or fold(text) in fold(self._book.title):
            return None
        stripped = strip_marks(text)
        return None if self._names_a_series(entry, stripped) else without_shouting(stripped)

    def _names_a_series(self, entry: CataloguedWork, subtitle: str) -> bool:
        known = [series_key(each.name) for each in (*entry.series, *self._book.series)]
        if any(same_series(series_key(subtitle), each) for each in known):
            return True
        return any(
            reading.sequence is not None or any(same_series(series_key(reading.name), each) for each in known)
            for reading in series_in_subtitle(subtitle)
        )

    def _authors(self, entry: CataloguedWork, value: FieldValue) -> list[str]:
        """People, and not the publisher; a narrator only if no other entry of the work contradicts."""
        names = [name for name in _people(value) if not _is_publisher(name, entry.publisher)]
        return [name for name in names if not self._only_narrates(name, entry)]

    def _only_narrates(self, name: str, entry: CataloguedWork) -> bool:
        """Whether the entry lists its narrator as an author, and the other entries of the work do not."""
        if not any(same_person(name, each) for each in entry.narrators):
            return False
        others = [each.authors for each in self._works if each.authors and each.witness != entry.witness]
        return bool(others) and not any(same_person(name, author) for authors in others for author in authors)

    def _year(self, _: CataloguedWork, value: FieldValue) -> str | None:
        """Not before books were printed, and not after the book was added to the library."""
        year = _string(value) or ""
        plausible = year.isdecimal() and EARLIEST_YEAR <= int(year) <= self._book.added_at.year
        return f"{int(year):04d}" if plausible else None

    def _description(self, entry: CataloguedWork, value: FieldValue) -> str | None:
        """Not a placeholder, and more than the title."""
        text = _string(value)
        plain = html.unescape(_TAG.sub(" ", text or "")).strip()
        if _PLACEHOLDER.fullmatch(plain[: 2 * LONGEST_TEXT]) or fold(plain) in (
            fold(self._book.title),
            fold(entry.title),
        ):
            return None
        return text


def is_first_publication(year: str) -> bool:
    """Whether a plausible year is before the first audiobooks, so that it cannot be the year of a recording."""
    return int(year) < FIRST_RECORDINGS


def _narrators(_: CataloguedWork, value: FieldValue) -> list[str]:
    return _people(value)


def _publisher(_: CataloguedWork, value: FieldValue) -> str | None:
    """Capitals are kept: many publishers are abbreviations."""
    text = _text(value)
    return None if text is None or is_nobody(text) else text


def _language(_: CataloguedWork, value: FieldValue) -> str | None:
    """A known language. A code becomes the name, because Audiobookshelf shows the text as it is."""
    text = _text(value)
    code = language_code(text)
    if text is None or code is None:
        return None
    return language_name(code) if len(text) <= _LONGEST_CODE or "-" in text or "_" in text else text


def _genres(_: CataloguedWork, value: FieldValue) -> list[str]:
    return [without_shouting(each) for each in _texts(value) if fold(each) not in _NO_GENRE]


def _people(value: FieldValue) -> list[str]:
    return [without_shouting(each) for each in _texts(value) if _says_something(each) and not is_nobody(each)]


def _is_publisher(name: str, publisher: str | None) -> bool:
    return fold(name) == fold(publisher) or not _COMPANY.isdisjoint(fold(name).split())


def _says_something(text: str) -> bool:
    """Whether anything is left without the marks of releases such as "Unabridged"."""
    folded = fold(strip_marks(text))
    return bool(folded) and folded not in ("unabridged", "abridged", "audiobook", "audio book", "a audiobook")


def _texts(value: FieldValue) -> list[str]:
    found = [_text(each) for each in value[:MAX_NAMES] if isinstance(each, str)] if isinstance(value, list) else []
    return list(dict.fromkeys(each for each in found if each))


def _text(value: object) -> str | None:
    """One line of text without markup; None if it is empty or too long for a name or a title."""
    text = _string(value) or ""
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", html.unescape(text)))
    text = " ".join(text.split())
    return text if text and len(text) <= LONGEST_TEXT and not _TAG.search(text) else None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
