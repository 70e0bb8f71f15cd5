"""Items of Audiobookshelf that show one and the same folder: one of them is the book.

Audiobookshelf's watcher and its scan do not exclude each other, so a new folder may become two items. A later scan
marks one of them as missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from shared.contracts.library.books import BookStatus

from library_scanner.domain.catalogue import StoredBook


def by_folder(books: Iterable[StoredBook]) -> list[list[StoredBook]]:
    """The books of Audiobookshelf that are not archived, by library and path."""
    found: dict[tuple[str, str], list[StoredBook]] = defaultdict(list)
    for stored in books:
        if stored.book.abs_id is not None and stored.book.status is not BookStatus.ARCHIVED:
            found[stored.library_id, stored.book.path].append(stored)
    return list(found.values())


def settled(group: Sequence[StoredBook]) -> dict[UUID, BookStatus]:
    """The status of each of the books that are shown for one folder.

    The book is the item that has its files, the eldest of several. The others are duplicates, to which nothing is
    written; those without files are gone.
    """
    ranked = sorted(group, key=lambda one: (_without_files(one), one.book.added_at, one.book.abs_id or ""))
    others = {one.book.id: BookStatus.ARCHIVED if _without_files(one) else BookStatus.DUPLICATE for one in ranked[1:]}
    return {ranked[0].book.id: BookStatus.ACTIVE} | others


def _without_files(one: StoredBook) -> bool:
    return one.book.files_missing_since is not None
