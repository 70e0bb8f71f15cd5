"""How a place in a series is written: the words before its number in each language, and the number in digits.

Every rule that looks for a place takes both from here. Source: titles and folders as sellers, libraries and listeners
write them; the languages' own dictionaries (Merriam-Webster, Duden, Larousse, RAE, Zingarelli, Van Dale, SAOB).
"""

import re

from shared.books.text.number_words import ORDINAL_WORDS, ROMAN_NUMERALS, WORD_NUMBERS

UNITS_BY_LANGUAGE = {
    "en": ("books", "book", "bks", "bk", "volumes", "volume", "vols", "vol", "nos", "no", "number", "episode"),
    "de": ("band", "bände", "bd", "buch", "teil", "folge"),
    "fr": ("tome", "livre", "épisode"),
    "es": ("libro", "tomo", "volumen", "episodio"),
    "pt": ("livro", "episódio"),
    "it": ("libro", "volume", "episodio"),
    "nl": ("boek", "deel", "aflevering"),
    "sv": ("bok",),
    "da": ("bog",),
    "fi": ("kirja", "osa"),
    "pl": ("tom", "księga"),
    "cs": ("kniha", "díl"),
    "ru": ("книга", "том", "часть", "выпуск"),
}
"""Words that say that the number after them is a place in a series, by the code of their language."""
PARTS_BY_LANGUAGE = {
    "en": ("part", "pt", "chapter"),
    "de": ("kapitel",),
    "fr": ("partie", "chapitre"),
    "es": ("parte", "capítulo"),
    "pt": ("parte", "capítulo"),
    "it": ("parte", "capitolo"),
    "nl": ("hoofdstuk",),
}
"""Words that may as well count the parts of one book: no place by themselves, but no title either."""

_BEFORE_DIGITS_ONLY = frozenset({"no", "nos", "number", "tom"})
"""Units that are common words as well: "Tell No One" has no place, "No. 3" has."""
_UNITS = dict.fromkeys(word for words in UNITS_BY_LANGUAGE.values() for word in words)
_PARTS = dict.fromkeys(word for words in PARTS_BY_LANGUAGE.values() for word in words)
UNITS = frozenset(_UNITS)
UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
"""The units as the alternatives of a pattern."""
UNIT_BEFORE_WORDS = "|".join(
    sorted((unit for unit in _UNITS if unit not in _BEFORE_DIGITS_ONLY), key=len, reverse=True)
)
"""The units after which the number may be a word or a Roman numeral."""
UNIT_OR_PART = "|".join(sorted((*_UNITS, *_PARTS), key=len, reverse=True))

NUMBER = r"[0-9]{1,4}(?:\.[0-9]{1,2})?(?![0-9])"
"""A place in digits that a word or sign before it says to be one; long series reach four digits."""
NO_YEAR = r"(?!(?:1[5-9]|20)[0-9]{2}(?![0-9]))"
"""Stands before digits that are not to be a year."""
BARE_NUMBER = rf"{NO_YEAR}{NUMBER}"
"""A number that nothing says to be a place: four digits that may be a year are none."""
TO = r"(?:-|–|—|\bto\b|\bthrough\b|\bthru\b|\bbis\b|&|\band\b)"
"""What stands between the first and the last place of a range."""
RANGE = rf"{NUMBER}\s?{TO}\s?#?{BARE_NUMBER}"
"""A range of places, said to be one by the word or sign before it; "Vol 6 - 1907" is a volume and its year."""

WORDS = "|".join(sorted((word.replace(" ", "[ -]") for word in WORD_NUMBERS), key=len, reverse=True))
ROMANS = "|".join(sorted(ROMAN_NUMERALS, key=len, reverse=True))
ORDINALS = "|".join(sorted(ORDINAL_WORDS, key=len, reverse=True))

_ONLY_A_PLACE = re.compile(
    rf"(?:the\s+)?(?:#\s?|(?:{UNIT_OR_PART})\.?\s?#?\s?)(?:{NUMBER}|(?:{WORDS}|{ROMANS})(?!\w))"
    rf"|(?:the\s+)?(?:{ORDINALS})\s(?:{UNIT_OR_PART})",
    re.IGNORECASE,
)


def is_only_a_place(text: str) -> bool:
    """Whether a text says a place and nothing else: "Folge 3", "Band II", "Part One", "#7"."""
    return _ONLY_A_PLACE.fullmatch(text.strip(" .,:;()[]-–—")) is not None
