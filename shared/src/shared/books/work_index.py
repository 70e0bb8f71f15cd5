"""Finds the work an item is, among thousands, without comparing it to each: names folded once, looked up by words."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from shared.books.description import BookDescription
from shared.books.folded import Folded, folded
from shared.books.same_work import Match, compare_folded, nearest

Id = TypeVar("Id")
MOST_COMPARED = 24
"""Works compared for one item, those sharing the rarest words."""


class WorkIndex(Generic[Id]):
    """An index over the works of a library."""

    def __init__(self, works: Iterable[tuple[Id, BookDescription]]) -> None:
        """Folds every work once."""
        self._works: list[tuple[Id, Folded]] = [(work_id, folded(work)) for work_id, work in works]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, (_, work) in enumerate(self._works):
            for word in _words(work):
                self._by_word[word].append(place)

    def match(self, description: BookDescription) -> Match[Id] | None:
        """The work the description is surely of, or None."""
        item = folded(description)
        votes: Counter[int] = Counter()
        for word in item.words:
            places = self._by_word.get(word, ())
            if len(places) <= max(50, len(self._works) // 50):
                weight = 1000 // (len(places) + 1) + 1
                for place in places:
                    votes[place] += weight
        near = [self._works[place] for place, _ in votes.most_common(MOST_COMPARED)]
        return nearest([(work_id, compare_folded(item, work)) for work_id, work in near])


def _words(work: Folded) -> frozenset[str]:
    return work.words | {word for person in work.people for word in person.surname.split()}
