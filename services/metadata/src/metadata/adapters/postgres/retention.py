"""Deletes what is older than it is kept, or counts it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.chassis.database import Transaction, Transactions
from shared.contracts.metadata import CorrectionStatus
from sqlalchemy import ColumnElement, and_, delete, func, or_, select

from metadata.adapters.postgres.tables import AnswerRow, CorrectionRow, PlannedRow, RefreshRow, Row

UNTOLD_FOR = timedelta(days=7)
"""After so long the run of a plan that was never told has been given up."""
SETTLED = (CorrectionStatus.REFUSED, CorrectionStatus.UNDONE)
"""What cannot be undone any more. That a person took a value back stands with the book's field itself."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long corrections, refreshes and answers of providers are kept."""

    corrections: timedelta
    refreshes: timedelta
    provider_answers: timedelta


class Retention:
    """Deletes in one transaction what is over its time."""

    def __init__(self, transaction: Transactions[Transaction], keeping: Keeping) -> None:
        self._transaction = transaction
        self._keeping = keeping

    async def books_of_old_corrections(self, now: datetime) -> list[UUID]:
        """The books with a correction over its time that can still be undone."""
        old = and_(CorrectionRow.status == CorrectionStatus.APPLIED, self._old(now))
        async with self._transaction() as tx:
            return list(await tx.session.scalars(select(CorrectionRow.book_id).where(old).distinct()))

    async def clean_up(self, now: datetime, gone: Sequence[UUID], *, dry_run: bool) -> dict[str, int]:
        """Rows deleted by table, or that would be. `gone` are books that the library holds no longer."""
        done = CorrectionRow.status.in_(SETTLED)
        of_gone = and_(CorrectionRow.status == CorrectionStatus.APPLIED, CorrectionRow.book_id.in_(gone))
        over: dict[type[Row], ColumnElement[bool]] = {
            CorrectionRow: and_(self._old(now), or_(done, of_gone)),
            RefreshRow: RefreshRow.refreshed_at < now - self._keeping.refreshes,
            AnswerRow: AnswerRow.fetched_at < now - self._keeping.provider_answers,
            PlannedRow: PlannedRow.planned_at < now - UNTOLD_FOR,
        }
        counts: dict[str, int] = {}
        async with self._transaction() as tx:
            for table, condition in over.items():
                count = await tx.session.scalar(select(func.count()).select_from(table).where(condition))
                counts[table.__tablename__] = count or 0
                if count and not dry_run:
                    await tx.session.execute(delete(table).where(condition))
        return counts

    def _old(self, now: datetime) -> ColumnElement[bool]:
        return CorrectionRow.made_at < now - self._keeping.corrections
