"""An index of the owned books by their words, to find those that may be a given work."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from shared.books.description import BookDescription
from shared.books.gaps.works import CatalogueWork
from shared.books.matching.folded import Folded, folded
from shared.books.matching.packed import PackedBooks
from shared.books.matching.same_work import Answer, Verdict, compare_folded
from shared.books.records import record
from shared.books.text.names import people

_NO_INDEXES = array("I")
MAX_BOOKS_PER_WORD = 400
"""A word that more owned books have is too common to find a book."""


@record
class Owned:
    """An owned book that is a work, the verdict, and its position on the shelf; None if several parts are the work."""

    book: BookDescription
    verdict: Verdict
    position: int | None = None


class Shelf:
    """An index of the owned books of a library. Build it once and use it for every series and author.

    It stores the books compressed, because a folded book takes kilobytes. Books are compared in the order of their
    `sort_key`, which is called with a position; without it, in the order in which they were added.
    """

    def __init__(
        self, owned: Iterable[BookDescription] = (), *, sort_key: Callable[[int], tuple[int, int]] | None = None
    ) -> None:
        self._by_word: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._sort_key = sort_key
        self.books = PackedBooks()
        self.add(owned)

    def add(self, owned: Iterable[BookDescription]) -> None:
        """Append owned books to the index. Takes about a third of a millisecond for each."""
        for position, book in enumerate(owned, start=len(self.books)):
            one = folded(book)
            for word in _words_of(one):
                self._by_word[word].append(position)
            self.books.add(book, one)

    def replaced(self, gone: Iterable[int], owned: Iterable[BookDescription]) -> "Shelf":
        """Return a shelf without the books at the positions `gone`, and with other books at the next positions.

        This shelf finds what it found before, also in another thread, but may not be changed again: both shelves keep
        their books in one list. The books that are gone stay in that list.
        """
        shelf = Shelf(sort_key=self._sort_key)
        shelf.books = self.books
        by_word = shelf._by_word = self._by_word.copy()
        for position in gone:
            for word in _words_of(self.books[position][1]):
                at = bisect_left(by_word[word], position)
                by_word[word] = by_word[word][:at] + by_word[word][at + 1 :]
                if not by_word[word]:
                    del by_word[word]
        for book in owned:
            one = folded(book)
            for word in _words_of(one):
                by_word[word] = by_word[word] + array("I", [len(self.books)])
            self.books.add(book, one)
        return shelf

    def in_order(self, positions: Iterable[int]) -> list[int]:
        """Return positions in the order in which their books are compared."""
        return sorted(positions, key=self._sort_key)

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
        others = [found for found in map(self._with_word, words) if found is not rarest]
        return {place for place in rarest if all(_contains(found, place) for found in others)}

    def _with_word(self, word: str) -> "array[int]":
        return self._by_word.get(word, _NO_INDEXES)

    def _rarest(self, words: Sequence[str]) -> "array[int]":
        """The indexes of the books with the rarest of the words."""
        return min(map(self._with_word, words), key=len, default=_NO_INDEXES)


def _words_of(book: Folded) -> frozenset[str]:
    return book.words.union(*(person.surname.split() for person in book.people))


def _contains(ascending: "array[int]", place: int) -> bool:
    at = bisect_left(ascending, place)
    return at < len(ascending) and ascending[at] == place


def verdict_on(work: CatalogueWork, item: Folded) -> Verdict:
    """The best verdict of any of the work's editions on an owned book."""
    if len(work.editions) == 1:
        return compare_folded(item, work.editions[0])
    verdicts = [compare_folded(item, edition) for edition in work.editions]
    return min(verdicts, key=lambda verdict: (_RANK[verdict.answer], verdict.distance))


_RANK = {Answer.SAME: 0, Answer.UNSURE: 1, Answer.DIFFERENT: 2}
