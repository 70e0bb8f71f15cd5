"""The status of the scheduler and its next jobs."""

from scheduler.handlers.runs import RunHandlers
from scheduler.handlers.status import StatusHandlers
from scheduler.handlers.tasks import TaskHandlers
from scheduler.ticker import Ticker
from shared.contracts.runs import RunStarted
from shared.contracts.scheduler import EnableTask, ListJobs, ListTasks, RunTask, TellSchedulerStatus
from shared.testing.clocks import ManualClock


async def test_the_next_jobs_are_listed_soonest_first(
    ticker: Ticker, tasks: TaskHandlers, status: StatusHandlers
) -> None:
    await tasks.enable_task(EnableTask(name="library_scan", enabled=False))
    jobs = await status.list_jobs(ListJobs())
    assert [job.task for job in jobs][:2] == ["download_monitor", "download_retry"]
    by_schedule = {task.name for task in await tasks.list_tasks(ListTasks()) if task.cron and task.enabled}
    assert {job.task for job in jobs} == by_schedule
    assert all(len(job.next_times) == 5 and job.next_times == sorted(set(job.next_times)) for job in jobs)


async def test_the_status_shows_the_lag_and_the_waiting_running_and_stuck_runs(
    ticker: Ticker, tasks: TaskHandlers, runs: RunHandlers, status: StatusHandlers, clock: ManualClock
) -> None:
    scan = await tasks.run_task(RunTask(name="library_scan"))
    search = await tasks.run_task(RunTask(name="wanted_search"))
    await runs.run_started(RunStarted(run_id=scan.id, service="library"))
    clock.forward(minutes=4)
    answer = await status.tell_status(TellSchedulerStatus())
    assert (answer.lag_task, answer.lag_seconds) == ("download_monitor", 210)
    assert ([run.id for run in answer.waiting], [run.id for run in answer.running]) == ([search.id], [scan.id])
    assert answer.stuck == []
    clock.forward(minutes=2)
    assert [run.id for run in (await status.tell_status(TellSchedulerStatus())).stuck] == [scan.id]
    await ticker.tick()
    assert (await status.tell_status(TellSchedulerStatus())).lag_seconds == 0
