"""Each due time of each task gives one run and one command, whatever happens."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from scheduler.catalogue import CATALOGUE
from scheduler.runs import Runs
from scheduler.settings import SchedulerSettings
from scheduler.status import Standing
from scheduler.tasks import Tasks
from scheduler.ticking import Ticking
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
from shared.testing.clocks import StandingClock

Sent = Callable[[], list[dict[str, Any]]]
Said = Callable[[str], list[dict[str, Any]]]


async def runs_of(runs: Runs, task: str) -> list[Run]:
    return (await runs.list_runs(ListRuns(task=task))).items


def subjects(sent: Sent, subject: str) -> list[dict[str, Any]]:
    return [each for each in sent() if each["subject"] == subject]


async def misfires(standing: Standing, task: str = "library_scan") -> Misfires:
    (found,) = [each for each in (await standing.tell_status(TellSchedulerStatus())).misfires if each.task == task]
    return found


async def watch(ticking: Ticking, clock: StandingClock) -> None:
    """Tick for as long as it takes to know who lives."""
    for _ in range(6):
        clock.forward(minutes=1)
        await ticking.tick()


async def end(runs: Runs, run: Run, outcome: RunOutcome = RunOutcome.COMPLETED) -> None:
    await runs.finished(RunFinished(run_id=run.id, outcome=outcome, tally=RunTally()))


async def test_nothing_is_due_at_first(ticking: Ticking, sent: Sent) -> None:
    await ticking.tick()
    assert sent() == []


async def test_the_next_tick_comes_when_something_is_due_or_soon_enough_to_notice_a_change(
    ticking: Ticking, clock: StandingClock, tasks: Tasks
) -> None:
    assert await ticking.tick() == 5.0
    clock.forward(seconds=27)
    assert await ticking.tick() == 3.0
    clock.forward(seconds=2.9)
    assert await ticking.tick() == 1.0
    for task in CATALOGUE:
        await tasks.enable_task(EnableTask(name=task.name, enabled=False))
    assert await ticking.tick() == 5.0


async def test_a_due_task_gives_one_run_and_one_command(
    ticking: Ticking, clock: StandingClock, runs: Runs, sent: Sent
) -> None:
    clock.forward(minutes=30)
    await ticking.tick()
    await ticking.tick()
    (run,) = await runs_of(runs, "library_scan")
    (command,) = subjects(sent, "cmd.library.scan_library")
    assert (run.status, run.by, run.due_at) == (
        RunStatus.SCHEDULED,
        "schedule",
        datetime(2026, 3, 1, 12, 30, tzinfo=UTC),
    )
    assert command["run_id"] == str(run.id)


async def test_many_replicas_that_tick_at_once_give_one_run(
    ticking: Ticking, clock: StandingClock, transaction: Any, runs: Runs, sent: Sent
) -> None:
    replicas = [ticking, *(Ticking(transaction, clock, SchedulerSettings.example().crons()) for _ in range(4))]
    await asyncio.gather(*(replica.enter_tasks() for replica in replicas))
    clock.forward(minutes=30)
    await asyncio.gather(*(replica.tick() for replica in replicas))
    assert len(await runs_of(runs, "library_scan")) == 1
    assert len(subjects(sent, "cmd.library.scan_library")) == 1


async def test_several_missed_times_count_as_one(
    ticking: Ticking, clock: StandingClock, runs: Runs, sent: Sent
) -> None:
    clock.forward(minutes=30)
    clock.forward(minutes=55)
    await ticking.tick()
    (run,) = await runs_of(runs, "library_scan")
    assert run.due_at == datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    await end(runs, run)
    await ticking.tick()
    assert len(subjects(sent, "cmd.library.scan_library")) == 1


async def test_a_missed_time_older_than_an_hour_is_not_caught_up(
    ticking: Ticking, clock: StandingClock, runs: Runs, tasks: Tasks, standing: Standing
) -> None:
    await tasks.change_task(ChangeTask(name="library_scan", change=TaskChange(cron="30 12 * * *")))
    clock.forward(hours=1, minutes=31)
    await ticking.tick()
    assert await runs_of(runs, "library_scan") == []
    next_due_at = (await tasks.get_task(GetTask(name="library_scan"))).next_due_at
    assert next_due_at == datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
    assert (await misfires(standing)).missed == 1


async def test_of_many_missed_times_those_within_the_hour_give_one_run(
    ticking: Ticking, clock: StandingClock, runs: Runs, standing: Standing
) -> None:
    clock.forward(hours=3, minutes=10)
    await ticking.tick()
    (run,) = await runs_of(runs, "library_scan")
    assert run.due_at == datetime(2026, 3, 1, 14, 30, tzinfo=UTC)
    told = await misfires(standing)
    assert (told.missed, told.caught_up, told.merged, told.overlapped) == (4, 1, 1, 0)


async def test_a_clock_that_was_far_ahead_keeps_no_task_from_running(
    ticking: Ticking, clock: StandingClock, runs: Runs, tasks: Tasks
) -> None:
    clock.forward(days=400)
    await ticking.tick()
    for run in await runs_of(runs, "library_scan"):
        await end(runs, run)
    clock.forward(days=-400)
    await ticking.tick()
    clock.forward(minutes=30)
    await ticking.tick()
    found = [run.due_at for run in await runs_of(runs, "library_scan")]
    assert datetime(2026, 3, 1, 12, 30, tzinfo=UTC) in found


async def test_a_clock_set_back_a_little_gives_no_due_time_a_second_run(
    ticking: Ticking, clock: StandingClock, runs: Runs
) -> None:
    clock.forward(minutes=30)
    await ticking.tick()
    (run,) = await runs_of(runs, "library_scan")
    await end(runs, run)
    clock.forward(minutes=-20)
    await ticking.tick()
    clock.forward(minutes=20)
    await ticking.tick()
    assert [each.id for each in await runs_of(runs, "library_scan")] == [run.id]


async def test_a_run_under_way_keeps_the_next_from_beginning(
    ticking: Ticking, clock: StandingClock, runs: Runs, sent: Sent, standing: Standing
) -> None:
    clock.forward(minutes=30)
    await ticking.tick()
    clock.forward(minutes=30)
    await ticking.tick()
    (run,) = await runs_of(runs, "library_scan")
    assert (await misfires(standing)).overlapped == 1
    await end(runs, run)
    clock.forward(minutes=30)
    await ticking.tick()
    assert len(await runs_of(runs, "library_scan")) == 2
    assert len(subjects(sent, "cmd.library.scan_library")) == 2


async def test_a_disabled_task_is_never_due(ticking: Ticking, clock: StandingClock, runs: Runs, tasks: Tasks) -> None:
    await tasks.enable_task(EnableTask(name="library_scan", enabled=False))
    clock.forward(minutes=30)
    await ticking.tick()
    assert await runs_of(runs, "library_scan") == []
    await tasks.enable_task(EnableTask(name="library_scan", enabled=True))
    await ticking.tick()
    assert await runs_of(runs, "library_scan") == []
    clock.forward(minutes=30)
    await ticking.tick()
    assert len(await runs_of(runs, "library_scan")) == 1


async def test_a_run_that_falls_silent_has_failed_and_the_next_may_begin(
    ticking: Ticking, clock: StandingClock, runs: Runs
) -> None:
    clock.forward(minutes=30)
    await ticking.tick()
    (run,) = await runs_of(runs, "library_scan")
    await runs.started(RunStarted(run_id=run.id, service="library"))
    clock.forward(minutes=20)
    await runs.progressed(RunProgressed(run_id=run.id, tally=RunTally(processed=3)))
    clock.forward(minutes=29)
    await ticking.tick()
    assert (await runs_of(runs, "library_scan"))[0].status is RunStatus.RUNNING
    await watch(ticking, clock)
    silent = next(each for each in await runs_of(runs, "library_scan") if each.id == run.id)
    assert silent.status is RunStatus.FAILED
    assert silent.problems == ["nothing was heard of this run for 30 minutes"]


async def test_a_run_that_fell_silent_is_left_off_wherever_it_may_come_again(
    ticking: Ticking, clock: StandingClock, runs: Runs, said: Said
) -> None:
    clock.forward(minutes=30)
    await ticking.tick()
    (run,) = await runs_of(runs, "library_scan")
    await runs.started(RunStarted(run_id=run.id, service="library"))
    clock.forward(minutes=31)
    await watch(ticking, clock)
    await watch(ticking, clock)
    told = said("evt.runs.run_cancelled")
    assert [(event["run_id"], event["task"]) for event in told] == [(str(run.id), "library_scan")]


async def test_a_run_is_not_silent_only_because_nobody_listened(
    ticking: Ticking, clock: StandingClock, runs: Runs
) -> None:
    clock.forward(minutes=30)
    await ticking.tick()
    (run,) = await runs_of(runs, "library_scan")
    await runs.started(RunStarted(run_id=run.id, service="library"))
    clock.forward(hours=8)
    await ticking.tick()
    clock.forward(minutes=1)
    await runs.alive(RunAlive(run_id=run.id))
    await watch(ticking, clock)
    assert next(each for each in await runs_of(runs, "library_scan") if each.id == run.id).status is RunStatus.RUNNING


async def test_a_run_that_ends_just_when_the_next_is_due_does_not_cost_it_its_run(
    ticking: Ticking, clock: StandingClock, runs: Runs, transaction: Any
) -> None:
    clock.forward(minutes=30)
    await ticking.tick()
    (first,) = await runs_of(runs, "library_scan")
    async with transaction() as tx:
        looked = tx.run_under_way

        async def ends_before_it_is_looked_at(task: str) -> Any:
            tx.run_under_way = looked
            await end(runs, first)
            return await looked(task)

        tx.run_under_way = ends_before_it_is_looked_at
        begun = await tx.begin_run("library_scan", due_at=clock.now(), by="person", parameters={})
    assert [run.id for run in await runs_of(runs, "library_scan") if run.status is RunStatus.SCHEDULED] == [
        begun.run_id
    ]


async def test_a_due_time_that_has_come_is_not_lost_when_the_task_is_changed(
    ticking: Ticking, clock: StandingClock, runs: Runs, tasks: Tasks
) -> None:
    clock.forward(minutes=30)
    await tasks.change_task(ChangeTask(name="library_scan", change=TaskChange(cron="0 3 * * *")))
    await ticking.tick()
    assert [run.due_at for run in await runs_of(runs, "library_scan")] == [clock.now()]


async def test_a_change_of_parameters_puts_no_due_time_off(
    ticking: Ticking, clock: StandingClock, tasks: Tasks
) -> None:
    before = (await tasks.get_task(GetTask(name="download_monitor"))).next_due_at
    clock.forward(seconds=20)
    changed = await tasks.change_task(ChangeTask(name="download_monitor", change=TaskChange(parameters={})))
    assert changed.next_due_at == before


async def test_a_run_that_waits_for_its_service_to_come_back_does_not_fail(
    ticking: Ticking, clock: StandingClock, runs: Runs, sent: Sent
) -> None:
    clock.forward(minutes=30)
    await ticking.tick()
    for _ in range(10):
        clock.forward(minutes=30)
        await ticking.tick()
    (run,) = await runs_of(runs, "library_scan")
    assert run.status is RunStatus.SCHEDULED
    assert len(subjects(sent, "cmd.library.scan_library")) == 1


async def test_the_command_of_a_run_that_nobody_begins_is_sent_again_once_for_the_same_run(
    ticking: Ticking, clock: StandingClock, tasks: Tasks, sent: Sent
) -> None:
    run = await tasks.run_task(RunTask(name="library_scan", parameters={"full": True}, dry_run=True))
    clock.forward(minutes=25)
    await watch(ticking, clock)
    for _ in range(3):
        await watch(ticking, clock)
    first, again = [each for each in subjects(sent, "cmd.library.scan_library") if each["run_id"] == str(run.id)]
    assert first == again
    assert (again["full"], again["dry_run"]) == (True, True)


async def test_a_run_that_nobody_begins_though_its_command_was_sent_again_fails_and_the_next_may_begin(
    ticking: Ticking, clock: StandingClock, tasks: Tasks, runs: Runs, said: Said
) -> None:
    run = await tasks.run_task(RunTask(name="cleanup"))
    clock.forward(minutes=31)
    await watch(ticking, clock)
    clock.forward(hours=5, minutes=50)
    await watch(ticking, clock)
    assert (await runs.get_run(GetRun(id=run.id))).status is RunStatus.SCHEDULED
    await watch(ticking, clock)
    await watch(ticking, clock)
    failed = await runs.get_run(GetRun(id=run.id))
    assert failed.status is RunStatus.FAILED
    assert failed.problems == ["nobody began this run, though its command was sent twice: is its service running?"]
    assert [event["run_id"] for event in said("evt.runs.run_cancelled") if event["task"] == "cleanup"] == [str(run.id)]
    await tasks.run_task(RunTask(name="cleanup"))


async def test_a_run_whose_command_would_be_refused_by_now_stops_no_clock(
    ticking: Ticking, clock: StandingClock, tasks: Tasks, database_url: str, sent: Sent
) -> None:
    run = await tasks.run_task(RunTask(name="library_scan"))
    with psycopg.connect(database_url) as connection:
        connection.execute("update scheduler.runs set parameters = '{\"unknown\": 1}'")
    clock.forward(minutes=31)
    await watch(ticking, clock)
    assert [each["run_id"] for each in subjects(sent, "cmd.library.scan_library")] == [str(run.id)]
    assert subjects(sent, "cmd.downloads.monitor_downloads")


async def test_a_schedule_that_a_person_changed_stays_as_it_is_after_a_restart(
    ticking: Ticking, clock: StandingClock, tasks: Tasks, database_url: str
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("update scheduler.schedules set cron = '@every 7m' where task = 'library_scan'")
    await ticking.enter_tasks()
    assert (await tasks.get_task(GetTask(name="library_scan"))).cron == "@every 7m"


@pytest.mark.parametrize("broken", ["cron = 'every day'", "parameters = '{\"unknown\": 1}'"])
async def test_one_broken_schedule_does_not_keep_the_others_from_running(
    broken: str, ticking: Ticking, clock: StandingClock, runs: Runs, database_url: str
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(f"update scheduler.schedules set {broken} where task = 'library_scan'")
    clock.forward(minutes=30)
    await ticking.tick()
    assert len(await runs_of(runs, "download_monitor")) == 1
