"""Compares names of authors and narrators: initials, "Last, First", honorifics, several names in one text."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from shared.books.pickling import PickledByFields
from shared.books.records import record
from shared.books.text.titles import REMEMBERED, fold
from shared.books.text.word_table import word_set

LONGEST_NAME = 120
MAX_PEOPLE = 20
CLOSE_SPELLING = 88.0
"""The lowest letter ratio (0-100) at which two names are spellings of one name: "Correy" and "Corey"."""

_HONORIFICS = word_set("jr sr ii iii iv phd md dr prof professor sir dame lord lady rev mr mrs ms")
_THE_ELDER = "pere"
"""The "père" after names of French authors. "fils" is not removed, because it marks another person."""
_PARTICLES = word_set("de la le du des da del della di van von der den ten ter el al bin ibn mac st")
_ROLES = re.compile(
    r"\s*(?:[-–(\[]\s*)?\b(?:author|editor|translator|narrator|illustrator|introduction|foreword|contributor|adaptor)s?\b[)\]]?.*",
    re.IGNORECASE,
)
_WRITING_AS = re.compile(
    r",? ?[(\[]? ?\b(?:(?:writing|written|publishing|published) as|pen name(?: of)?|pseudonym(?: of)?"
    r"|w/a|aka|a\.k\.a\.?|also known as|(?<=[(\[])as)\b:?\.? (?P<other>[^()\[\]]+)[)\]]?",
    re.IGNORECASE,
)
"""Another name of the person before it: "J.K. Rowling (as Robert Galbraith)", "Stephen King writing as R. Bachman"."""
_NOBODY = frozenset(
    {"unknown", "unknown author", "author unknown", "n a", "na", "none", "null", "nil", "undefined", "no author",
     "author", "various", "various authors", "diverse", "test", "tba", "tbd"}
)  # fmt: skip
"""Placeholders for an unknown author."""
_BETWEEN_PEOPLE = re.compile(r"\s*(?:;|&|\band\b|\bwith\b|/|\|)\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[()\[\]]\s*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@record
class Person(PickledByFields):
    """A folded name: `surname`, `given` names or initials in order, and `letters`, the whole name without spaces."""

    surname: str
    given: tuple[str, ...]
    letters: str

    @property
    def tokens(self) -> tuple[str, ...]:
        """The given names, then the words of the surname."""
        return (*self.given, *self.surname.split())


def person(name: str) -> Person:
    """The folded name. "Tolkien, J. R. R." and "JRR Tolkien" give the same surname and initials."""
    return _person(name[:LONGEST_NAME])


@lru_cache(maxsize=REMEMBERED)
def _person(name: str) -> Person:
    written = _ROLES.sub("", name)
    last, comma, first = written.partition(",")
    if comma and fold(first) and fold(first) not in _HONORIFICS:
        written = f"{first} {last}"
    elif comma:
        written = last
    if " " not in written.strip():
        written = _CAMEL.sub(" ", written)
    words = [word for word in fold(_split_initials(written)).split() if word not in _HONORIFICS]
    if len(words) > 2 and words[-1] == _THE_ELDER:
        words.pop()
    if not words:
        return Person("", (), "")
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in _PARTICLES:
        cut -= 1
    surname = " ".join(words[cut:])
    return Person(surname, tuple(words[:cut]), "".join(words))


def people(names: Iterable[str]) -> tuple[Person, ...]:
    """Every person named in the texts, at most twenty. "Niven & Pournelle" names two.

    A pen name counts as another name. Placeholders such as "Unknown" and "N/A" name nobody.
    """
    found: list[Person] = []
    for name in names:
        for part in split_people(name):
            folded = person(part)
            if folded.letters and not is_nobody(part):
                found.append(folded)
    return tuple(found[:MAX_PEOPLE])


def is_nobody(name: str) -> bool:
    """Whether a text is a placeholder for an unknown author: "Unknown", "N/A", "Various Authors"."""
    return fold(name) in _NOBODY


def split_people(text: str) -> tuple[str, ...]:
    """The names in one text, split at "&", "and", "with", ";" and at commas, except the comma of "Last, First".

    A pen name is a separate name: "J.K. Rowling (as Robert Galbraith)" gives both.
    """
    return _split_people(text[: LONGEST_NAME * 4])


def without_pen_name(text: str) -> str:
    """The text without pen names: "J.K. Rowling (as Robert Galbraith)" becomes "J.K. Rowling"."""
    return _WRITING_AS.sub(" ", " ".join(text[: LONGEST_NAME * 4].split())).strip()


@lru_cache(maxsize=REMEMBERED)
def _split_people(text: str) -> tuple[str, ...]:
    if is_nobody(text):
        return ()
    parts: list[str] = []
    by_each_name = _WRITING_AS.sub(r"; \g<other>; ", " ".join(text.split()))
    for piece in _BETWEEN_PEOPLE.split(_ASIDE.sub(";", by_each_name)):
        by_comma = [part.strip() for part in piece.split(",") if part.strip()]
        if len(by_comma) > 1 and not _is_inverted(by_comma):
            parts += by_comma
        elif piece.strip():
            parts.append(piece.strip())
    return tuple(parts[:MAX_PEOPLE])


def _is_inverted(by_comma: list[str]) -> bool:
    """Whether the commas separate a surname from given names, or a suffix such as "Jr." from a name."""
    first, rest = by_comma[0], by_comma[1:]
    if all(fold(part) in _HONORIFICS for part in rest):
        return True
    last_given = fold(rest[0]).rpartition(" ")[2]
    surname_like = not any(len(word) == 1 for word in fold(first).split())
    return len(by_comma) == 2 and surname_like and (" " not in first or " " not in rest[0] or len(last_given) == 1)


def same_person(a: str, b: str) -> bool:
    """Whether both texts name one person, with initials or a small misspelling allowed. False for an empty text."""
    return same_name(person(a), person(b))


def same_people(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether the two lists share a person. One source may omit a co-author of the same work."""
    others = people(second)
    return any(same_name(one, other) for one in people(first) for other in others)


def same_name(a: Person, b: Person) -> bool:
    """`same_person` for folded names."""
    if not a.letters or not b.letters:
        return False
    if a.letters == b.letters or sorted(a.tokens) == sorted(b.tokens):
        return True
    if a.surname == b.surname:
        return _given_agree(a.given, b.given)
    if not a.given or not b.given:
        return a.surname in b.surname.split() or b.surname in a.surname.split()
    return len(a.letters) > 6 and fuzz.ratio(a.letters, b.letters) >= CLOSE_SPELLING


def _given_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the first given names agree, in full or as an initial, or one side has no given names."""
    if not a or not b:
        return True
    if _is_middle_name(a, b) or _is_middle_name(b, a):
        return True
    initials_a, initials_b = _initials(a), _initials(b)
    if len(a[0]) == 1 or len(b[0]) == 1 or initials_a in b or initials_b in a:
        return initials_a[0] == initials_b[0]
    return a[0] == b[0] or fuzz.ratio(a[0], b[0]) >= 75 or a[0].startswith(b[0]) or b[0].startswith(a[0])


def _is_middle_name(given: tuple[str, ...], first: tuple[str, ...]) -> bool:
    """Whether one uses the name that follows an initial in the other: "L. Frank Baum" is "Frank Baum"."""
    return len(given) > 1 and len(given[0]) == 1 and len(given[1]) > 1 and given[1] == first[0]


def _initials(given: tuple[str, ...]) -> str:
    return "".join(name[0] for name in given)


def _split_initials(written: str) -> str:
    """Splits joined initials into single letters: "JRR Tolkien", "E.E. Cummings"."""
    spaced = written.replace(".", " ")
    words = spaced.split()
    return " ".join(
        " ".join(word) if 1 < len(word) <= 3 and word.isupper() and word.isalpha() and place < len(words) - 1
        and word.lower() not in _HONORIFICS else word
        for place, word in enumerate(words)
    )  # fmt: skip
