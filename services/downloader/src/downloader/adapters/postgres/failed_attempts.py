"""The permanent table of failures, in Postgres."""

from datetime import datetime

from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.downloads.failed_attempts import FailedAttempt
from shared.contracts.page import Page
from shared.contracts.translatable import stored_translatables, translatables, with_stored_code
from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import FailedAttemptRow
from downloader.domain.download import Download
from downloader.domain.history import Attempt


class FailedAttempts:
    """Rows are never deleted; a repeated failure increases the count."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def count(self, download: Download, attempt: Attempt, now: datetime) -> None:
        """Count a failure; an abandoned download makes it permanent."""
        statement = insert(FailedAttemptRow).values(
            task=attempt.task,
            item=download.tally_item,
            release_id=attempt.release_id,
            error_type=attempt.error_type.value,
            reason=attempt.reason,
            translatable=stored_translatables([attempt.reason]),
            first_attempt_at=now,
            last_attempt_at=now,
            permanent=download.status is DownloadStatus.ABANDONED,
        )
        again = {
            "count": FailedAttemptRow.count + 1,
            "reason": statement.excluded.reason,
            "translatable": statement.excluded.translatable,
            "last_attempt_at": now,
            "permanent": FailedAttemptRow.permanent | statement.excluded.permanent,
        }
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["item", "task", "release_id", "error_type"], set_=again)
        )

    async def hide(self, item: str, now: datetime) -> None:
        """Hide the item's failures so far; one that is repeated is shown again, with its whole count."""
        await self._session.execute(update(FailedAttemptRow).where(FailedAttemptRow.item == item).values(hidden_at=now))

    async def page(self, item: str, limit: int, offset: int) -> Page[FailedAttempt]:
        """One page of the item's failures that are not hidden, newest first."""
        shown = or_(FailedAttemptRow.hidden_at.is_(None), FailedAttemptRow.hidden_at < FailedAttemptRow.last_attempt_at)
        of_item = and_(FailedAttemptRow.item == item, shown)
        total = await self._session.scalar(select(func.count()).select_from(FailedAttemptRow).where(of_item))
        rows = await self._session.scalars(
            select(FailedAttemptRow)
            .where(of_item)
            .order_by(FailedAttemptRow.last_attempt_at.desc(), FailedAttemptRow.id)
            .limit(limit)
            .offset(offset)
        )
        items = [_shown(row) for row in rows]
        return Page(items=items, total=total or 0, limit=limit, offset=offset)


def _shown(row: FailedAttemptRow) -> FailedAttempt:
    return FailedAttempt(
        id=row.id,
        task=row.task,
        item=row.item,
        release_id=row.release_id,
        error_type=ErrorType(row.error_type),
        reason=row.reason,
        first_attempt_at=row.first_attempt_at,
        last_attempt_at=row.last_attempt_at,
        count=row.count,
        permanent=row.permanent,
        translatable=translatables(reason=with_stored_code(row.reason, row.translatable)),
    )
