"""Finds the work of an item among thousands without comparing it to each, by looking up its rare words."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Generic, TypeVar

from shared.books.description import BookDescription
from shared.books.matching.folded import Folded, folded
from shared.books.matching.same_work import Answer, Match, distance_between, verdict_of
from shared.books.records import record

Id = TypeVar("Id")
MAX_COMPARED = 8
"""Works compared for one item: those that share the most words with it, where rare words count more."""
MAX_WORKS_PER_WORD = 400
"""A word of more works is too common for a look-up, unless an item has no rarer word."""


@record
class LookUp(Generic[Id]):
    """The result of a look-up: the same work, and the nearest work, which may be different or unsure."""

    match: Match[Id] | None
    nearest: Match[Id] | None


class WorkIndex(Generic[Id]):
    """An index of the works of a library. The works are folded once, when the index is made."""

    def __init__(self, works: Iterable[tuple[Id, BookDescription]]) -> None:
        """Fold every work. The order of `works` decides between two that are equally near."""
        self._works: list[tuple[Id, Folded]] = [(work_id, folded(work)) for work_id, work in works]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, (_, work) in enumerate(self._works):
            for word in _looked_up_by(work):
                self._by_word[word].append(place)

    def __len__(self) -> int:
        return len(self._works)

    def match(self, description: BookDescription) -> Match[Id] | None:
        """The work that the description describes, or None when no work is near enough. `look_up` explains why."""
        return self.look_up(description).match

    def look_up(self, description: BookDescription) -> LookUp[Id]:
        """The work that the description describes, and the nearest work with the reasons for and against it."""
        item = folded(description)
        near = [self._works[place] for place in self._near(item)]
        if not near:
            return LookUp(None, None)
        compared = [(work_id, distance_between(item, work)) for work_id, work in near]
        work_id, distance = min(compared, key=lambda one: one[1].total)
        nearest = Match(work_id, verdict_of(distance))
        return LookUp(nearest if nearest.verdict.answer is Answer.SAME else None, nearest)

    def _near(self, item: Folded) -> list[int]:
        words = sorted(_looked_up_by(item), key=lambda word: len(self._by_word.get(word, ())))
        known = [word for word in words if word in self._by_word]
        rare = [word for word in known if len(self._by_word[word]) <= MAX_WORKS_PER_WORD] or known[:1]
        votes: Counter[int] = Counter()
        for word in rare:
            places = self._by_word[word]
            worth = 1000 // (len(places) + 4)
            for place in places:
                votes[place] += worth
        return [place for place, _ in votes.most_common(MAX_COMPARED)]


def _looked_up_by(one: Folded) -> frozenset[str]:
    """The keys of a work: its words, whole titles, pairs of words, places in series, and the first and last letters of
    longer words, which most misspellings keep."""
    keys = set(one.words)
    keys.update(f"{name} #{place}" for name, place in one.places if place)
    for title in one.titles:
        words = title.split()
        keys.add(f"={title}")
        keys.update(f"{first} {second}" for first, second in pairwise(words))
        keys.update(f"{word[:2]}…{word[-2:]}" for word in words if len(word) > 4)
    return frozenset(keys)
