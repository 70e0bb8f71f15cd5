"""Resolves selections of books and missing books to their ids."""

from uuid import UUID

from shared.chassis.bulk import require_expected
from shared.contracts.library.books import BookSelection
from shared.contracts.library.missing_books import MissingBookSelection

from library_scanner.domain.transaction import Transaction


async def selected_books(tx: Transaction, selection: BookSelection) -> list[UUID]:
    """Return the ids of the selected books.

    Raises `SelectionChanged` if a filter matches another number than expected.
    """
    if selection.filter is None or selection.expected is None:
        return selection.ids or []
    return require_expected(await tx.lists.book_ids(selection.filter, selection.expected), selection.expected)


async def selected_missing_books(tx: Transaction, selection: MissingBookSelection) -> list[UUID]:
    """Return the ids of the selected missing books, the highest priority first.

    Raises `SelectionChanged` if a filter matches another number than expected.
    """
    if selection.filter is None or selection.expected is None:
        return selection.ids or []
    return require_expected(await tx.lists.missing_book_ids(selection.filter, selection.expected), selection.expected)
