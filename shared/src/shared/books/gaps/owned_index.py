"""An index of the owned books by their words, to find those that may be a given work."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shared.books.description import BookDescription
from shared.books.gaps.works import CatalogueWork
from shared.books.matching.folded import Folded, folded
from shared.books.matching.packed import PackedBooks
from shared.books.matching.same_work import Answer, Verdict, compare_folded
from shared.books.text.names import people

MAX_FOLDED = 2_048
"""The number of cached folded books."""
_NO_INDEXES = array("I")
MAX_BOOKS_PER_WORD = 400
"""A word that more owned books have is too common to find a book."""


@dataclass(frozen=True, slots=True)
class Owned:
    """An owned book that is a work, and the verdict."""

    book: BookDescription
    verdict: Verdict


class Shelf:
    """An index of the owned books of a library. Build it once and use it for every series and author.

    It stores the books compressed and folds them again on access, because a folded book takes kilobytes.
    """

    def __init__(self, owned: Iterable[BookDescription] = ()) -> None:
        self._by_word: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self.books = books = PackedBooks()

        @lru_cache(maxsize=MAX_FOLDED)
        def folded_at(place: int) -> Folded:
            return folded(books[place])

        self.folded: Callable[[int], Folded] = folded_at
        """The folded book at an index."""
        self.add(owned)

    def add(self, owned: Iterable[BookDescription]) -> None:
        """Append owned books to the index. Takes about a third of a millisecond for each."""
        for book in owned:
            one = folded(book)
            for word in one.words.union(*(person.surname.split() for person in one.people)):
                self._by_word[word].append(len(self.books))
            self.books.add(book)

    def by_people(self, authors: Sequence[str]) -> set[int]:
        """Indexes of the books with the surname of one of the authors in a field or a folder name."""
        found: set[int] = set()
        for person in people(authors):
            words = person.surname.split() or [person.letters]
            found.update(self._rarest(words))
        return found

    def by_title(self, work: CatalogueWork) -> set[int]:
        """Indexes of the books with every word of one of the work's titles."""
        found: set[int] = set()
        for name in work.names:
            found |= self._with_all(name.split())
        return found

    def _with_all(self, words: list[str]) -> set[int]:
        rarest = self._rarest(words)
        if len(rarest) > MAX_BOOKS_PER_WORD:
            return set()
        common = set(rarest).intersection(*(self._by_word.get(word, ()) for word in words))
        return {place for place in common if self.folded(place).words.issuperset(words)}

    def _rarest(self, words: Sequence[str]) -> Sequence[int]:
        """The indexes of the books with the rarest of the words."""
        return min((self._by_word.get(word, _NO_INDEXES) for word in words), key=len, default=_NO_INDEXES)


def verdict_on(work: CatalogueWork, item: Folded) -> Verdict:
    """The best verdict of any of the work's editions on an owned book."""
    verdicts = [compare_folded(item, edition) for edition in work.editions]
    return min(verdicts, key=lambda verdict: (_RANK[verdict.answer], verdict.distance))


_RANK = {Answer.SAME: 0, Answer.UNSURE: 1, Answer.DIFFERENT: 2}
