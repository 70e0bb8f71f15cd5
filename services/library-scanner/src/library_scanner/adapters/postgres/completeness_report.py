"""Counts which metadata fields of the active books are filled, and collects the findings of the library."""

from typing import Any

from shared.chassis.array_parameters import is_one_of
from shared.chassis.database import Transaction, Transactions
from shared.contracts.library.books import BookStatus
from shared.contracts.library.completeness import Completeness, FieldCompleteness
from shared.contracts.library.field_values import FIELDS, MARKS
from shared.contracts.library.findings import BookFound, FindingKind, LibraryFinding
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.findings import Findings
from library_scanner.adapters.postgres.tables import BOOKS
from library_scanner.domain.checks.remedies import NAMES, counted, remedy_of
from library_scanner.domain.stored_findings import StoredFinding

MAX_BOOKS_LISTED = 20
LISTS = ("authors", "narrators", "genres", "tags")
COUNTED = [field for field in FIELDS if field not in MARKS]
"""A book without a mark lacks nothing."""


class CompletenessReport:
    """Reads the active books once, in one statement."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def report(self) -> Completeness:
        """Return the counts of all active books and the findings of the library."""
        counts = [func.count().filter(_has_value(field)).label(field) for field in COUNTED]
        incomplete = func.count().filter(BOOKS.c.incomplete).label("incomplete")
        counting = select(func.count().label("all"), incomplete, *counts).where(BOOKS.c.status == BookStatus.ACTIVE)
        async with self._transaction() as tx:
            row: dict[str, Any] = dict((await tx.session.execute(counting)).mappings().one())
            findings = await _item_findings(tx.session)
        books = row["all"]
        complete = books - row["incomplete"]
        return Completeness(
            books=books,
            complete=complete,
            percent=_percent(complete, books),
            fields=[
                FieldCompleteness(field=each, books=row[each], percent=_percent(row[each], books)) for each in COUNTED
            ],
            findings=findings,
        )


async def _item_findings(session: AsyncSession) -> list[LibraryFinding]:
    """The open findings about items and files, one for each kind, with the first books."""
    listed: dict[FindingKind, list[StoredFinding]] = {kind: [] for kind in NAMES}
    for each in await Findings(session).open_of_kinds(NAMES):
        listed[each.kind].append(each)
    ids = {each.book_ids[0] for found in listed.values() for each in found[:MAX_BOOKS_LISTED]}
    rows = await session.execute(select(BOOKS.c.id, BOOKS.c.path).where(is_one_of(BOOKS.c.id, ids)))
    paths = {row.id: row.path for row in rows}
    return [
        LibraryFinding(
            kind=kind,
            count=len(found),
            words=counted(kind, len(found)),
            to_do=remedy_of(kind),
            books=[
                BookFound(id=each.book_ids[0], path=paths[each.book_ids[0]], words=each.words)
                for each in found[:MAX_BOOKS_LISTED]
                if each.book_ids[0] in paths
            ],
        )
        for kind, found in listed.items()
        if found
    ]


def _has_value(field: str) -> ColumnElement[bool]:
    """Whether the field is filled. A series read only from the book's texts does not count."""
    column = BOOKS.c[field]
    if field == "series":
        in_abs = or_(BOOKS.c.series_evidence.is_(None), func.jsonb_array_length(BOOKS.c.series_in_abs) > 0)
        return and_(func.jsonb_array_length(column) > 0, in_abs)
    return func.cardinality(column) > 0 if field in LISTS else func.coalesce(func.trim(column), "") != ""


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0
