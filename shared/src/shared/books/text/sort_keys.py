"""The key by which lists sort titles and names, so that they are where a person looks for them.

Keys are compared by code point, as PostgreSQL's collation "C" and Python do. So the order is the same on every system,
and keys with the same first letter are next to each other.
"""

import re

from shared.books.text.titles import LONGEST_TITLE, fold

LONGEST_KEY = 200
"""Characters of a key. One index entry of PostgreSQL has about 2,700 bytes."""
_ARTICLES = {
    "en": frozenset({"the", "a", "an"}),
    "de": frozenset({"der", "die", "das", "ein", "eine"}),
    "fr": frozenset({"le", "la", "les", "un", "une"}),
    "es": frozenset({"el", "la", "los", "las", "un", "una"}),
    "it": frozenset({"il", "lo", "la", "i", "gli", "le", "un", "uno", "una"}),
    "pt": frozenset({"o", "a", "os", "as", "um", "uma"}),
    "nl": frozenset({"de", "het", "een"}),
    "sv": frozenset({"en", "ett", "den", "det", "de"}),
    "da": frozenset({"en", "et", "den", "det", "de"}),
    "no": frozenset({"en", "ei", "et", "den", "det", "de"}),
}
_ARTICLES_OF_ANY_LANGUAGE = frozenset({"the", "a", "an", "der", "das", "le", "les", "la", "el", "il"})
"""Articles that are hardly ever another word. "Die" is one in English."""
_ELIDED = {"fr": re.compile(r"^[lL]['’]\s*(?=\w)"), "it": re.compile(r"^(?:[lL]|[uU]n)['’]\s*(?=\w)")}
_NAMES_THE_LETTER = frozenset({"is", "to", "for", "and"})
"""After these words "a" is the letter, as in "A Is for Alibi"."""
_DIGITS = re.compile(r"\d+")


def title_sort_key(title: str, language: str | None = None) -> str:
    """Return the key of a title or of the name of a series: without a leading article, see `name_sort_key`.

    `language` is a code such as "de"; its articles are left out. Without one, only articles that are hardly ever
    another word. An article stays if nothing else is left.
    """
    text = title[:LONGEST_TITLE].strip()
    if elided := _ELIDED.get(language or ""):
        text = elided.sub("", text)
    folded = fold(text)
    first, _, rest = folded.partition(" ")
    articles = _ARTICLES.get(language, frozenset()) if language else _ARTICLES_OF_ANY_LANGUAGE
    is_article = rest and first in articles and not (first == "a" and rest.split(" ", 1)[0] in _NAMES_THE_LETTER)
    return _key(rest if is_article else folded)


def name_sort_key(name: str) -> str:
    """Return the key of the name of a person: lower-case words without accents and punctuation, letters of all scripts.

    Each number is preceded by the number of its digits, so that 9 comes before 10. Numbers come before letters.
    """
    return _key(fold(name[:LONGEST_TITLE]))


def first_letter(key: str) -> str:
    """Return the letter under which a key is listed: its first one as a capital, or `#` if it begins with none."""
    first = key[:1]
    if not first.isalpha():
        return "#"
    capital = first.upper()
    return capital if capital.lower() == first else first


def _key(folded: str) -> str:
    """The key of a folded text. Other characters than letters and digits, such as circled numbers, are left out."""
    letters = (character if character.isalpha() or character.isdecimal() else " " for character in folded)
    return _DIGITS.sub(_numbered, " ".join("".join(letters).split()))[:LONGEST_KEY].strip()


def _numbered(match: re.Match[str]) -> str:
    digits = str(int(match[0]))
    return f"{len(digits):03}{digits}"
