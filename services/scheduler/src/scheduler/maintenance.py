"""The scheduler's figures, and what its runs say of the history of a book."""

from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.contracts.system import Statistics, TellStatistics, TellTimeline, Timeline, TimelineEntry
from sqlalchemy import func, select

from scheduler.catalogue import CATALOGUE
from scheduler.postgres.tables import RunRow, ScheduleRow
from scheduler.postgres.transaction import SchedulerTransaction

OF_ONE_BOOK = [task.name for task in CATALOGUE if task.needs == "book_id"]
RUNS_TOLD = 50


class Accounting:
    """Figures and history."""

    def __init__(self, transaction: Transactions[SchedulerTransaction], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def tell_statistics(self, _request: TellStatistics) -> Statistics:
        """Runs by their status, all and of the last day; due times that gave no run of their own."""
        async with self._transaction() as tx:
            runs = await self._by_status(tx, None)
            recent = await self._by_status(tx, self._clock.now() - timedelta(days=1))
            counts = (ScheduleRow.caught_up, ScheduleRow.merged, ScheduleRow.missed, ScheduleRow.overlapped)
            summed = (await tx.session.execute(select(*(func.coalesce(func.sum(each), 0) for each in counts)))).one()
        misfires = {column.key: int(count) for column, count in zip(counts, summed, strict=True)}
        return Statistics(
            service="scheduler", figures={"runs": runs, "runs_last_24_hours": recent, "misfires": misfires}
        )

    async def tell_timeline(self, request: TellTimeline) -> Timeline:
        """The runs that were ordered for one of these books alone."""
        books = [str(each) for each in request.book_ids]
        if not books:
            return Timeline()
        async with self._transaction() as tx:
            rows = await tx.session.scalars(
                select(RunRow)
                .where(RunRow.task.in_(OF_ONE_BOOK), RunRow.parameters["book_id"].astext.in_(books))
                .order_by(RunRow.due_at.desc())
                .limit(RUNS_TOLD)
            )
            entries = [_entry(row) for row in rows]
        return Timeline(entries=entries[::-1])

    async def _by_status(self, tx: SchedulerTransaction, since: datetime | None) -> dict[str, int]:
        counted = select(RunRow.status, func.count()).group_by(RunRow.status)
        if since:
            counted = counted.where(RunRow.due_at >= since)
        return {status: count for status, count in await tx.session.execute(counted)}


def _entry(row: RunRow) -> TimelineEntry:
    words = f"the task {row.task} was run for this book: {row.status}"
    return TimelineEntry(
        at=row.started_at or row.due_at, service="scheduler", kind="run", words=words, details={"run_id": str(row.id)}
    )
