"""Finds the language of a text by its function words.

The word lists are those of stopwordsiso. They are loaded for the first text, and take 3 MB.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from sys import intern

from shared.books.records import record

MAX_CHARACTERS = 1_200
"""The beginning of a text is enough."""
LEAST_WORDS = 3
"""Different function words that a text must have: names and short titles have fewer."""
LEAST_WEIGHT = 1.5
LEAST_RATIO = 1.5
"""The weight of the best language, as a multiple of the next one's."""
LEAST_SHARE = 0.25
"""Function words among all words. Running text has more, a list of names has fewer."""
SURE_WEIGHT, SURE_WORDS, SURE_RATIO = 2.5, 6, 2.0
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*|<[^>]*>")
_ONE_LETTER_WORDS = frozenset("aeiouyàéèóáíwzвуоксия")
_SCRIPTS = (
    ("ja", "\u3040", "\u30ff"), ("ko", "\uac00", "\ud7af"), ("th", "\u0e00", "\u0e7f"), ("el", "\u0370", "\u03ff"),
    ("he", "\u0590", "\u05ff"),
)  # fmt: skip
"""Scripts that only one language uses; Japanese also uses Chinese characters."""

_LANGUAGES = (
    "af", "bg", "ca", "cs", "da", "de", "en", "eo", "es", "et", "eu", "fi", "fr", "ga", "gl", "hr", "hu", "id", "it",
    "la", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk",
)  # fmt: skip
"""The languages that are compared: those of audiobooks, and those that are easily taken for them."""


@record
class TextLanguage:
    """The language of a text by its two-letter code. A text is `sure` if it has many words of this language alone."""

    code: str
    words: tuple[str, ...]
    sure: bool


def language_of_text(text: str | None) -> TextLanguage | None:
    """Return the language of a text without regard to its markup, or None if the text does not show it surely.

    `words` are at most five of the words that show it.
    """
    plain = _ADDRESS.sub(" ", (text or "")[:MAX_CHARACTERS]).casefold()
    words = Counter(word for word in _WORD.findall(plain) if len(word) > 1 or word in _ONE_LETTER_WORDS)
    if not words:
        return None
    return _by_script(words) or _by_function_words(words)


def _by_script(words: Counter[str]) -> TextLanguage | None:
    letters = "".join(words)
    for code, first, last in _SCRIPTS:
        share = sum(first <= letter <= last for letter in letters) / len(letters)
        if share > (0.2 if code == "ja" else 0.5):
            return TextLanguage(code, tuple(words)[:5], sure=True)
    return None


def _by_function_words(words: Counter[str]) -> TextLanguage | None:
    languages = _languages_by_word()
    weights: Counter[str] = Counter()
    found: dict[str, list[str]] = {}
    for word in words:
        codes = languages.get(word, "").split()
        for code in codes:
            weights[code] += 1 / len(codes)  # type: ignore[assignment]
            found.setdefault(code, []).append(word)
    if not weights:
        return None
    (best, weight), *others = weights.most_common(2)
    ratio = weight / others[0][1] if others else SURE_RATIO
    mine = found[best]
    share = sum(words[each] for each in mine) / words.total()
    if len(mine) < LEAST_WORDS or weight < LEAST_WEIGHT or ratio < LEAST_RATIO or share < LEAST_SHARE:
        return None
    sure = weight >= SURE_WEIGHT and len(mine) >= SURE_WORDS and ratio >= SURE_RATIO
    return TextLanguage(best, tuple(sorted(mine, key=lambda each: len(languages[each])))[:5], sure)


@cache
def _languages_by_word() -> Mapping[str, str]:
    """The codes of the languages that have each function word, joined by spaces."""
    from stopwordsiso import stopwords  # noqa: PLC0415 - loaded for the first text

    codes: dict[str, str] = {}
    for code in _LANGUAGES:
        for word in {each.casefold() for each in stopwords(code)}:
            if word.isalpha():
                codes[word] = intern(f"{codes[word]} {code}" if word in codes else code)
    return codes
