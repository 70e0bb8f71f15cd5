"""Refuses a series name that is taken."""

from collections.abc import Sequence
from uuid import UUID

from shared.translatable import translatable

from library_scanner.domain.transaction import Transaction
from library_scanner.workflow.refusals import AlreadyExists


async def require_free_series_name(
    tx: Transaction, name: str, authors: Sequence[str], *, except_id: UUID | None = None
) -> None:
    """Raises `AlreadyExists` if these authors have another series of this name."""
    found = await tx.watchlist.series_named(name, authors)
    if found is not None and found != except_id:
        raise AlreadyExists(
            translatable(
                "refused.series_exists", f"these authors already have a series of this name: /api/series/{found}"
            )
        )
