"""An index of the owned books for many comparisons."""

from collections.abc import Collection, Sequence
from uuid import UUID

from shared.books.description import BookDescription
from shared.books.gaps.owned_index import Shelf
from shared.books.matching.folded import folded
from shared.books.matching.same_work import best_folded_match

from library_scanner.domain.ports import OwnedBook

MAX_LEFTOVERS = 500
"""How many descriptions of former books an index keeps in any case."""
MAX_LEFTOVERS_SHARE = 0.25
"""How many descriptions of former books an index keeps for each description of a book."""


class IndexedBooks:
    """The books of one status: a shelf, and the ids of the books at its positions."""

    def __init__(self) -> None:
        ids: list[UUID] = []  # the shelf must not refer to this object, or it would not be freed at once
        self._ids = ids
        self._first: dict[UUID, int] = {}
        self._described = 0
        self.shelf = Shelf(sort_key=lambda position: (ids[position].int, position))

    def add(self, books: Sequence[OwnedBook]) -> None:
        """Add books. The descriptions of one book follow one another."""
        self._add_ids(books)
        self.shelf.add(book.description for book in books)

    def replaced(self, gone: Collection[UUID], books: Sequence[OwnedBook]) -> "IndexedBooks":
        """Return the index without the books `gone`, and with other ones. This one is not changed again."""
        positions = [position for each in gone for position in self._positions(each)]
        new = IndexedBooks.__new__(IndexedBooks)
        new._ids = self._ids
        new._first = self._first.copy()  # hashes no id, so that a large library does not make each change slow
        for each in gone:
            new._first.pop(each, None)
        new._described = self._described - len(positions)
        new._add_ids(books)
        new.shelf = self.shelf.replaced(positions, (book.description for book in books))
        return new

    @property
    def ids(self) -> Collection[UUID]:
        """The ids of the books."""
        return self._first.keys()

    @property
    def has_many_leftovers(self) -> bool:
        """Whether building the index again would save much memory: it keeps the descriptions of former books."""
        return len(self._ids) - self._described > max(MAX_LEFTOVERS, self._described * MAX_LEFTOVERS_SHARE)

    def id_at(self, position: int) -> UUID:
        """Return the id of the book at a position of the shelf."""
        return self._ids[position]

    def _add_ids(self, books: Sequence[OwnedBook]) -> None:
        for book in books:
            self._first.setdefault(book.id, len(self._ids))
            self._ids.append(book.id)
        self._described += len(books)

    def _positions(self, book_id: UUID) -> list[int]:
        first = self._first.get(book_id, len(self._ids))
        last = first
        while last < len(self._ids) and self._ids[last] == book_id:
            last += 1
        return list(range(first, last))


class LibraryIndex:
    """The active books at one version of the library, and separately those that are archived.

    It does not change once it is complete. `replaced` returns the index of another version.
    """

    def __init__(self, version: str) -> None:
        self.version = version
        self._active = IndexedBooks()
        self._archived: IndexedBooks | None = None

    @property
    def owned(self) -> Shelf:
        """The active books."""
        return self._active.shelf

    @property
    def archived(self) -> Shelf | None:
        """The archived books, or None if there are none."""
        return None if self._archived is None else self._archived.shelf

    @property
    def ids(self) -> set[UUID]:
        """The ids of all books."""
        return {*self._active.ids, *(() if self._archived is None else self._archived.ids)}

    @property
    def book_count(self) -> int:
        """The number of books."""
        return len(self._active.ids) + (0 if self._archived is None else len(self._archived.ids))

    @property
    def has_many_leftovers(self) -> bool:
        """Whether building the index again would save much memory: it keeps the descriptions of former books."""
        return any(books is not None and books.has_many_leftovers for books in (self._active, self._archived))

    def add(self, books: Sequence[OwnedBook]) -> None:
        """Add active books."""
        self._active.add(books)

    def add_archived(self, books: Sequence[OwnedBook]) -> None:
        """Add archived books."""
        self._archived = self._archived or IndexedBooks()
        self._archived.add(books)

    def replaced(
        self, version: str, gone: Collection[UUID], active: Sequence[OwnedBook] = (), archived: Sequence[OwnedBook] = ()
    ) -> "LibraryIndex":
        """Return the index of another version: without the books `gone`, and with others.

        This index finds what it found before, also in another thread, but only the newest one may be replaced.
        """
        index = LibraryIndex(version)
        if not gone and not active and not archived:
            index._active, index._archived = self._active, self._archived
            return index
        index._active = self._active.replaced(gone, active)
        if self._archived is not None or archived:
            index._archived = (self._archived or IndexedBooks()).replaced(gone, archived)
            index._archived = index._archived if index._archived.ids else None
        return index

    def id_at(self, position: int) -> UUID:
        """Return the id of the active book at a position of the shelf."""
        return self._active.id_at(position)

    def owner(self, work: BookDescription) -> UUID | None:
        """Return the id of the active book that is this work, or None."""
        near = self.owned.in_order(self.owned.by_people(work.authors))
        match = best_folded_match(folded(work), [(self.id_at(place), self.owned.books[place][1]) for place in near])
        return None if match is None else match.work_id
