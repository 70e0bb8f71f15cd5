"""Tasks: listing, running and changing them."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError
from scheduler.domain.refusals import NoDryRun, RunInProgress, UnknownTask, WrongCron, WrongParameters, WrongTimeZone
from scheduler.domain.task_table import BY_HAND, COMMANDS, TASKS, TaskEntry
from scheduler.handlers.runs import RunHandlers
from scheduler.handlers.status import StatusHandlers
from scheduler.handlers.tasks import TaskHandlers
from scheduler.settings import SETTINGS
from scheduler.ticker import Ticker
from shared.contracts.downloads.commands import ImportDownload
from shared.contracts.message import Command
from shared.contracts.metadata.refreshes import RefreshMetadata, RefreshMode
from shared.contracts.runs import RunFinished, RunOutcome, RunTally
from shared.contracts.scheduler import (
    ChangeTask,
    EnableTask,
    GetTask,
    ListJobs,
    ListRuns,
    ListTasks,
    PreviewSchedule,
    RunStatus,
    RunTask,
    Task,
    TaskChange,
)
from shared.testing.clocks import ManualClock

Sent = Callable[[], list[dict[str, Any]]]
COMMANDS_WITH_A_RUN = sorted(COMMANDS - {RefreshMetadata}, key=lambda each: each.subject)


async def test_every_task_of_the_table_is_shown(ticker: Ticker, tasks: TaskHandlers) -> None:
    shown = await tasks.list_tasks(ListTasks())
    assert [task.name for task in shown] == [task.name for task in TASKS]
    assert all(task.enabled and bool(task.next_due_at) is bool(task.cron) for task in shown)
    assert [task.name for task in shown if not task.cron] == ["metadata_missing", "metadata_book", "metadata_books"]
    assert all(task.last_run is None for task in shown)


async def test_a_task_started_by_a_person_runs_at_once(ticker: Ticker, tasks: TaskHandlers, sent: Sent) -> None:
    run = await tasks.run_task(RunTask(name="library_scan", parameters={"full": True}))
    assert (run.status, run.by) == (RunStatus.SCHEDULED, "person")
    (command,) = sent()
    assert (command["subject"], command["run_id"], command["full"]) == ("cmd.library.scan_library", str(run.id), True)
    last_run = (await tasks.get_task(GetTask(name="library_scan"))).last_run
    assert last_run is not None
    assert last_run.id == run.id


async def test_the_last_run_of_each_task_is_shown(
    ticker: Ticker, tasks: TaskHandlers, runs: RunHandlers, clock: ManualClock
) -> None:
    last: dict[str, UUID] = {}
    for name in ("library_scan", "download_monitor", "library_scan"):
        last[name] = (run := await tasks.run_task(RunTask(name=name))).id
        await runs.run_finished(RunFinished(run_id=run.id, outcome=RunOutcome.COMPLETED, tally=RunTally()))
        clock.forward(minutes=5)
    shown = {task.name: task.last_run.id for task in await tasks.list_tasks(ListTasks()) if task.last_run}
    assert shown == last


async def test_a_second_run_is_refused_and_the_one_in_progress_is_named(
    ticker: Ticker, tasks: TaskHandlers, sent: Sent
) -> None:
    run = await tasks.run_task(RunTask(name="library_scan"))
    with pytest.raises(RunInProgress, match=str(run.id)):
        await tasks.run_task(RunTask(name="library_scan"))
    assert len(sent()) == 1


async def test_of_many_simultaneous_requests_one_starts_a_run(ticker: Ticker, tasks: TaskHandlers, sent: Sent) -> None:
    answer = await asyncio.gather(
        *(tasks.run_task(RunTask(name="library_scan")) for _ in range(6)), return_exceptions=True
    )
    assert sum(1 for each in answer if isinstance(each, RunInProgress)) == 5
    assert len(sent()) == 1


async def test_another_task_may_run_at_the_same_time(ticker: Ticker, tasks: TaskHandlers, sent: Sent) -> None:
    await tasks.run_task(RunTask(name="metadata_daily"))
    await tasks.run_task(RunTask(name="metadata_full_refresh"))
    assert [command["mode"] for command in sent()] == [RefreshMode.DAILY, RefreshMode.FULL]


async def test_a_task_may_run_again_when_its_run_has_ended(
    ticker: Ticker, tasks: TaskHandlers, runs: RunHandlers
) -> None:
    run = await tasks.run_task(RunTask(name="library_scan"))
    await runs.run_finished(RunFinished(run_id=run.id, outcome=RunOutcome.FAILED, tally=RunTally()))
    assert (await tasks.run_task(RunTask(name="library_scan"))).id != run.id


@pytest.mark.parametrize("order", [RunTask(name="coffee"), GetTask(name="coffee"), EnableTask(name="c", enabled=True)])
async def test_an_unknown_task_is_refused_and_the_known_ones_are_named(
    order: RunTask | GetTask | EnableTask, ticker: Ticker, tasks: TaskHandlers
) -> None:
    handler: Any = {RunTask: tasks.run_task, GetTask: tasks.get_task, EnableTask: tasks.enable_task}[type(order)]
    with pytest.raises(UnknownTask, match="choose one of: library_scan, "):
        await handler(order)


@pytest.mark.parametrize(
    ("name", "parameters", "words"),
    [
        ("library_scan", {"colour": "green"}, "has no parameter 'colour'; it has: .*full"),
        ("library_scan", {"full": "perhaps"}, "library_scan: full: "),
        ("library_scan", {"run_id": "5"}, "has no parameter 'run_id'"),
        ("metadata_daily", {"mode": "FULL"}, "has no parameter 'mode'"),
        ("series_completion", {"series_ids": ["not an id"]}, "series_completion: series_ids"),
    ],
)
async def test_invalid_parameters_are_refused_and_no_run_starts(
    name: str, parameters: dict[str, Any], words: str, tasks: TaskHandlers, runs: RunHandlers, sent: Sent
) -> None:
    with pytest.raises(WrongParameters, match=words):
        await tasks.run_task(RunTask(name=name, parameters=parameters))
    assert sent() == []
    assert (await runs.list_runs(ListRuns())).total == 0


async def test_a_disabled_task_has_no_due_time_and_can_be_run_by_hand(ticker: Ticker, tasks: TaskHandlers) -> None:
    shown = await tasks.enable_task(EnableTask(name="library_scan", enabled=False))
    assert (shown.enabled, shown.next_due_at) == (False, None)
    assert (await tasks.run_task(RunTask(name="library_scan"))).status is RunStatus.SCHEDULED


async def test_a_task_can_be_run_before_the_first_tick(tasks: TaskHandlers, sent: Sent) -> None:
    await tasks.run_task(RunTask(name="library_scan"))
    assert len(sent()) == 1


async def change(tasks: TaskHandlers, name: str = "library_scan", **fields: Any) -> Task:
    return await tasks.change_task(ChangeTask(name=name, change=TaskChange(**fields)))


async def test_a_changed_cron_line_takes_effect_at_once_and_shows_the_next_five_times(
    ticker: Ticker, tasks: TaskHandlers
) -> None:
    shown = await change(tasks, cron="0 3 * * *", time_zone="Europe/Warsaw")
    days = [datetime(2026, 3, day, 2, tzinfo=UTC) for day in range(2, 7)]
    assert (shown.cron, shown.time_zone, shown.next_due_at) == ("0 3 * * *", "Europe/Warsaw", days[0])
    assert shown.next_times == days
    assert await tasks.get_task(GetTask(name="library_scan")) == shown


async def test_fields_missing_from_a_change_stay_as_they_are(ticker: Ticker, tasks: TaskHandlers) -> None:
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
async def test_an_invalid_change_is_refused_and_changes_nothing(
    fields: dict[str, Any], refusal: type[Exception], ticker: Ticker, tasks: TaskHandlers
) -> None:
    before = await tasks.get_task(GetTask(name="library_scan"))
    with pytest.raises(refusal):
        await change(tasks, **{"enabled": False, **fields})
    assert await tasks.get_task(GetTask(name="library_scan")) == before


async def test_a_preview_shows_when_a_schedule_would_be_due_and_changes_nothing(
    ticker: Ticker, tasks: TaskHandlers
) -> None:
    before = await tasks.get_task(GetTask(name="library_scan"))
    shown = await tasks.preview_schedule(PreviewSchedule(cron=" 0 3 * * * ", time_zone="Europe/Warsaw"))
    assert shown.next_times == [datetime(2026, 3, day, 2, tzinfo=UTC) for day in range(2, 7)]
    assert (await tasks.preview_schedule(PreviewSchedule(cron=""))).next_times == []
    assert await tasks.get_task(GetTask(name="library_scan")) == before


@pytest.mark.parametrize(
    ("cron", "time_zone", "refusal"),
    [("0 25 * * *", "UTC", WrongCron), ("0 3 * * *", "Mars/Olympus", WrongTimeZone), ("", "Mars", WrongTimeZone)],
)
async def test_a_preview_refuses_what_a_task_would_refuse(
    cron: str, time_zone: str, refusal: type[Exception], tasks: TaskHandlers
) -> None:
    with pytest.raises(refusal):
        await tasks.preview_schedule(PreviewSchedule(cron=cron, time_zone=time_zone))


async def test_a_task_without_a_cron_line_runs_only_by_hand(
    ticker: Ticker, tasks: TaskHandlers, status: StatusHandlers, clock: ManualClock, sent: Sent
) -> None:
    shown = await change(tasks, cron="")
    assert (shown.cron, shown.next_due_at, shown.next_times) == ("", None, [])
    assert "library_scan" not in {job.task for job in await status.list_jobs(ListJobs())}
    clock.forward(minutes=30)
    await ticker.tick()
    assert "cmd.library.scan_library" not in {each["subject"] for each in sent()}
    assert (await tasks.run_task(RunTask(name="library_scan"))).status is RunStatus.SCHEDULED


async def test_scheduled_runs_use_the_parameters_of_the_schedule(
    ticker: Ticker, tasks: TaskHandlers, clock: ManualClock, sent: Sent
) -> None:
    await change(tasks, parameters={"full": True})
    clock.forward(minutes=30)
    await ticker.tick()
    assert [each["full"] for each in sent() if each["subject"] == "cmd.library.scan_library"] == [True]


async def test_a_dry_run_is_marked_and_so_is_its_command(ticker: Ticker, tasks: TaskHandlers, sent: Sent) -> None:
    run = await tasks.run_task(RunTask(name="metadata_daily", dry_run=True))
    assert run.dry_run
    assert [each["dry_run"] for each in sent()] == [True]


@pytest.mark.parametrize("value", [True, "true", 1])
async def test_a_run_with_the_parameter_dry_run_is_marked_as_dry(
    value: Any, ticker: Ticker, tasks: TaskHandlers, runs: RunHandlers, clock: ManualClock, sent: Sent
) -> None:
    await change(tasks, parameters={"dry_run": value})
    by_hand = await tasks.run_task(RunTask(name="library_scan"))
    await runs.run_finished(RunFinished(run_id=by_hand.id, outcome=RunOutcome.COMPLETED, tally=RunTally()))
    clock.forward(minutes=30)
    await ticker.tick()
    task = await tasks.get_task(GetTask(name="library_scan"))
    assert task.last_run is not None
    assert (by_hand.dry_run, task.last_run.dry_run, task.last_run.by) == (True, True, "schedule")
    assert [each["dry_run"] for each in sent() if each["subject"] == "cmd.library.scan_library"] == [True, True]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_every_task_supports_a_dry_run(task: TaskEntry) -> None:
    values: dict[str, Any] = {"book_id": str(uuid4()), "books": [str(uuid4())]}
    needed = {task.needs: values[task.needs]} if task.needs else {}
    assert task.can_dry_run
    assert task.check(needed, dry_run=True)
    assert not task.check(needed)


@pytest.mark.parametrize("command", COMMANDS_WITH_A_RUN)
def test_a_dry_run_command_without_a_run_is_invalid(command: type[Command]) -> None:
    """Otherwise it would be executed. A refresh stores nothing of a dry run, with or without a run."""
    with pytest.raises(ValidationError, match="reports its plan in a run"):
        command.model_validate({"dry_run": True})
    assert command.model_validate({"dry_run": True, "run_id": str(uuid4())})


def test_a_task_without_a_dry_run_refuses_one() -> None:
    task = TaskEntry("import", "Import one download", "by hand", ImportDownload)
    with pytest.raises(NoDryRun, match="import"):
        task.check({"download_id": str(uuid4())}, dry_run=True)


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 20_001])
def test_parameters_that_cannot_be_stored_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        RunTask(name="library_scan", parameters={"full": text})
    with pytest.raises(ValidationError):
        TaskChange(parameters={text: 1})


async def test_the_task_for_one_book_needs_the_book(tasks: TaskHandlers, sent: Sent) -> None:
    with pytest.raises(WrongParameters, match="needs the parameter 'book_id'"):
        await tasks.run_task(RunTask(name="metadata_book"))
    book_id = str(uuid4())
    await tasks.run_task(RunTask(name="metadata_book", parameters={"book_id": book_id}))
    assert [each["book_id"] for each in sent()] == [book_id]


def test_every_task_of_the_table_has_its_schedule_as_a_setting() -> None:
    assert SETTINGS.example().crons() == {task.name: "" if task.cron == BY_HAND else task.cron for task in TASKS}
