"""Whether names and tags of audio files clearly name another book than the expected one.

Such names are poor evidence: a narrator may be in place of the author, a series or a chapter in place of the title, a
publisher anywhere, and a name may be spelled in another language. So a text counts against the book only if it names
both a person and a title, and contains no title, series, author or narrator of the book. Other texts prove nothing.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from rapidfuzz import fuzz

from shared.books.records import record
from shared.books.releases.words import AUDIO_FORMATS, HARMLESS_WORDS
from shared.books.series.names import clean_name
from shared.books.text.marks import strip_marks
from shared.books.text.names import Person, people, person, same_name
from shared.books.text.number_words import ROMAN_NUMERALS, WORD_NUMBERS
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import LONGEST_TITLE, fold, main_title, without_article
from shared.books.text.word_table import word_set

TITLE_LIKENESS = 75.0
"""The share of a title's letters (0-100) that a text must contain to name the title, as in `releases.judging`."""
MAYBE_ONE_SURNAME = 55.0
"""The lowest letter ratio (0-100) of one surname in two languages: "Dostoevsky" and "Dostojewski"."""
_SHORTEST_OTHER = 4
_ONE_TITLE = 85.0
_SHORTEST_LIKE = 5
"""The fewest letters of a title that may be misspelt. A shorter title must occur as a word."""
_PARTS_OF_BOOKS = word_set(
    """
    chapter chapters kapitel chapitre capitulo capitolo part parts teil partie parte tome tomo band prologue prolog
    epilogue epilog introduction intro outro foreword preface afterword interlude credits opening closing end begin
    track tracks titel disc disk cd dvd side file folge act scene section appendix acknowledgments dedication one two
    three contents sample
    """
)
_NOT_PEOPLE = word_set(
    """
    unknown various artist artists author authors album untitled none null n a na full cast multiple anonymous
    performed presents presented press publishing publisher publishers publications production productions studio
    studios media radio drama theatre theater entertainment recordings recorded records house penguin random brilliance
    audible librivox bbc graphic graphicaudio naxos hachette macmillan blackstone podium tantor harper simon schuster
    originals original www com net org ripped rip ripper encoded converted uploaded my new the of and in to for from
    with at on or der die das und von den le la les et el los las y il lo library collection collections folder audio
    digital download downloads output final copy temp tmp speech spoken genre general fiction nonfiction
    """
)
_FAMILY_PARTICLES = word_set("de la le du des da del della di van von der den ten ter el al bin ibn mac st")
_BRACKETS = re.compile(r"[\[({][^\[\](){}]{0,120}[\])}]")
_ADDRESS = re.compile(r"\b(?:https?://\S+|www\.\S+|\S+\.(?:com|net|org|nl|to|io|me)\b)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+[-–—~|]+\s+|\s*[/\\;:]\s+|\s+(?:by|von|par|por|di|door|av)\s+(?=[A-ZÀ-Þ])")
_READ_BY = re.compile(
    r"\b(?:read|narrated|performed|voiced|spoken|told|gelesen|gesprochen|lue?|leido|letto|voorgelezen)\s+"
    r"(?:by|von|par|por|da|door)\b[^\[\](){};|/]*?(?=\s+[-–—]\s|[;|/]|$)",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[a-z]")


@record
class Expected:
    """The expected book: every title, author, narrator and series that the names of its files may contain.

    `other_titles` are titles of other books by the same author or in the same series. They may include its own titles.
    """

    titles: tuple[str, ...]
    authors: tuple[str, ...]
    narrators: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    other_titles: tuple[str, ...] = ()


class ExpectedNames:
    """An expected book, prepared once to check many names."""

    def __init__(self, expected: Expected) -> None:
        self._expected = expected

    def other_book_in(self, name: str) -> str | None:
        """The other book in the name of a file or folder ("Author - Title", "Title by Author"), or None."""
        segments = _segments(name)
        if len(segments) < 2 or self._is_named(name):
            return None
        for who in segments:
            titles = [segment for segment in segments if segment is not who and _is_title(segment)]
            if titles and self._is_stranger(who):
                return f"“{' - '.join(titles)}” by {who}"
        return None

    def other_book_in_tags(self, title: str, persons: Sequence[str]) -> str | None:
        """The other book that a title or album tag and the tags with people name together, or None."""
        named = [one for text in persons for one in re.split(r"\s*[;/&]\s*|,\s+(?=\S+\s)", text[:LONGEST_TITLE]) if one]
        clean = " ".join(_segments(title))
        if not clean or not _is_title(clean) or any(self._is_named(text) for text in (title, *persons)):
            return None
        strangers = [one for one in named if self._is_stranger(one)]
        return f"“{clean}” by {strangers[0]}" if strangers and len(strangers) == len(named) else None

    def other_title_in(self, names: Iterable[str], album: str) -> str | None:
        """The other title on which the album and one of the names agree, by any author, or None.

        None if a name contains a title of the book. An album with the name of a series or a person proves nothing.
        """
        all_names = list(names)
        title = " ".join(_segments(album))
        plain = _plain(title)
        if len(plain.replace(" ", "")) < _SHORTEST_LIKE or not _is_title(title) or _has_number(_plain(album)):
            return None
        if self._is_named(album) or any(self.contains_title(name) or not self._compares(name) for name in all_names):
            return None
        return f"“{title}”" if any(f" {plain} " in f" {_plain(name)} " for name in all_names) else None

    def other_known_book_in(self, name: str) -> str | None:
        """The other book of the same author or series whose title is a part of a name ("Author - Title"), or None.

        A name with a number as a part proves nothing, because a series often has the name of its first book.
        """
        parts = _parts(name)
        if self.contains_title(name) or not self._compares(name) or any(_is_number(fold(part)) for part in parts):
            return None
        found = (part for part in parts if one_spelling(without_article(fold(part))) in self._others)
        part = next(found, None)
        return f"“{part}”, another book of that author or series" if part else None

    def contains_title(self, text: str) -> bool:
        """Whether a text contains a title of the book, even misspelt."""
        return _holds(self._titles, text)

    @cached_property
    def _others(self) -> frozenset[str]:
        """The titles of other books, except those that are a series name or a part of the book's own title."""
        mine = self._titles + self._series
        others = _spelled([main_title(_BRACKETS.sub(" ", strip_marks(title))) for title in self._expected.other_titles])
        long_enough = (one for one in others if len(one.replace(" ", "")) >= _SHORTEST_OTHER)
        return frozenset(one for one in long_enough if not any(_is_within(one, own) for own in mine))

    @cached_property
    def _titles(self) -> list[str]:
        titles = self._expected.titles
        return _spelled([*titles, *(main_title(title) for title in titles)])

    @cached_property
    def _series(self) -> list[str]:
        return _spelled([name for series in self._expected.series for name in (series, clean_name(series))])

    @cached_property
    def _people(self) -> tuple[Person, ...]:
        return people((*self._expected.authors, *self._expected.narrators))

    @cached_property
    def _letters(self) -> str:
        return " ".join((*self._expected.titles, *self._expected.authors))

    def _is_named(self, text: str) -> bool:
        """Whether the text contains anything of the book, or cannot be compared with it."""
        names = self._titles + self._series
        return not self._compares(text) or _holds(names, text) or self._holds_person(text)

    def _compares(self, text: str) -> bool:
        """Whether both are in Latin letters. Names in different scripts cannot be compared."""
        return _is_latin(text) and _is_latin(self._letters)

    def _holds_person(self, text: str) -> bool:
        words = _plain(text).split()
        surnames = {word for one in self._people for word in one.surname.split() if len(word) > 2}
        return any(_is_near(word, surname) for surname in surnames for word in words)

    def _is_stranger(self, name: str) -> bool:
        """Whether it looks like a person's name, and like none of the book's authors and narrators."""
        if not _is_person(name) or not self._people:
            return False
        return not any(_may_be_one(person(name), mine) for mine in self._people)


def _may_be_one(one: Person, other: Person) -> bool:
    """Whether two names may be one person, even in two languages ("Lew Tolstoi" and "Leo Tolstoy")."""
    if same_name(one, other) or not one.surname or not other.surname:
        return True
    return fuzz.ratio(one.surname, other.surname) >= MAYBE_ONE_SURNAME


def _is_within(title: str, own: str) -> bool:
    """Whether a title is contained in another one, or is a misspelling of it."""
    return f" {title} " in f" {own} " or fuzz.ratio(title, own) >= _ONE_TITLE


def _is_near(word: str, surname: str) -> bool:
    """Whether a word is a surname, or a misspelling of it if it has at least five letters."""
    shorter = min(len(word), len(surname))
    return word == surname or (shorter >= 5 and fuzz.ratio(word, surname) >= (70.0 if shorter >= 8 else 80.0))


def _segments(name: str) -> list[str]:
    """The parts of a name without numbers and format marks."""
    parts = (" ".join(word for word in part.split() if not _is_number_or_format(word)) for part in _parts(name))
    return [part.strip(" ,.-") for part in parts if fold(part)]


def _parts(name: str) -> list[str]:
    """The parts of a name between dashes, without brackets and addresses. Without spaces, dots count as spaces."""
    text = _ADDRESS.sub(" ", _BRACKETS.sub(" ", name[:LONGEST_TITLE])).replace("_", " ")
    text = _READ_BY.sub(" ", text)
    if " " not in text.strip():
        text = text.replace("-", " - ").replace(".", " ")
    return [part.strip() for part in _BETWEEN.split(text) if fold(part)]


def _plain(text: str) -> str:
    return fold(_ADDRESS.sub(" ", text[:LONGEST_TITLE]).replace("_", " "))


def _is_number_or_format(word: str) -> bool:
    plain = fold(word)
    return not plain or _is_number(plain) or plain in AUDIO_FORMATS or bool(re.fullmatch(r"\d+ ?kbps|\d+k", plain))


def _is_number(word: str) -> bool:
    return word.isdigit() or (word in ROMAN_NUMERALS and word != "i")


def _has_number(plain: str) -> bool:
    return any(word.isdigit() or word in WORD_NUMBERS for word in plain.split())


def _is_title(text: str) -> bool:
    """Whether it contains more than the part of a book, a format, or a publisher."""
    words = fold(text).split()
    significant = [
        word for word in words if word not in HARMLESS_WORDS | _PARTS_OF_BOOKS | _NOT_PEOPLE and not _is_number(word)
    ]
    numbered_part = any(word in _PARTS_OF_BOOKS for word in words)
    return not numbered_part and any(len(word) > 2 and _LATIN.search(word) for word in significant)


def _is_person(text: str) -> bool:
    """Whether it looks like a person's name: two to four words or initials, each with a capital letter."""
    words = text.replace(",", " ").replace(".", ". ").split()
    if not 2 <= len(words) <= 4 or any(char.isdigit() for char in text):
        return False
    names = [word for word in words if fold(word) not in _FAMILY_PARTICLES]
    strange = HARMLESS_WORDS | _PARTS_OF_BOOKS | _NOT_PEOPLE
    whole = any(len(fold(word)) > 2 for word in names)
    return whole and all(word[:1].isupper() and (len(fold(word)) == 1 or fold(word) not in strange) for word in names)


def _spelled(texts: Iterable[str]) -> list[str]:
    """Titles or series, folded, in one spelling and without their article."""
    return list(dict.fromkeys(one_spelling(without_article(fold(text))) for text in texts if fold(text)))


def _holds(names: Iterable[str], text: str) -> bool:
    """Whether a text contains one of the titles or series: exact, in another word order, or misspelt."""
    plain = one_spelling(_plain(text))
    words, letters = set(plain.split()), plain.replace(" ", "")
    for name in names:
        joined = name.replace(" ", "")
        if f" {name} " in f" {plain} " or set(name.split()) <= words:
            return True
        long_enough = min(len(joined), len(letters)) >= max(_SHORTEST_LIKE, len(joined) // 2)
        if long_enough and fuzz.partial_ratio(joined, letters) >= TITLE_LIKENESS:
            return True
    return False


def _is_latin(text: str) -> bool:
    letters = [char for char in fold(text) if char.isalpha()]
    return sum("a" <= char <= "z" for char in letters) * 2 >= len(letters)
