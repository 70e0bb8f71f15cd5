"""How a place in a series is written: the words before its number in each language, and the number in digits.

Every rule that looks for a place uses this table. Source: titles and folders as sellers, libraries and listeners write
them; dictionaries of the languages (Merriam-Webster, Duden, Larousse, RAE, Zingarelli, Van Dale, SAOB).
"""

import re

from shared.books.text.number_words import ORDINAL_WORDS, ROMAN_NUMERALS, WORD_NUMBERS
from shared.books.text.word_table import any_of

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
    "pl": ("tom", "księga", "część"),
    "cs": ("kniha", "díl", "část"),
    "ru": ("книга", "том", "часть", "выпуск"),
}
"""Words that mark the number after them as a place in a series, by language code."""
PARTS_BY_LANGUAGE = {
    "en": ("part", "pt", "chapter"),
    "de": ("kapitel",),
    "fr": ("partie", "chapitre"),
    "es": ("parte", "capítulo"),
    "pt": ("parte", "capítulo"),
    "it": ("parte", "capitolo"),
    "nl": ("hoofdstuk",),
}
"""Words that may also count the parts of one book. They do not mark a place, but they are not a title either."""

SET_OFF_UNITS_BY_LANGUAGE = {
    "es": ("parte",),
    "pt": ("parte",),
    "it": ("parte",),
    "sv": ("del",),
    "da": ("del", "bind"),
    "nb": ("del", "bind"),
}
"""Units that are common words or count the parts of one book too. They mark a place only at the beginning of a text or
after a separator: "Nattens lys, del 3", but neither "La casa del 5 de mayo" nor "Parte 1 de 2"."""

_BEFORE_DIGITS_ONLY = frozenset({"no", "nos", "number", "tom"})
"""Units that are common words too: "Tell No One" has no place, "No. 3" has one."""
_UNITS = dict.fromkeys(word for words in UNITS_BY_LANGUAGE.values() for word in words)
_SET_OFF = dict.fromkeys(word for words in SET_OFF_UNITS_BY_LANGUAGE.values() for word in words)
_PARTS = dict.fromkeys(word for words in (*PARTS_BY_LANGUAGE.values(), _SET_OFF) for word in words)
UNITS = frozenset(_UNITS)
UNIT_WORDS = UNITS | frozenset(_SET_OFF)
"""Every word that UNIT matches."""
UNIT = (
    rf"{any_of(UNITS)}|(?:(?<![\s\S])|(?<=[,:;.–—-]\s)|(?<=[(\[]))(?:{any_of(_SET_OFF)})"
    r"(?=\.?\s?[0-9])(?!\.?\s?[0-9]+\s?(?:/|a[fv]|de|di|of)\s?[0-9])"
)
"""A pattern that matches each unit."""
UNIT_BEFORE_WORDS = any_of(UNITS - _BEFORE_DIGITS_ONLY)
"""A pattern that matches each unit whose number may be a word or a Roman numeral."""
UNIT_OR_PART = any_of((*_UNITS, *_PARTS))

NUMBER = r"[0-9]{1,4}(?:\.[0-9]{1,2})?(?![0-9])"
"""A place in digits after a word or sign that marks it as one. Long series reach four digits."""
NO_YEAR = r"(?!(?:1[5-9]|20)[0-9]{2}(?![0-9]))"
"""A lookahead before digits that must not be a year."""
BARE_NUMBER = rf"{NO_YEAR}{NUMBER}"
"""A place that no word or sign marks. Four digits that may be a year do not match."""
TO = r"(?:-|–|—|\bto\b|\bthrough\b|\bthru\b|\bbis\b|&|\band\b)"
"""The text between the first and the last place of a range."""
RANGE = rf"{NUMBER}\s?{TO}\s?#?{BARE_NUMBER}"
"""A range of places after a word or sign that marks it. "Vol 6 - 1907" is a volume and its year."""

WORDS = any_of(WORD_NUMBERS).replace(r"\ ", "[ -]")
ROMANS = any_of(ROMAN_NUMERALS)
ORDINALS = any_of(ORDINAL_WORDS)

_ONLY_A_PLACE = re.compile(
    rf"(?:the\s+)?(?:#\s?|(?:{UNIT_OR_PART})\.?\s?#?\s?)(?:{NUMBER}|(?:{WORDS}|{ROMANS})(?!\w))"
    rf"|(?:the\s+)?(?:{ORDINALS})\s(?:{UNIT_OR_PART})",
    re.IGNORECASE,
)


def is_only_a_place(text: str) -> bool:
    """Whether a text is only a place: "Folge 3", "Band II", "Part One", "#7"."""
    return _ONLY_A_PLACE.fullmatch(text.strip(" .,:;()[]-–—")) is not None
