"""Deletes what is older than it is kept, or counts it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.chassis.database import Transaction, Transactions
from shared.chassis.retention import prune, prune_chassis
from shared.contracts.metadata.corrections import CorrectionStatus
from sqlalchemy import ColumnElement, and_, or_, select

from metadata.adapters.postgres.tables import (
    CHASSIS,
    METADATA,
    AnswerRow,
    CorrectionRow,
    DecisionRow,
    PlannedRow,
    RefreshRow,
)

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
        over: dict[str, ColumnElement[bool]] = {
            CorrectionRow.__tablename__: and_(self._old(now), or_(done, of_gone)),
            RefreshRow.__tablename__: RefreshRow.refreshed_at < now - self._keeping.refreshes,
            AnswerRow.__tablename__: AnswerRow.fetched_at < now - self._keeping.provider_answers,
            PlannedRow.__tablename__: PlannedRow.planned_at < now - UNTOLD_FOR,
            DecisionRow.__tablename__: DecisionRow.believed_until < now,
        }
        async with self._transaction() as tx:
            counts = {
                name: await prune(tx.session, METADATA.tables[f"metadata.{name}"], condition, dry_run=dry_run)
                for name, condition in over.items()
            }
            return counts | await prune_chassis(tx.session, CHASSIS, now=now, dry_run=dry_run)

    def _old(self, now: datetime) -> ColumnElement[bool]:
        return CorrectionRow.made_at < now - self._keeping.corrections
