"""Each due time of each task gets one run and one command, whatever happens."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from scheduler.domain.task_table import TASKS
from scheduler.handlers.runs import RunHandlers
from scheduler.handlers.status import StatusHandlers
from scheduler.handlers.tasks import TaskHandlers
from scheduler.postgres.tables import CHASSIS
from scheduler.settings import SETTINGS
from scheduler.ticker import Ticker
from shared.contracts.runs import RunAlive, RunFinished, RunOutcome, RunProgressed, RunStarted, RunTally
from shared.contracts.scheduler import (
    ChangeTask,
    EnableTask,
    GetRun,
    GetTask,
    ListRuns,
    Misfires,
    Run,
    RunStatus,
    RunTask,
    TaskChange,
    TellSchedulerStatus,
)
from shared.testing.clocks import ManualClock
from shared.testing.spans import recorded_spans
from sqlalchemy import select

Sent = Callable[[], list[dict[str, Any]]]
Outbox = Callable[[str], list[dict[str, Any]]]


async def runs_of(runs: RunHandlers, task: str) -> list[Run]:
    return (await runs.list_runs(ListRuns(task=task))).items


def subjects(sent: Sent, subject: str) -> list[dict[str, Any]]:
    return [each for each in sent() if each["subject"] == subject]


async def misfires(status: StatusHandlers, task: str = "library_scan") -> Misfires:
    (found,) = [each for each in (await status.tell_status(TellSchedulerStatus())).misfires if each.task == task]
    return found


async def tick_until_heartbeats_count(ticker: Ticker, clock: ManualClock) -> None:
    """Tick until missing heartbeats count."""
    for _ in range(6):
        clock.forward(minutes=1)
        await ticker.tick()


async def end(runs: RunHandlers, run: Run, outcome: RunOutcome = RunOutcome.COMPLETED) -> None:
    await runs.run_finished(RunFinished(run_id=run.id, outcome=outcome, tally=RunTally()))


async def test_nothing_is_due_at_first(ticker: Ticker, sent: Sent) -> None:
    await ticker.tick()
    assert sent() == []


async def test_the_next_tick_is_at_the_next_due_time_but_at_most_five_seconds_later(
    ticker: Ticker, clock: ManualClock, tasks: TaskHandlers
) -> None:
    assert await ticker.tick() == 5.0
    clock.forward(seconds=27)
    assert await ticker.tick() == 3.0
    clock.forward(seconds=2.9)
    assert await ticker.tick() == 1.0
    for task in TASKS:
        await tasks.enable_task(EnableTask(name=task.name, enabled=False))
    assert await ticker.tick() == 5.0


async def test_a_due_task_gives_one_run_and_one_command(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers, sent: Sent
) -> None:
    clock.forward(minutes=30)
    await ticker.tick()
    await ticker.tick()
    (run,) = await runs_of(runs, "library_scan")
    (command,) = subjects(sent, "cmd.library.scan_library")
    assert (run.status, run.by, run.due_at) == (
        RunStatus.SCHEDULED,
        "schedule",
        datetime(2026, 3, 1, 12, 30, tzinfo=UTC),
    )
    assert command["run_id"] == str(run.id)


async def test_each_due_task_begins_a_trace_which_its_command_carries(
    ticker: Ticker, clock: ManualClock, transaction: Any
) -> None:
    clock.forward(days=1)
    with recorded_spans() as spans:
        await ticker.tick()
    async with transaction() as tx:
        rows = (await tx.session.execute(select(CHASSIS.outbox).where(CHASSIS.outbox.c.subject.like("cmd.%")))).all()
    ticks = {f"{each.context.trace_id:032x}": each.name for each in spans if each.name.startswith("tick ")}
    carried = [row.headers["traceparent"].split("-")[1] for row in rows]
    assert len(carried) > 3
    assert len(set(carried)) == len(carried)
    assert set(carried) <= ticks.keys()
    assert "tick library_scan" in {ticks[each] for each in carried}


async def test_many_replicas_that_tick_at_once_give_one_run(
    ticker: Ticker, clock: ManualClock, transaction: Any, runs: RunHandlers, sent: Sent
) -> None:
    replicas = [ticker, *(Ticker(transaction, clock, SETTINGS.example().crons()) for _ in range(4))]
    await asyncio.gather(*(replica.add_missing_schedules() for replica in replicas))
    clock.forward(minutes=30)
    await asyncio.gather(*(replica.tick() for replica in replicas))
    assert len(await runs_of(runs, "library_scan")) == 1
    assert len(subjects(sent, "cmd.library.scan_library")) == 1


async def test_several_missed_due_times_share_one_run(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers, sent: Sent
) -> None:
    clock.forward(minutes=30)
    clock.forward(minutes=55)
    await ticker.tick()
    (run,) = await runs_of(runs, "library_scan")
    assert run.due_at == datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    await end(runs, run)
    await ticker.tick()
    assert len(subjects(sent, "cmd.library.scan_library")) == 1


async def test_a_due_time_missed_by_more_than_an_hour_is_not_caught_up(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers, tasks: TaskHandlers, status: StatusHandlers
) -> None:
    await tasks.change_task(ChangeTask(name="library_scan", change=TaskChange(cron="30 12 * * *")))
    clock.forward(hours=1, minutes=31)
    await ticker.tick()
    assert await runs_of(runs, "library_scan") == []
    next_due_at = (await tasks.get_task(GetTask(name="library_scan"))).next_due_at
    assert next_due_at == datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
    assert (await misfires(status)).missed == 1


async def test_of_many_missed_due_times_those_within_the_hour_share_one_run(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers, status: StatusHandlers
) -> None:
    clock.forward(hours=3, minutes=10)
    await ticker.tick()
    (run,) = await runs_of(runs, "library_scan")
    assert run.due_at == datetime(2026, 3, 1, 14, 30, tzinfo=UTC)
    answer = await misfires(status)
    assert (answer.missed, answer.caught_up, answer.merged, answer.overlapped) == (4, 1, 1, 0)


async def test_a_clock_that_was_far_ahead_blocks_no_task(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers, tasks: TaskHandlers
) -> None:
    clock.forward(days=400)
    await ticker.tick()
    for run in await runs_of(runs, "library_scan"):
        await end(runs, run)
    clock.forward(days=-400)
    await ticker.tick()
    clock.forward(minutes=30)
    await ticker.tick()
    found = [run.due_at for run in await runs_of(runs, "library_scan")]
    assert datetime(2026, 3, 1, 12, 30, tzinfo=UTC) in found


async def test_a_clock_set_back_a_little_gives_no_due_time_a_second_run(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers
) -> None:
    clock.forward(minutes=30)
    await ticker.tick()
    (run,) = await runs_of(runs, "library_scan")
    await end(runs, run)
    clock.forward(minutes=-20)
    await ticker.tick()
    clock.forward(minutes=20)
    await ticker.tick()
    assert [each.id for each in await runs_of(runs, "library_scan")] == [run.id]


async def test_a_run_in_progress_blocks_the_next_one(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers, sent: Sent, status: StatusHandlers
) -> None:
    clock.forward(minutes=30)
    await ticker.tick()
    clock.forward(minutes=30)
    await ticker.tick()
    (run,) = await runs_of(runs, "library_scan")
    assert (await misfires(status)).overlapped == 1
    await end(runs, run)
    clock.forward(minutes=30)
    await ticker.tick()
    assert len(await runs_of(runs, "library_scan")) == 2
    assert len(subjects(sent, "cmd.library.scan_library")) == 2


async def test_a_disabled_task_is_never_due(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers, tasks: TaskHandlers
) -> None:
    await tasks.enable_task(EnableTask(name="library_scan", enabled=False))
    clock.forward(minutes=30)
    await ticker.tick()
    assert await runs_of(runs, "library_scan") == []
    await tasks.enable_task(EnableTask(name="library_scan", enabled=True))
    await ticker.tick()
    assert await runs_of(runs, "library_scan") == []
    clock.forward(minutes=30)
    await ticker.tick()
    assert len(await runs_of(runs, "library_scan")) == 1


async def test_a_run_without_heartbeats_fails_and_the_next_may_start(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers
) -> None:
    clock.forward(minutes=30)
    await ticker.tick()
    (run,) = await runs_of(runs, "library_scan")
    await runs.run_started(RunStarted(run_id=run.id, service="library"))
    clock.forward(minutes=20)
    await runs.run_progressed(RunProgressed(run_id=run.id, tally=RunTally(processed=3)))
    clock.forward(minutes=29)
    await ticker.tick()
    assert (await runs_of(runs, "library_scan"))[0].status is RunStatus.RUNNING
    await tick_until_heartbeats_count(ticker, clock)
    silent = next(each for each in await runs_of(runs, "library_scan") if each.id == run.id)
    assert silent.status is RunStatus.FAILED
    assert silent.problems == ["this run sent no heartbeat for 30 minutes"]


async def test_a_run_without_heartbeats_is_cancelled_in_case_its_command_is_redelivered(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers, outbox: Outbox
) -> None:
    clock.forward(minutes=30)
    await ticker.tick()
    (run,) = await runs_of(runs, "library_scan")
    await runs.run_started(RunStarted(run_id=run.id, service="library"))
    clock.forward(minutes=31)
    await tick_until_heartbeats_count(ticker, clock)
    await tick_until_heartbeats_count(ticker, clock)
    answer = outbox("evt.runs.run_cancelled")
    assert [(event["run_id"], event["task"]) for event in answer] == [(str(run.id), "library_scan")]


async def test_heartbeats_missed_while_the_scheduler_was_down_fail_no_run(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers
) -> None:
    clock.forward(minutes=30)
    await ticker.tick()
    (run,) = await runs_of(runs, "library_scan")
    await runs.run_started(RunStarted(run_id=run.id, service="library"))
    clock.forward(hours=8)
    await ticker.tick()
    clock.forward(minutes=1)
    await runs.run_alive(RunAlive(run_id=run.id))
    await tick_until_heartbeats_count(ticker, clock)
    assert next(each for each in await runs_of(runs, "library_scan") if each.id == run.id).status is RunStatus.RUNNING


async def test_a_run_that_ends_just_when_the_next_is_due_does_not_block_it(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers, transaction: Any
) -> None:
    clock.forward(minutes=30)
    await ticker.tick()
    (first,) = await runs_of(runs, "library_scan")
    async with transaction() as tx:
        original = tx.run_in_progress

        async def ends_before_the_lookup(task: str) -> Any:
            tx.run_in_progress = original
            await end(runs, first)
            return await original(task)

        tx.run_in_progress = ends_before_the_lookup
        begun = await tx.start_run("library_scan", due_at=clock.now(), by="person", parameters={})
    assert [run.id for run in await runs_of(runs, "library_scan") if run.status is RunStatus.SCHEDULED] == [
        begun.run_id
    ]


async def test_a_past_due_time_is_not_lost_when_the_task_is_changed(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers, tasks: TaskHandlers
) -> None:
    clock.forward(minutes=30)
    await tasks.change_task(ChangeTask(name="library_scan", change=TaskChange(cron="0 3 * * *")))
    await ticker.tick()
    assert [run.due_at for run in await runs_of(runs, "library_scan")] == [clock.now()]


async def test_a_change_of_parameters_delays_no_due_time(
    ticker: Ticker, clock: ManualClock, tasks: TaskHandlers
) -> None:
    before = (await tasks.get_task(GetTask(name="download_monitor"))).next_due_at
    clock.forward(seconds=20)
    changed = await tasks.change_task(ChangeTask(name="download_monitor", change=TaskChange(parameters={})))
    assert changed.next_due_at == before


async def test_a_run_that_waits_for_its_service_does_not_fail(
    ticker: Ticker, clock: ManualClock, runs: RunHandlers, sent: Sent
) -> None:
    clock.forward(minutes=30)
    await ticker.tick()
    for _ in range(10):
        clock.forward(minutes=30)
        await ticker.tick()
    (run,) = await runs_of(runs, "library_scan")
    assert run.status is RunStatus.SCHEDULED
    assert len(subjects(sent, "cmd.library.scan_library")) == 1


async def test_the_command_of_a_run_that_does_not_start_is_resent_once_for_the_same_run(
    ticker: Ticker, clock: ManualClock, tasks: TaskHandlers, sent: Sent
) -> None:
    run = await tasks.run_task(RunTask(name="library_scan", parameters={"full": True}, dry_run=True))
    clock.forward(minutes=25)
    await tick_until_heartbeats_count(ticker, clock)
    for _ in range(3):
        await tick_until_heartbeats_count(ticker, clock)
    first, again = [each for each in subjects(sent, "cmd.library.scan_library") if each["run_id"] == str(run.id)]
    assert first == again
    assert (again["full"], again["dry_run"]) == (True, True)


async def test_a_run_that_does_not_start_after_its_command_was_resent_fails_and_the_next_may_start(
    ticker: Ticker, clock: ManualClock, tasks: TaskHandlers, runs: RunHandlers, outbox: Outbox
) -> None:
    run = await tasks.run_task(RunTask(name="cleanup"))
    clock.forward(minutes=31)
    await tick_until_heartbeats_count(ticker, clock)
    clock.forward(hours=5, minutes=50)
    await tick_until_heartbeats_count(ticker, clock)
    assert (await runs.get_run(GetRun(id=run.id))).status is RunStatus.SCHEDULED
    await tick_until_heartbeats_count(ticker, clock)
    await tick_until_heartbeats_count(ticker, clock)
    failed = await runs.get_run(GetRun(id=run.id))
    assert failed.status is RunStatus.FAILED
    assert failed.problems == [
        "no service started this run, although its command was sent twice: is the service running?"
    ]
    assert [event["run_id"] for event in outbox("evt.runs.run_cancelled") if event["task"] == "cleanup"] == [
        str(run.id)
    ]
    await tasks.run_task(RunTask(name="cleanup"))


async def test_a_stored_run_with_invalid_parameters_does_not_stop_the_ticker(
    ticker: Ticker, clock: ManualClock, tasks: TaskHandlers, database_url: str, sent: Sent
) -> None:
    run = await tasks.run_task(RunTask(name="library_scan"))
    with psycopg.connect(database_url) as connection:
        connection.execute("update scheduler.runs set parameters = '{\"unknown\": 1}'")
    clock.forward(minutes=31)
    await tick_until_heartbeats_count(ticker, clock)
    assert [each["run_id"] for each in subjects(sent, "cmd.library.scan_library")] == [str(run.id)]
    assert subjects(sent, "cmd.downloads.monitor_downloads")


async def test_a_schedule_changed_by_a_person_survives_a_restart(
    ticker: Ticker, clock: ManualClock, tasks: TaskHandlers, database_url: str
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("update scheduler.schedules set cron = '@every 7m' where task = 'library_scan'")
    await ticker.add_missing_schedules()
    assert (await tasks.get_task(GetTask(name="library_scan"))).cron == "@every 7m"


@pytest.mark.parametrize("broken", ["cron = 'every day'", "parameters = '{\"unknown\": 1}'"])
async def test_an_invalid_schedule_does_not_block_the_others(
    broken: str, ticker: Ticker, clock: ManualClock, runs: RunHandlers, database_url: str
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(f"update scheduler.schedules set {broken} where task = 'library_scan'")
    clock.forward(minutes=30)
    await ticker.tick()
    assert len(await runs_of(runs, "download_monitor")) == 1
