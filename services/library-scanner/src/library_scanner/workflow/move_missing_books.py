"""Moves missing books from one series to another."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from shared.books.matching.same_work import Answer, compare
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.library.series import Series
from shared.contracts.values import MissingStatus

from library_scanner.domain.missing_book import StoredMissingBook, description_of
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
        near = await tx.missing_books.near(missing.authors, each.catalogue_ids)
        if any(_is_the_same(missing, other.missing_book) for other in near):
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


def _is_the_same(missing: MissingBook, other: MissingBook) -> bool:
    """Whether another missing book of the same series is the same work."""
    if other.id == missing.id or other.series_id != missing.series_id:
        return False
    return compare(description_of(missing), description_of(other)).answer is Answer.SAME
