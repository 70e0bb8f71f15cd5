"""The first letters of a sorted list, under which a person looks for a title or a name."""

import unicodedata
from collections.abc import Iterable

from shared.contracts.library.letters import LetterPlace, Letters

OTHER = "#"


def letter_of(first: str) -> str:
    """Return the letter for the first character of a title or a name.

    A Latin letter is a capital without its accent, a letter of another script is a capital, and all else is `#`.
    """
    base = unicodedata.normalize("NFKD", first)[:1].upper()[:1]
    if base.isascii() and base.isalpha():
        return base
    return first.upper()[:1] if first.isalpha() else OTHER


def letters_of(first_characters: Iterable[tuple[str, int, int]]) -> Letters:
    """Return the letters in the order of the list, by the first characters: each with its first offset and its count.

    A letter begins at the first of its characters, even if the sort order places others between them, as it may do with
    capital and small letters.
    """
    found: dict[str, LetterPlace] = {}
    for first, offset, count in first_characters:
        letter = letter_of(first)
        known = found.get(letter, LetterPlace(letter=letter, offset=offset, count=0))
        found[letter] = LetterPlace(letter=letter, offset=min(known.offset, offset), count=known.count + count)
    ordered = sorted(found.values(), key=lambda place: place.offset)
    return Letters(letters=ordered, total=sum(place.count for place in ordered))
