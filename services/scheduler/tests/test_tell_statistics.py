"""The statistics count the runs."""

from datetime import timedelta
from typing import Any

import psycopg
from scheduler.handlers.runs import RunHandlers
from scheduler.handlers.tasks import TaskHandlers
from scheduler.handlers.tell_statistics import TellStatisticsHandler
from shared.contracts.runs import RunFinished, RunOutcome, RunTally
from shared.contracts.scheduler import RunTask
from shared.contracts.system import TellStatistics
from shared.testing.clocks import ManualClock


async def test_the_statistics_count_runs_by_status(
    transaction: Any, clock: ManualClock, tasks: TaskHandlers, runs: RunHandlers, database_url: str
) -> None:
    for _ in range(2):
        run = await tasks.run_task(RunTask(name="library_scan"))
        await runs.run_finished(RunFinished(run_id=run.id, outcome=RunOutcome.COMPLETED, tally=RunTally()))
    with psycopg.connect(database_url) as connection:
        connection.execute("update scheduler.runs set due_at = due_at - %s", [timedelta(days=2)])
    await tasks.run_task(RunTask(name="library_scan"))
    figures = (await TellStatisticsHandler(transaction, clock).tell_statistics(TellStatistics())).figures
    assert figures["runs"] == {"completed": 2, "scheduled": 1}
    assert figures["runs_last_24_hours"] == {"scheduled": 1}
