"""Returns the ids of selected books and missing books, for the services that change them."""

from uuid import UUID

from shared.contracts.library.books import SelectBooks
from shared.contracts.library.missing_books import SelectMissingBooks

from library_scanner.domain.transaction import Transactions
from library_scanner.workflow.selections import selected_books, selected_missing_books


class SelectItemsHandlers:
    """Reads in read-only transactions. Raises `SelectionChanged` if a filter matches another number than expected."""

    def __init__(self, read_only: Transactions) -> None:
        self._read_only = read_only

    async def select_books(self, request: SelectBooks) -> list[UUID]:
        """Return the ids of the selected books."""
        async with self._read_only() as tx:
            return await selected_books(tx, request.selection)

    async def select_missing_books(self, request: SelectMissingBooks) -> list[UUID]:
        """Return the ids of the selected missing books, the highest priority first."""
        async with self._read_only() as tx:
            return await selected_missing_books(tx, request.selection)
