"""Counts which metadata fields of the active books are filled, and collects the findings of the library."""

from typing import Any

from shared.chassis.database import Transaction, Transactions
from shared.contracts.library.books import BookStatus
from shared.contracts.library.completeness import Completeness, FieldCompleteness
from shared.contracts.library.field_values import FIELDS
from sqlalchemy import ColumnElement, and_, func, or_, select

from library_scanner.adapters.postgres.library_findings import LibraryFindings
from library_scanner.adapters.postgres.tables import BOOKS

LISTS = ("authors", "narrators", "genres", "tags")


class CompletenessReport:
    """Reads the active books once, in one statement."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def report(self) -> Completeness:
        """Return the counts of all active books and the findings of the library."""
        counts = [func.count().filter(_has_value(field)).label(field) for field in FIELDS]
        incomplete = func.count().filter(BOOKS.c.incomplete).label("incomplete")
        counting = select(func.count().label("all"), incomplete, *counts).where(BOOKS.c.status == BookStatus.ACTIVE)
        async with self._transaction() as tx:
            row: dict[str, Any] = dict((await tx.session.execute(counting)).mappings().one())
            findings = await LibraryFindings(tx.session).all()
        books = row["all"]
        complete = books - row["incomplete"]
        return Completeness(
            books=books,
            complete=complete,
            percent=_percent(complete, books),
            fields=[
                FieldCompleteness(field=each, books=row[each], percent=_percent(row[each], books)) for each in FIELDS
            ],
            findings=findings,
        )


def _has_value(field: str) -> ColumnElement[bool]:
    """Whether the field is filled. A series read only from the book's texts does not count."""
    column = BOOKS.c[field]
    if field == "series":
        in_abs = or_(BOOKS.c.series_evidence.is_(None), func.jsonb_array_length(BOOKS.c.series_in_abs) > 0)
        return and_(func.jsonb_array_length(column) > 0, in_abs)
    return func.cardinality(column) > 0 if field in LISTS else func.coalesce(func.trim(column), "") != ""


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0
