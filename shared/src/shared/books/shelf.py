"""The owned books, folded once and found by their words: which of them may be, and is, a given work."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.books.catalogue_works import CatalogueWork
from shared.books.description import BookDescription
from shared.books.folded import Folded, folded
from shared.books.names import people
from shared.books.same_work import Answer, Verdict, compare_folded

MOST_BY_ONE_NAME = 400
"""Owned books with one word in common that are looked at one by one; a commoner word finds nothing by itself."""


@dataclass(frozen=True, slots=True)
class Owned:
    """An owned book that was found to be a work, or to be nearly one, and the verdict that says so."""

    book: BookDescription
    verdict: Verdict


class Shelf:
    """An index over the owned books of a library; build it once and ask it for every series and author."""

    def __init__(self, owned: Iterable[BookDescription]) -> None:
        """Folds and indexes every owned book."""
        self.books: list[BookDescription] = list(owned)
        self._folded: list[Folded] = [folded(book) for book in self.books]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self._folded):
            for word in one.words.union(*(person.surname.split() for person in one.people)):
                self._by_word[word].append(place)

    def folded(self, place: int) -> Folded:
        """The book at a place, folded."""
        return self._folded[place]

    def by_people(self, authors: Sequence[str]) -> set[int]:
        """Places of the books that carry the surname of one of the authors, in a field or a folder's name."""
        found: set[int] = set()
        for person in people(authors):
            words = person.surname.split() or [person.letters]
            rarest = min((self._by_word.get(word, []) for word in words), key=len, default=[])
            found.update(rarest)
        return found

    def by_title(self, work: CatalogueWork) -> set[int]:
        """Places of the books that carry every word of one of the work's titles."""
        found: set[int] = set()
        for name in work.names:
            found |= self._with_all(name.split())
        return found

    def _with_all(self, words: list[str]) -> set[int]:
        rarest = min((self._by_word.get(word, []) for word in words), key=len, default=[])
        if len(rarest) > MOST_BY_ONE_NAME:
            return set()
        return {place for place in rarest if self._folded[place].words.issuperset(words)}


def verdict_on(work: CatalogueWork, item: Folded) -> Verdict:
    """The best verdict of any of the work's editions on an owned book."""
    verdicts = [compare_folded(item, edition) for edition in work.editions]
    return min(verdicts, key=lambda verdict: (_RANK[verdict.answer], verdict.distance))


_RANK = {Answer.SAME: 0, Answer.UNSURE: 1, Answer.DIFFERENT: 2}
