"""Moves missing books from one series to another."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from shared.contracts.library.series import Series
from shared.contracts.values import MissingStatus

from library_scanner.domain.missing_book import StoredMissingBook, natural_key
from library_scanner.domain.transaction import Transaction
from library_scanner.workflow.close_missing_books import close_as_no_gap


async def move_missing_books(
    tx: Transaction, stored: Sequence[StoredMissingBook], target: Series, now: datetime
) -> list[UUID]:
    """Give missing books to a series and return their ids.

    One that the series has already is closed, unless it is being downloaded.
    """
    moved: list[UUID] = []
    for each in stored:
        missing = each.missing_book.model_copy(
            update={"series_id": target.id, "series": target.name, "updated_at": now}
        )
        key = natural_key(missing.title, missing.authors, target.id)
        near = await tx.missing_books.near(missing.authors, each.catalogue_ids)
        if any(_key(other) == key for other in near if other.missing_book.id != missing.id):
            if missing.status is not MissingStatus.DOWNLOADING:
                await close_as_no_gap(tx, each, f"the series “{target.name}” has it already", now)
            continue
        await tx.missing_books.save(replace(each, missing_book=missing))
        moved.append(missing.id)
    return moved


async def missing_books_of(tx: Transaction, ids: Collection[UUID]) -> list[StoredMissingBook]:
    """Return and lock those of the missing books that exist and are not closed."""
    found = [await tx.missing_books.by_id(each) for each in ids]
    return [stored for stored in found if stored is not None and stored.is_closable]


def _key(stored: StoredMissingBook) -> str:
    missing = stored.missing_book
    return natural_key(missing.title, missing.authors, missing.series_id)
