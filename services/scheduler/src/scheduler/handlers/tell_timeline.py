"""The scheduler's part of a book's timeline."""

from shared.chassis.database import Transactions
from shared.contracts.system import TellTimeline, Timeline, TimelineEntry
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from scheduler.domain.task_table import TASKS
from scheduler.postgres.tables import RunRow
from scheduler.postgres.transaction import SchedulerTransaction

BOOK_TASKS = [task.name for task in TASKS if task.needs == "book_id"]
MAX_RUNS = 50


class TellTimelineHandler:
    """Lists the runs that were started for single books."""

    def __init__(self, transaction: Transactions[SchedulerTransaction]) -> None:
        self._transaction = transaction

    async def tell_timeline(self, request: TellTimeline) -> Timeline:
        """Return the newest `MAX_RUNS` runs that were started for one of these books alone, oldest first."""
        books = [str(each) for each in request.book_ids]
        if not books:
            return Timeline()
        async with self._transaction() as tx:
            entries = [_entry(row) for row in await tx.runs_of_books(BOOK_TASKS, books, MAX_RUNS)]
        return Timeline(entries=entries[::-1])


def _entry(row: RunRow) -> TimelineEntry:
    words = translatable(
        "run.of_book", f"the task {row.task} ran for this book: {row.status}", task=row.task, status=row.status
    )
    return TimelineEntry(
        at=row.started_at or row.due_at,
        service="scheduler",
        kind="run",
        words=words,
        translatable=translatables(words=words),
        details={"run_id": str(row.id)},
        trace_id=row.trace_id,
    )
