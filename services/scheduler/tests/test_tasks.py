"""What people may order."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from scheduler.catalogue import CATALOGUE
from scheduler.refusals import RunUnderWay, UnknownTask, WrongParameters
from scheduler.runs import Runs
from scheduler.tasks import Tasks
from scheduler.ticking import Ticking
from shared.contracts.metadata import RefreshMode
from shared.contracts.runs import RunFinished, RunOutcome, RunTally
from shared.contracts.scheduler import EnableTask, GetTask, ListRuns, ListTasks, RunStatus, RunTask

Sent = Callable[[], list[dict[str, Any]]]


async def test_every_task_of_the_catalogue_is_shown(ticking: Ticking, tasks: Tasks) -> None:
    shown = await tasks.list_tasks(ListTasks())
    assert [task.name for task in shown] == [task.name for task in CATALOGUE]
    assert all(task.enabled and task.next_due_at and task.last_run is None for task in shown)


async def test_a_task_runs_at_once_when_a_person_says_so(ticking: Ticking, tasks: Tasks, sent: Sent) -> None:
    run = await tasks.run_task(RunTask(name="library_scan", parameters={"full": True}))
    assert (run.status, run.by) == (RunStatus.SCHEDULED, "person")
    (command,) = sent()
    assert (command["subject"], command["run_id"], command["full"]) == ("cmd.library.scan_library", str(run.id), True)
    last_run = (await tasks.get_task(GetTask(name="library_scan"))).last_run
    assert last_run is not None
    assert last_run.id == run.id


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
        ("library_scan", {"colour": "green"}, "takes no parameter 'colour'; it takes: full"),
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
