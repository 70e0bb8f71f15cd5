"""Finds known people among the words of a release name: inverted, abbreviated or misspelt."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from shared.books.releases.name_words import Word
from shared.books.text.names import Person

CLOSE_SURNAME = 85.0
CLOSE_GIVEN = 70.0
"""The lowest letter ratios (0-100) of a misspelt surname with its given name, and of a misspelt given name."""


def find_people(words: Sequence[Word], sought: Sequence[Person]) -> set[int]:
    """The indexes of the words that name one of the people; empty when none is named."""
    found: set[int] = set()
    for person in sought:
        found |= _find(words, person)
    return found


def _find(words: Sequence[Word], person: Person) -> set[int]:
    found: set[int] = set()
    surname = person.surname.replace(" ", "")
    longest = len(person.surname.split()) + 1
    for first in range(len(words)):
        joined = ""
        for after in range(first + 1, min(first + longest, len(words)) + 1):
            joined += words[after - 1].text
            exact = joined == surname
            if not exact and not (len(surname) > 4 and fuzz.ratio(joined, surname) >= CLOSE_SURNAME):
                continue
            given = _given_around(words, first, after, person)
            if given or (exact and (not person.given or _stands_alone(words, first, after))):
                found |= set(range(first, after)) | given
                break
    return found


def _given_around(words: Sequence[Word], first: int, after: int, person: Person) -> set[int]:
    """The indexes of the given names or initials on one side of a surname."""
    segment = words[first].segment
    for around in (range(first - 1, max(first - 4, -1), -1), range(after, min(after + 3, len(words)))):
        near = [place for place in around if abs(words[place].segment - segment) <= 1]
        matched = [place for place in near if _is_given(words[place].text, person)]
        if matched:
            edge = matched[-1]
            return {place for place in near if min(edge, first) <= place <= max(edge, after)}
    return set()


def _is_given(word: str, person: Person) -> bool:
    if not person.given or word.isdigit():
        return False
    initials = "".join(name[0] for name in person.given)
    if word in (initials, "".join(person.given)):
        return True
    first = person.given[0]
    if len(word) == 1 or len(first) == 1:
        return word[0] in initials
    return any(len(name) > 1 and (word == name or fuzz.ratio(word, name) >= CLOSE_GIVEN) for name in person.given)


def _stands_alone(words: Sequence[Word], first: int, after: int) -> bool:
    """Whether a surname is its whole segment, or one side of an "and": "Doyle - The Sign", "[Doyle & Bell]"."""
    segment = words[first].segment
    before = first == 0 or words[first - 1].segment != segment or _separates(words[first - 1])
    behind = after == len(words) or words[after].segment != segment or words[after].text == "and"
    return before and (behind or words[after - 1].comma)


def _separates(word: Word) -> bool:
    return word.text == "and" or word.comma or word.text.isdigit()
