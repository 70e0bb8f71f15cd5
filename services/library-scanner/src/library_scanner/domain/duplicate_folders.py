"""Items of Audiobookshelf that show the same folder: one of them is the book.

The watcher and the scan of Audiobookshelf are not synchronised, so a new folder may become two items. A later scan
marks one of them as missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from shared.contracts.library.books import BookStatus

from library_scanner.domain.catalogue import StoredBook


def by_folder(books: Iterable[StoredBook]) -> list[list[StoredBook]]:
    """Group the books of Audiobookshelf that are not archived by library and path."""
    found: dict[tuple[str, str], list[StoredBook]] = defaultdict(list)
    for stored in books:
        if stored.book.abs_id is not None and stored.book.status is not BookStatus.ARCHIVED:
            found[stored.library_id, stored.book.path].append(stored)
    return list(found.values())


def duplicate_statuses(group: Sequence[StoredBook]) -> dict[UUID, BookStatus]:
    """Return the status of each book of one folder.

    The oldest item that has its files is active. The others are duplicates, to which nothing is written, or archived if
    they have no files.
    """
    ranked = sorted(group, key=lambda one: (_without_files(one), one.book.added_at, one.book.abs_id or ""))
    others = {one.book.id: BookStatus.ARCHIVED if _without_files(one) else BookStatus.DUPLICATE for one in ranked[1:]}
    return {ranked[0].book.id: BookStatus.ACTIVE} | others


def _without_files(one: StoredBook) -> bool:
    return one.book.files_missing_since is not None
