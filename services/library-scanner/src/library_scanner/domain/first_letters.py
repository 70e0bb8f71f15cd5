"""The first letters of a sorted list, under which a person looks for a title or a name."""

from collections.abc import Iterable

from shared.books.text.sort_keys import first_letter
from shared.contracts.library.letters import LetterPlace, Letters


def letters_of(first_characters: Iterable[tuple[str, int, int]]) -> Letters:
    """Return the letters in the order of the list, by the first characters of its sort keys.

    Each first character has the offset of its first row and the number of its rows. Keys are sorted by code point, so
    that the rows of a letter are next to each other.
    """
    found: dict[str, LetterPlace] = {}
    for first, offset, count in first_characters:
        letter = first_letter(first)
        known = found.get(letter, LetterPlace(letter=letter, offset=offset, count=0))
        found[letter] = LetterPlace(letter=letter, offset=min(known.offset, offset), count=known.count + count)
    ordered = sorted(found.values(), key=lambda place: place.offset)
    return Letters(letters=ordered, total=sum(place.count for place in ordered))
