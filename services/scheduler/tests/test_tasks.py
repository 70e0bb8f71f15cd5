"""What people may order."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError
from scheduler.catalogue import CATALOGUE, COMMANDS, CataloguedTask
from scheduler.refusals import NoDryRun, RunUnderWay, UnknownTask, WrongCron, WrongParameters, WrongTimeZone
from scheduler.runs import Runs
from scheduler.status import Standing
from scheduler.tasks import Tasks
from scheduler.ticking import Ticking
from shared.chassis.errors import NotFound
from shared.contracts.downloads.commands import ImportDownload
from shared.contracts.message import Command
from shared.contracts.metadata.refreshes import RefreshMetadata, RefreshMode
from shared.contracts.runs import RunFinished, RunOutcome, RunStarted, RunTally
from shared.contracts.scheduler import (
    ChangeTask,
    DeleteRun,
    EnableTask,
    GetTask,
    ListJobs,
    ListRuns,
    ListTasks,
    RunStatus,
    RunTask,
    Task,
    TaskChange,
    TellSchedulerStatus,
)
from shared.testing.clocks import StandingClock

Sent = Callable[[], list[dict[str, Any]]]
TOLD_IN_A_RUN = sorted(COMMANDS - {RefreshMetadata}, key=lambda each: each.subject)


async def test_every_task_of_the_catalogue_is_shown(ticking: Ticking, tasks: Tasks) -> None:
    shown = await tasks.list_tasks(ListTasks())
    assert [task.name for task in shown] == [task.name for task in CATALOGUE]
    assert all(task.enabled and bool(task.next_due_at) is bool(task.cron) for task in shown)
    assert [task.name for task in shown if not task.cron] == ["metadata_missing", "metadata_book"]
    assert all(task.last_run is None for task in shown)


async def test_a_task_runs_at_once_when_a_person_says_so(ticking: Ticking, tasks: Tasks, sent: Sent) -> None:
    run = await tasks.run_task(RunTask(name="library_scan", parameters={"full": True}))
    assert (run.status, run.by) == (RunStatus.SCHEDULED, "person")
    (command,) = sent()
    assert (command["subject"], command["run_id"], command["full"]) == ("cmd.library.scan_library", str(run.id), True)
    last_run = (await tasks.get_task(GetTask(name="library_scan"))).last_run
    assert last_run is not None
    assert last_run.id == run.id


async def test_the_last_run_of_each_task_is_shown(
    ticking: Ticking, tasks: Tasks, runs: Runs, clock: StandingClock
) -> None:
    last: dict[str, UUID] = {}
    for name in ("library_scan", "download_monitor", "library_scan"):
        last[name] = (run := await tasks.run_task(RunTask(name=name))).id
        await runs.finished(RunFinished(run_id=run.id, outcome=RunOutcome.COMPLETED, tally=RunTally()))
        clock.forward(minutes=5)
    shown = {task.name: task.last_run.id for task in await tasks.list_tasks(ListTasks()) if task.last_run}
    assert shown == last


async def test_a_second_run_is_refused_and_the_one_under_way_named(ticking: Ticking, tasks: Tasks, sent: Sent) -> None:
    run = await tasks.run_task(RunTask(name="library_scan"))
    with pytest.raises(RunUnderWay, match=str(run.id)):
        await tasks.run_task(RunTask(name="library_scan"))
    assert len(sent()) == 1


async def test_of_many_at_once_one_is_taken(ticking: Ticking, tasks: Tasks, sent: Sent) -> None:
    told = await asyncio.gather(
        *(tasks.run_task(RunTask(name="library_scan")) for _ in range(6)), return_exceptions=True
    )
    assert sum(1 for each in told if isinstance(each, RunUnderWay)) == 5
    assert len(sent()) == 1


async def test_another_task_may_run_meanwhile(ticking: Ticking, tasks: Tasks, sent: Sent) -> None:
    await tasks.run_task(RunTask(name="metadata_daily"))
    await tasks.run_task(RunTask(name="metadata_full_refresh"))
    assert [command["mode"] for command in sent()] == [RefreshMode.DAILY, RefreshMode.FULL]


async def test_a_task_may_run_again_when_its_run_has_ended(ticking: Ticking, tasks: Tasks, runs: Runs) -> None:
    run = await tasks.run_task(RunTask(name="library_scan"))
    await runs.finished(RunFinished(run_id=run.id, outcome=RunOutcome.FAILED, tally=RunTally()))
    assert (await tasks.run_task(RunTask(name="library_scan"))).id != run.id


@pytest.mark.parametrize("order", [RunTask(name="coffee"), GetTask(name="coffee"), EnableTask(name="c", enabled=True)])
async def test_an_unknown_task_is_refused_and_the_known_ones_named(
    order: RunTask | GetTask | EnableTask, ticking: Ticking, tasks: Tasks
) -> None:
    handler: Any = {RunTask: tasks.run_task, GetTask: tasks.get_task, EnableTask: tasks.enable_task}[type(order)]
    with pytest.raises(UnknownTask, match="there are: library_scan, "):
        await handler(order)


@pytest.mark.parametrize(
    ("name", "parameters", "words"),
    [
        ("library_scan", {"colour": "green"}, "takes no parameter 'colour'; it takes: .*full"),
        ("library_scan", {"full": "perhaps"}, "library_scan: full: "),
        ("library_scan", {"run_id": "5"}, "takes no parameter 'run_id'"),
        ("metadata_daily", {"mode": "FULL"}, "takes no parameter 'mode'"),
        ("series_completion", {"series_ids": ["not an id"]}, "series_completion: series_ids"),
    ],
)
async def test_wrong_parameters_are_refused_and_no_run_begins(
    name: str, parameters: dict[str, Any], words: str, tasks: Tasks, runs: Runs, sent: Sent
) -> None:
    with pytest.raises(WrongParameters, match=words):
        await tasks.run_task(RunTask(name=name, parameters=parameters))
    assert sent() == []
    assert (await runs.list_runs(ListRuns())).total == 0


async def test_a_disabled_task_runs_when_a_person_says_so_and_shows_no_due_time(ticking: Ticking, tasks: Tasks) -> None:
    shown = await tasks.enable_task(EnableTask(name="library_scan", enabled=False))
    assert (shown.enabled, shown.next_due_at) == (False, None)
    assert (await tasks.run_task(RunTask(name="library_scan"))).status is RunStatus.SCHEDULED


async def test_a_task_can_be_run_before_the_first_tick(tasks: Tasks, sent: Sent) -> None:
    await tasks.run_task(RunTask(name="library_scan"))
    assert len(sent()) == 1


async def change(tasks: Tasks, name: str = "library_scan", **fields: Any) -> Task:
    return await tasks.change_task(ChangeTask(name=name, change=TaskChange(**fields)))


async def test_a_changed_line_holds_at_once_and_shows_the_next_five_times(ticking: Ticking, tasks: Tasks) -> None:
    shown = await change(tasks, cron="0 3 * * *", time_zone="Europe/Warsaw")
    days = [datetime(2026, 3, day, 2, tzinfo=UTC) for day in range(2, 7)]
    assert (shown.cron, shown.time_zone, shown.next_due_at) == ("0 3 * * *", "Europe/Warsaw", days[0])
    assert shown.next_times == days
    assert await tasks.get_task(GetTask(name="library_scan")) == shown


async def test_what_is_not_named_in_a_change_stays(ticking: Ticking, tasks: Tasks) -> None:
    await change(tasks, cron="0 3 * * *", parameters={"full": True})
    shown = await change(tasks, enabled=False)
    assert (shown.cron, shown.parameters, shown.enabled, shown.next_times) == ("0 3 * * *", {"full": True}, False, [])


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"cron": "0 25 * * *"}, WrongCron),
        ({"cron": "0 0 30 2 *"}, WrongCron),
        ({"time_zone": "Mars/Olympus"}, WrongTimeZone),
        ({"parameters": {"colour": "green"}}, WrongParameters),
    ],
)
async def test_a_wrong_change_is_refused_and_changes_nothing(
    fields: dict[str, Any], refusal: type[Exception], ticking: Ticking, tasks: Tasks
) -> None:
    before = await tasks.get_task(GetTask(name="library_scan"))
    with pytest.raises(refusal):
        await change(tasks, **{"enabled": False, **fields})
    assert await tasks.get_task(GetTask(name="library_scan")) == before


async def test_a_task_without_a_line_runs_only_by_hand(
    ticking: Ticking, tasks: Tasks, standing: Standing, clock: StandingClock, sent: Sent
) -> None:
    shown = await change(tasks, cron="")
    assert (shown.cron, shown.next_due_at, shown.next_times) == ("", None, [])
    assert "library_scan" not in {job.task for job in await standing.list_jobs(ListJobs())}
    clock.forward(minutes=30)
    await ticking.tick()
    assert "cmd.library.scan_library" not in {each["subject"] for each in sent()}
    assert (await tasks.run_task(RunTask(name="library_scan"))).status is RunStatus.SCHEDULED


async def test_the_parameters_of_the_schedule_are_those_of_its_runs(
    ticking: Ticking, tasks: Tasks, clock: StandingClock, sent: Sent
) -> None:
    await change(tasks, parameters={"full": True})
    clock.forward(minutes=30)
    await ticking.tick()
    assert [each["full"] for each in sent() if each["subject"] == "cmd.library.scan_library"] == [True]


async def test_the_next_jobs_come_soonest_first(ticking: Ticking, tasks: Tasks, standing: Standing) -> None:
    await tasks.enable_task(EnableTask(name="library_scan", enabled=False))
    jobs = await standing.list_jobs(ListJobs())
    assert [job.task for job in jobs][:2] == ["download_monitor", "download_retry"]
    by_schedule = {task.name for task in await tasks.list_tasks(ListTasks()) if task.cron and task.enabled}
    assert {job.task for job in jobs} == by_schedule
    assert all(len(job.next_times) == 5 and job.next_times == sorted(set(job.next_times)) for job in jobs)


async def test_a_dry_run_is_marked_and_its_command_told(ticking: Ticking, tasks: Tasks, sent: Sent) -> None:
    run = await tasks.run_task(RunTask(name="metadata_daily", dry_run=True))
    assert run.dry_run
    assert [each["dry_run"] for each in sent()] == [True]


@pytest.mark.parametrize("given", [True, "true", 1])
async def test_a_scheduled_run_whose_parameters_make_it_dry_is_marked(
    given: Any, ticking: Ticking, tasks: Tasks, runs: Runs, clock: StandingClock, sent: Sent
) -> None:
    await change(tasks, parameters={"dry_run": given})
    by_hand = await tasks.run_task(RunTask(name="library_scan"))
    await runs.finished(RunFinished(run_id=by_hand.id, outcome=RunOutcome.COMPLETED, tally=RunTally()))
    clock.forward(minutes=30)
    await ticking.tick()
    task = await tasks.get_task(GetTask(name="library_scan"))
    assert task.last_run is not None
    assert (by_hand.dry_run, task.last_run.dry_run, task.last_run.by) == (True, True, "schedule")
    assert [each["dry_run"] for each in sent() if each["subject"] == "cmd.library.scan_library"] == [True, True]


@pytest.mark.parametrize("task", CATALOGUE, ids=lambda task: task.name)
def test_every_task_can_say_what_a_run_would_do(task: CataloguedTask) -> None:
    needed = {task.needs: str(uuid4())} if task.needs else {}
    assert task.can_dry_run
    assert task.check(needed, dry_run=True)
    assert not task.check(needed)


@pytest.mark.parametrize("command", TOLD_IN_A_RUN)
def test_a_command_of_a_dry_run_without_a_run_to_tell_its_plan_in_cannot_be_read(command: type[Command]) -> None:
    """It would else be carried out. A refresh keeps nothing of a dry run, with a run or without."""
    with pytest.raises(ValidationError, match="needs a run"):
        command.model_validate({"dry_run": True})
    assert command.model_validate({"dry_run": True, "run_id": str(uuid4())})


def test_a_task_whose_command_knows_no_dry_run_is_refused_one() -> None:
    task = CataloguedTask("import", "Import one download", ImportDownload, {})
    with pytest.raises(NoDryRun, match="import"):
        task.check({"download_id": str(uuid4())}, dry_run=True)


async def test_the_status_shows_lag_and_what_waits_runs_or_is_stuck(
    ticking: Ticking, tasks: Tasks, runs: Runs, standing: Standing, clock: StandingClock
) -> None:
    scan = await tasks.run_task(RunTask(name="library_scan"))
    search = await tasks.run_task(RunTask(name="wanted_search"))
    await runs.started(RunStarted(run_id=scan.id, service="library"))
    clock.forward(minutes=4)
    told = await standing.tell_status(TellSchedulerStatus())
    assert (told.lag_task, told.lag_seconds) == ("download_monitor", 210)
    assert ([run.id for run in told.waiting], [run.id for run in told.running]) == ([search.id], [scan.id])
    assert told.stuck == []
    clock.forward(minutes=2)
    assert [run.id for run in (await standing.tell_status(TellSchedulerStatus())).stuck] == [scan.id]
    await ticking.tick()
    assert (await standing.tell_status(TellSchedulerStatus())).lag_seconds == 0


async def test_the_record_of_a_run_is_deleted_once_it_has_ended(tasks: Tasks, runs: Runs) -> None:
    run = await tasks.run_task(RunTask(name="library_scan"))
    with pytest.raises(RunUnderWay, match=str(run.id)):
        await runs.delete_run(DeleteRun(id=run.id))
    await runs.finished(RunFinished(run_id=run.id, outcome=RunOutcome.FAILED, tally=RunTally()))
    await runs.delete_run(DeleteRun(id=run.id))
    with pytest.raises(NotFound):
        await runs.delete_run(DeleteRun(id=run.id))


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 20_001])
def test_parameters_that_cannot_be_kept_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        RunTask(name="library_scan", parameters={"full": text})
    with pytest.raises(ValidationError):
        TaskChange(parameters={text: 1})
