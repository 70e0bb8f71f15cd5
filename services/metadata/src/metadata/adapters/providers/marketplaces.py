"""Amazon's marketplaces for audiobooks, and the order in which they are asked about a book.

Each marketplace has its own catalogue: a book that is sold only in one is unknown in the others, and the same recording
may have another ASIN there.
"""

from collections.abc import Sequence
from typing import NamedTuple

from shared.books.text.languages import language_code


class Marketplace(NamedTuple):
    """The domain of a marketplace, and the language of most of its books as a two-letter code."""

    domain: str
    language: str


MARKETPLACES = {
    "us": Marketplace("com", "en"),
    "uk": Marketplace("co.uk", "en"),
    "ca": Marketplace("ca", "en"),
    "au": Marketplace("com.au", "en"),
    "in": Marketplace("in", "en"),
    "de": Marketplace("de", "de"),
    "fr": Marketplace("fr", "fr"),
    "es": Marketplace("es", "es"),
    "it": Marketplace("it", "it"),
    "jp": Marketplace("co.jp", "ja"),
}
"""The marketplaces by their codes."""
PATTERN = rf"^({'|'.join(MARKETPLACES)})(,({'|'.join(MARKETPLACES)}))*$"
"""The pattern of a list of marketplaces in the settings."""


def marketplaces_of(text: str) -> list[str]:
    """The codes in a list that matches `PATTERN`, each once."""
    return list(dict.fromkeys(text.split(",")))


def in_order(marketplaces: Sequence[str], language: str | None) -> list[str]:
    """The marketplaces in the order to ask them: first those whose books are in this language, else as listed."""
    code = language_code(language)
    return sorted(marketplaces, key=lambda each: code is not None and MARKETPLACES[each].language != code)
