"""Which names of series recur in a library: told outright, or by what stands before different numbers.

A name counts for the owner (an author, else a folder) whose books tell it. What only one book says is no recurrence.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from shared.books.series.boundary_weights import JOINING, SERIES_NOUNS
from shared.books.text.titles import without_article

LONGEST_NAME = 7
"""Words of the longest name that is looked for at the end of a text."""
TOLD_WEIGHT, RECURRING_WEIGHT = 3, 1
"""What one book that tells a name outright weighs against one in which it only recurs."""


@dataclass(slots=True)
class _Seen:
    """The books (by their number in the library) that tell a name or only number it, by place too."""

    told: set[int] = field(default_factory=set)
    guessing: set[int] = field(default_factory=set)
    places: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    contexts: set[str] = field(default_factory=set)

    def weight(self, without: int) -> int:
        """How much speaks for the name apart from one book: others that tell it, or that number it otherwise."""
        told = len(self.told) - (without in self.told)
        guessing = len(self.guessing) - (without in self.guessing)
        recurs = guessing and len(self.places) > sum(without in books for books in self.places.values())
        return TOLD_WEIGHT * told + (RECURRING_WEIGHT * guessing if recurs else 0)

    def guess(self, book: int, place: str) -> None:
        """A book has the name before a number."""
        self.guessing.add(book)
        self.places[place].add(book)


class RecurringNames:
    """The names of one owner's books, or of a whole library."""

    def __init__(self) -> None:
        self._told: dict[str, _Seen] = {}
        self._ends: dict[str, _Seen] = {}
        self._heads: dict[str, _Seen] = {}
        self._titles: dict[str, set[int]] = defaultdict(set)

    def tell(self, book: int, key: str, place: str | None) -> None:
        """A book tells a name outright."""
        seen = self._told.setdefault(key, _Seen())
        seen.told.add(book)
        if place:
            seen.places[place].add(book)

    def number(self, book: int, key: str, place: str) -> None:
        """A text has the name before a number that may be its place."""
        self._told.setdefault(key, _Seen()).guess(book, place)

    def end(self, book: int, folded: Sequence[str], place: str) -> None:
        """Title and name run together before a place: each of the last words may begin the name."""
        context = " ".join(folded)
        for size in range(1, min(LONGEST_NAME, len(folded)) + 1):
            key = without_article(" ".join(folded[-size:]))
            seen = self._ends.setdefault(key, _Seen())
            seen.guess(book, place)
            seen.contexts.add(context)

    def head(self, book: int, key: str, place: str) -> None:
        """A text begins with the name and numbers what follows it: "Emerald Gate: The Door, Book 2"."""
        self._heads.setdefault(key, _Seen()).guess(book, place)

    def title(self, book: int, key: str) -> None:
        """A book bears this title, without a number: the first of a series often bears the series' name."""
        self._titles[key].add(book)

    def told_weight(self, key: str, book: int) -> int:
        """How much speaks for a name apart from this book, told outright or numbered otherwise."""
        seen = self._told.get(key)
        weight = seen.weight(book) if seen else 0
        titles = self._titles.get(key, ())
        return weight + RECURRING_WEIGHT * (len(titles) - (book in titles))

    def outright(self, key: str, book: int) -> bool:
        """Whether another book tells the name outright."""
        seen = self._told.get(key)
        return seen is not None and len(seen.told) > (book in seen.told)

    def is_head(self, key: str, book: int, place: str) -> bool:
        """Whether at least two other books begin with the name, each at a place of its own, none at this book's."""
        seen = self._heads.get(key)
        if seen is None or len(seen.places.get(place, ())) > 1:
            return False
        return len(seen.places) > 2

    def told_end(self, folded: Sequence[str], book: int, shortest: int = 1) -> int:
        """How many of the last words are a name that other books tell; 0 when none is. Of several the best told."""
        best, most = 0, 0
        for size in range(shortest, min(LONGEST_NAME, len(folded)) + 1):
            weight = self.told_weight(without_article(" ".join(folded[-size:])), book)
            if weight and weight >= most and _may_begin(folded[-size:]):
                best, most = size, weight
        return best

    def recurring_end(self, folded: Sequence[str], book: int) -> int:
        """How many of the last words recur before other numbers; 0 when none do. Of several the longest that all share.

        A noun that many series end with ("Chronicles") is no name by itself.
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
