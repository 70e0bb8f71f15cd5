"""The series names of a library: those that books name explicitly, and words that recur before different numbers.

A name counts for the owner (an author, else a folder) of the books that have it. One book alone is no recurrence.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from shared.books.series.boundary_weights import JOINING, SERIES_NOUNS
from shared.books.text.titles import without_article

LONGEST_NAME = 7
"""The number of words of the longest name that is searched for at the end of a text."""
NAMED_WEIGHT, RECURRING_WEIGHT = 3, 1
"""The weight of a book that names the series explicitly, and of one in which the words only recur."""


@dataclass(slots=True)
class _Seen:
    """The books (by their index in the library) that name a series or have the name before a number, also by place."""

    named: set[int] = field(default_factory=set)
    guessing: set[int] = field(default_factory=set)
    places: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    contexts: set[str] = field(default_factory=set)

    def weight(self, without: int) -> int:
        """The evidence for the name without one book: books that name it, or have it before another number."""
        named = len(self.named) - (without in self.named)
        guessing = len(self.guessing) - (without in self.guessing)
        recurs = guessing and len(self.places) > sum(without in books for books in self.places.values())
        return NAMED_WEIGHT * named + (RECURRING_WEIGHT * guessing if recurs else 0)

    def add_guess(self, book: int, place: str) -> None:
        """Count a book that has the name before a number."""
        self.guessing.add(book)
        self.places[place].add(book)


class RecurringNames:
    """The names of one owner's books, or of a whole library."""

    def __init__(self) -> None:
        self._names: dict[str, _Seen] = {}
        self._ends: dict[str, _Seen] = {}
        self._heads: dict[str, _Seen] = {}
        self._titles: dict[str, set[int]] = defaultdict(set)

    def add_named(self, book: int, key: str, place: str | None) -> None:
        """Count a book that names a series explicitly."""
        seen = self._names.setdefault(key, _Seen())
        seen.named.add(book)
        if place:
            seen.places[place].add(book)

    def add_numbered(self, book: int, key: str, place: str) -> None:
        """Count a book that has the name before a number that may be its place."""
        self._names.setdefault(key, _Seen()).add_guess(book, place)

    def add_ends(self, book: int, folded: Sequence[str], place: str) -> None:
        """Count the words before a place, where no separator marks the name: it may begin at each of the last words."""
        context = " ".join(folded)
        for size in range(1, min(LONGEST_NAME, len(folded)) + 1):
            key = without_article(" ".join(folded[-size:]))
            seen = self._ends.setdefault(key, _Seen())
            seen.add_guess(book, place)
            seen.contexts.add(context)

    def add_head(self, book: int, key: str, place: str) -> None:
        """Count a text that begins with the name and ends in a place: "Emerald Gate: The Door, Book 2"."""
        self._heads.setdefault(key, _Seen()).add_guess(book, place)

    def add_title(self, book: int, key: str) -> None:
        """Count a title without a number. The first book of a series often has the name of the series as its title."""
        self._titles[key].add(book)

    def weight(self, key: str, book: int) -> int:
        """The evidence for a name without this book: explicit names, other numbers, and titles."""
        seen = self._names.get(key)
        weight = seen.weight(book) if seen else 0
        titles = self._titles.get(key, ())
        return weight + RECURRING_WEIGHT * (len(titles) - (book in titles))

    def is_named(self, key: str, book: int) -> bool:
        """Whether another book names the series explicitly."""
        seen = self._names.get(key)
        return seen is not None and len(seen.named) > (book in seen.named)

    def is_head(self, key: str, book: int, place: str) -> bool:
        """Whether at least two other books begin with the name, at two different places, neither at this book's."""
        seen = self._heads.get(key)
        if seen is None or len(seen.places.get(place, ())) > 1:
            return False
        return len(seen.places) > 2

    def named_end(self, folded: Sequence[str], book: int, shortest: int = 1) -> int:
        """How many of the last words are a name that other books have; 0 when none are. The best supported wins."""
        best, most = 0, 0
        for size in range(shortest, min(LONGEST_NAME, len(folded)) + 1):
            weight = self.weight(without_article(" ".join(folded[-size:])), book)
            if weight and weight >= most and _may_begin(folded[-size:]):
                best, most = size, weight
        return best

    def recurring_end(self, folded: Sequence[str], book: int) -> int:
        """How many of the last words recur before other numbers; 0 when none do. The longest common ending wins.

        A noun with which many series end ("Chronicles") is not a name by itself.
        """
        best, most = 0, 0
        for size in range(1, min(LONGEST_NAME, len(folded)) + 1):
            tail = folded[-size:]
            seen = self._ends.get(without_article(" ".join(tail)))
            weight = seen.weight(book) if seen else 0
            if not seen or not weight or (size < len(folded) and len(seen.contexts) < 2):
                continue
            if (size == 1 and tail[0] in SERIES_NOUNS) or not _may_begin(tail):
                continue
            if weight >= most:
                best, most = size, weight
        return best


def _may_begin(words: Sequence[str]) -> bool:
    return words[0] == "the" or words[0] not in JOINING
