"""Deletes old rows, or counts them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.chassis.database import Transaction, Transactions
from shared.chassis.retention import prune, prune_chassis
from shared.contracts.metadata.corrections import CorrectionStatus
from shared.contracts.metadata.proposals import ProposalStatus
from sqlalchemy import ColumnElement, and_, or_, select, union

from metadata.adapters.postgres.tables import (
    CHASSIS,
    METADATA,
    AnswerRow,
    CorrectionRow,
    DecisionRow,
    ImportListEntryRow,
    PlannedRow,
    ProposalRow,
    RefreshRow,
    SeenPictureRow,
)

ABANDONED_AFTER = timedelta(days=7)
"""After this time the run of a stored plan was abandoned."""
REMOVED_ENTRIES_KEPT = timedelta(days=365)
"""After this time an entry that an import list no longer names is forgotten, with its decision."""
SETTLED = (CorrectionStatus.REFUSED, CorrectionStatus.UNDONE)
"""These cannot be undone. That a person undid a value is stored with the field of the book."""


@dataclass(frozen=True, slots=True)
class RetentionPeriods:
    """How long corrections, refreshes and answers of providers are kept."""

    corrections: timedelta
    refreshes: timedelta
    provider_answers: timedelta


class Retention:
    """Deletes old rows in one transaction."""

    def __init__(self, transaction: Transactions[Transaction], periods: RetentionPeriods) -> None:
        self._transaction = transaction
        self._periods = periods

    async def books_of_old_corrections(self, now: datetime) -> list[UUID]:
        """The books with an old correction that can still be undone, or with an old declined proposal."""
        applied = and_(CorrectionRow.status == CorrectionStatus.APPLIED, self._old(now))
        declined = and_(
            ProposalRow.status == ProposalStatus.DECLINED, ProposalRow.decided_at < now - self._periods.corrections
        )
        books = union(select(CorrectionRow.book_id).where(applied), select(ProposalRow.book_id).where(declined))
        async with self._transaction() as tx:
            return list(await tx.session.scalars(books))

    async def clean_up(self, now: datetime, removed: Sequence[UUID], *, dry_run: bool) -> dict[str, int]:
        """Delete old rows, or only count them. Return their number by table.

        `removed` are books that are no longer in the library.
        """
        done = CorrectionRow.status.in_(SETTLED)
        of_removed = and_(CorrectionRow.status == CorrectionStatus.APPLIED, CorrectionRow.book_id.in_(removed))
        over: dict[str, ColumnElement[bool]] = {
            CorrectionRow.__tablename__: and_(self._old(now), or_(done, of_removed)),
            ProposalRow.__tablename__: and_(
                ProposalRow.decided_at < now - self._periods.corrections,
                or_(ProposalRow.status != ProposalStatus.DECLINED, ProposalRow.book_id.in_(removed)),
            ),
            RefreshRow.__tablename__: RefreshRow.refreshed_at < now - self._periods.refreshes,
            AnswerRow.__tablename__: AnswerRow.fetched_at < now - self._periods.provider_answers,
            SeenPictureRow.__tablename__: SeenPictureRow.seen_at < now - self._periods.refreshes,
            PlannedRow.__tablename__: PlannedRow.planned_at < now - ABANDONED_AFTER,
            DecisionRow.__tablename__: DecisionRow.believed_until < now,
            ImportListEntryRow.__tablename__: ImportListEntryRow.removed_at < now - REMOVED_ENTRIES_KEPT,
        }
        async with self._transaction() as tx:
            counts = {
                name: await prune(tx.session, METADATA.tables[f"metadata.{name}"], condition, dry_run=dry_run)
                for name, condition in over.items()
            }
            return counts | await prune_chassis(tx.session, CHASSIS, now=now, dry_run=dry_run)

    def _old(self, now: datetime) -> ColumnElement[bool]:
        return CorrectionRow.made_at < now - self._periods.corrections
