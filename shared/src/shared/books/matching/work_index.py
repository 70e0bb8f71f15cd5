"""Finds the work an item is, among thousands, without comparing it to each: folded once, looked up by rare words."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from shared.books.description import BookDescription
from shared.books.matching.folded import Folded, folded
from shared.books.matching.same_work import Answer, Match, distance_between, verdict_of

Id = TypeVar("Id")
MOST_COMPARED = 8
"""Works compared for one item: those whose titles and authors share the most and the rarest of its words."""
MOST_COMMON = 400
"""Works above which a word is too common to look anything up by, unless an item has no rarer one."""


@dataclass(frozen=True, slots=True)
class LookUp(Generic[Id]):
    """What an index found: the surely same work, and the nearest one, which may be another or unsure."""

    match: Match[Id] | None
    nearest: Match[Id] | None


class WorkIndex(Generic[Id]):
    """An index over the works of a library; the works are folded once, when it is made."""

    def __init__(self, works: Iterable[tuple[Id, BookDescription]]) -> None:
        """Fold every work; the order of `works` decides between two that are equally near."""
        self._works: list[tuple[Id, Folded]] = [(work_id, folded(work)) for work_id, work in works]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, (_, work) in enumerate(self._works):
            for word in _looked_up_by(work):
                self._by_word[word].append(place)

    def __len__(self) -> int:
        return len(self._works)

    def match(self, description: BookDescription) -> Match[Id] | None:
        """The work the description is surely of, or None when none is near enough; `look_up` says why."""
        return self.look_up(description).match

    def look_up(self, description: BookDescription) -> LookUp[Id]:
        """The work the description is surely of, and the nearest work with what speaks for and against it."""
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
        rare = [word for word in known if len(self._by_word[word]) <= MOST_COMMON] or known[:1]
        votes: Counter[int] = Counter()
        for word in rare:
            places = self._by_word[word]
            worth = 1000 // (len(places) + 4)
            for place in places:
                votes[place] += worth
        return [place for place, _ in votes.most_common(MOST_COMPARED)]


def _looked_up_by(one: Folded) -> frozenset[str]:
    """What a work is found by: its words, whole titles, pairs of words in them, its places in series, and its titles'
    longer words by their ends, which a misspelling leaves alone."""
    keys = set(one.words)
    keys.update(f"{name} #{place}" for name, place in one.places if place)
    for title in one.titles:
        words = title.split()
        keys.add(f"={title}")
        keys.update(f"{first} {second}" for first, second in pairwise(words))
        keys.update(f"{word[:2]}…{word[-2:]}" for word in words if len(word) > 4)
    return frozenset(keys)
