"""The owned books, indexed once for many comparisons, and which of them is a work."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.books.description import BookDescription
from shared.books.gaps.owned_index import Shelf
from shared.books.matching.same_work import best_match

from library_scanner.domain.ports import OwnedBook


class OwnedShelf:
    """A shelf of all active books at one version of the library, and one of those that are gone from it."""

    def __init__(self, version: tuple[datetime | None, int]) -> None:
        self.version = version
        self.shelf = Shelf()
        self.gone: Shelf | None = None
        self._ids: list[UUID] = []

    def add(self, owned: Sequence[OwnedBook]) -> None:
        """Put more active books on the shelf."""
        self.shelf.add(book.description for book in owned)
        self._ids += [book.id for book in owned]

    def add_gone(self, gone: Sequence[OwnedBook]) -> None:
        """Remember more books that are gone from the library."""
        self.gone = self.gone or Shelf()
        self.gone.add(book.description for book in gone)

    def owner(self, work: BookDescription) -> UUID | None:
        """The id of the book that is this work, None when none by its authors is."""
        near = [(self._ids[place], self.shelf.books[place]) for place in sorted(self.shelf.by_people(work.authors))]
        match = best_match(work, near)
        return None if match is None else match.work_id
