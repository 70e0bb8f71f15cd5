"""Counts the rows of the service for its statistics."""

from datetime import datetime, timedelta

from shared.chassis.database import Transaction, Transactions
from shared.contracts.metadata.proposals import ProposalStatus
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from metadata.adapters.postgres.tables import (
    AnswerRow,
    CorrectionRow,
    DeferredRow,
    ImportListEntryRow,
    ImportListRow,
    ProposalRow,
    RefreshRow,
)

Figures = dict[str, float | int | str | dict[str, int]]
LATELY = timedelta(days=30)


class StoredFigures:
    """Counts corrections, proposals, refreshes, import lists, deferred books and stored answers."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def counted(self, now: datetime) -> Figures:
        """The statistics at this time, by name."""
        lately = RefreshRow.refreshed_at > now - LATELY
        async with self._transaction() as tx:
            by_status = await _by(tx, CorrectionRow.status)
            books = await tx.session.scalar(select(func.count(RefreshRow.book_id.distinct())).where(lately))
            confidence = await _by(tx, RefreshRow.confidence, lately)
            has_problem = ImportListRow.problem.is_not(None)
            problems = await tx.session.scalar(select(func.count()).select_from(ImportListRow).where(has_problem))
            return {
                "corrections": sum(by_status.values()),
                "corrections_by_status": by_status,
                "corrections_by_source": await _by(tx, CorrectionRow.source),
                "corrections_by_field": await _by(tx, CorrectionRow.field),
                "proposals_by_status": await _by(tx, ProposalRow.status),
                "open_proposals_by_kind": await _by(tx, ProposalRow.kind, ProposalRow.status == ProposalStatus.OPEN),
                "refreshes_last_30_days": sum(confidence.values()),
                "books_refreshed_last_30_days": books or 0,
                "refreshes_by_confidence_last_30_days": confidence,
                "books_waiting_for_provider": await _by(tx, func.jsonb_array_elements_text(DeferredRow.providers)),
                "import_lists_by_kind": await _by(tx, ImportListRow.kind),
                "import_lists_with_problem": problems or 0,
                "import_list_entries_by_state": await _by(
                    tx, ImportListEntryRow.state, ImportListEntryRow.removed_at.is_(None)
                ),
                "provider_answers_remembered": await _by(tx, func.split_part(AnswerRow.key, ":", 1)),
            }


async def _by(
    tx: Transaction, column: InstrumentedAttribute[str] | ColumnElement[str], *where: ColumnElement[bool]
) -> dict[str, int]:
    counted = await tx.session.execute(select(column, func.count()).where(*where).group_by(column).order_by(column))
    return {str(name): int(count) for name, count in counted}
