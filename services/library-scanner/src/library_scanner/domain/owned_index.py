"""An index of the owned books for many comparisons."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.books.description import BookDescription
from shared.books.gaps.owned_index import Shelf
from shared.books.matching.folded import folded
from shared.books.matching.same_work import best_folded_match

from library_scanner.domain.ports import OwnedBook


class LibraryIndex:
    """Indexes all active books at one version of the library, and separately those that are archived."""

    def __init__(self, version: tuple[datetime | None, int]) -> None:
        self.version = version
        self.owned = Shelf()
        self.archived: Shelf | None = None
        self._ids: list[UUID] = []

    def add(self, books: Sequence[OwnedBook]) -> None:
        """Add active books."""
        self.owned.add(book.description for book in books)
        self._ids += [book.id for book in books]

    def add_archived(self, books: Sequence[OwnedBook]) -> None:
        """Add archived books."""
        self.archived = self.archived or Shelf()
        self.archived.add(book.description for book in books)

    def id_at(self, position: int) -> UUID:
        """Return the id of the active book at a position of the shelf."""
        return self._ids[position]

    def owner(self, work: BookDescription) -> UUID | None:
        """Return the id of the active book that is this work, or None."""
        near = sorted(self.owned.by_people(work.authors))
        match = best_folded_match(folded(work), [(self._ids[place], self.owned.books[place][1]) for place in near])
        return None if match is None else match.work_id
