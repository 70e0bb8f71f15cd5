"""The record of a run, whatever order its events come in."""

import itertools
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from scheduler.refusals import RunEnded, WrongParameters
from scheduler.runs import Runs
from scheduler.tasks import Tasks
from scheduler.ticking import Ticking
from shared.chassis.errors import NotFound
from shared.contracts.message import Event
from shared.contracts.runs import RunFinished, RunOutcome, RunProgressed, RunStarted, RunTally
from shared.contracts.scheduler import CancelRun, GetRun, ListRuns, Run, RunStatus, RunTask
from shared.testing.clocks import StandingClock
from shared.testing.statements import statements

Said = Callable[[str], list[dict[str, Any]]]


async def begun(tasks: Tasks, name: str = "library_scan") -> Run:
    return await tasks.run_task(RunTask(name=name))


async def hear(runs: Runs, event: Event) -> None:
    match event:
        case RunStarted():
            await runs.started(event)
        case RunProgressed():
            await runs.progressed(event)
        case RunFinished():
            await runs.finished(event)


def told_of(run: Run) -> list[Event]:
    """Everything that is told of a run of five items."""
    done = RunTally(expected=5, processed=5, succeeded=4, failed=1)
    return [
        RunStarted(run_id=run.id, service="library"),
        RunProgressed(run_id=run.id, tally=RunTally(expected=5, processed=1, succeeded=1), line="one"),
        RunProgressed(run_id=run.id, tally=RunTally(expected=5, processed=3, succeeded=3), line="three"),
        RunFinished(run_id=run.id, outcome=RunOutcome.COMPLETED, tally=done, problems=["away"], details={"books": 4}),
    ]


async def test_the_record_is_the_same_in_whatever_order_events_come(tasks: Tasks, runs: Runs) -> None:
    for order in itertools.permutations(range(4)):
        run = await begun(tasks)
        events = told_of(run)
        for index in order:
            await hear(runs, events[index])
        kept = await runs.get_run(GetRun(id=run.id))
        assert (kept.status, kept.problems, kept.details) == (RunStatus.COMPLETED, ["away"], {"books": 4}), order
        assert kept.tally == RunTally(expected=5, processed=5, succeeded=4, failed=1), order
        assert sorted(kept.log) == ["one", "three"], order
        assert kept.started_at, order
        assert kept.ended_at, order


async def test_an_older_progress_does_not_turn_the_figures_back(tasks: Tasks, runs: Runs) -> None:
    run = await begun(tasks)
    for processed in (3, 1):
        await runs.progressed(RunProgressed(run_id=run.id, tally=RunTally(expected=5, processed=processed)))
    assert (await runs.get_run(GetRun(id=run.id))).tally.processed == 3


@pytest.mark.parametrize("outcome", RunOutcome)
async def test_a_run_ends_as_its_service_says(
    outcome: RunOutcome, tasks: Tasks, runs: Runs, clock: StandingClock
) -> None:
    run = await begun(tasks)
    clock.forward(minutes=3)
    await runs.finished(RunFinished(run_id=run.id, outcome=outcome, tally=RunTally()))
    kept = await runs.get_run(GetRun(id=run.id))
    assert (kept.status.value, kept.ended_at) == (outcome.value, clock.now())


async def test_events_of_a_run_that_nobody_knows_are_let_be(runs: Runs) -> None:
    unknown = uuid4()
    await runs.started(RunStarted(run_id=unknown, service="library"))
    await runs.progressed(RunProgressed(run_id=unknown, tally=RunTally()))
    await runs.finished(RunFinished(run_id=unknown, outcome=RunOutcome.COMPLETED, tally=RunTally()))
    with pytest.raises(NotFound, match=str(unknown)):
        await runs.get_run(GetRun(id=unknown))


async def test_the_log_keeps_its_last_lines(tasks: Tasks, runs: Runs) -> None:
    run = await begun(tasks)
    for number in range(205):
        await runs.progressed(RunProgressed(run_id=run.id, tally=RunTally(), line=f"line {number}"))
    log = (await runs.get_run(GetRun(id=run.id))).log
    assert (len(log), log[0], log[-1]) == (200, "line 5", "line 204")


async def test_runs_come_in_pages_newest_first(
    ticking: Ticking, tasks: Tasks, runs: Runs, clock: StandingClock
) -> None:
    names = ["library_scan", "wanted_search", "download_retry", "metadata_daily", "author_completion"]
    for name in names:
        await begun(tasks, name)
        clock.forward(minutes=1)
    first = await runs.list_runs(ListRuns(limit=2))
    second = await runs.list_runs(ListRuns(limit=2, offset=2))
    last = await runs.list_runs(ListRuns(limit=2, offset=4))
    assert [run.task for page in (first, second, last) for run in page.items] == names[::-1]
    assert (first.total, first.limit, second.offset) == (5, 2, 2)
    assert [run.task for run in (await runs.list_runs(ListRuns(sort="due_at"))).items] == names


async def test_a_page_of_runs_takes_two_statements_at_most(tasks: Tasks, runs: Runs) -> None:
    for name in ("library_scan", "wanted_search", "download_retry"):
        await begun(tasks, name)
    with statements() as sent:
        await runs.list_runs(ListRuns())
    assert 1 <= len(sent) <= 2


async def test_runs_are_filtered_by_task_and_status(tasks: Tasks, runs: Runs) -> None:
    scan = await begun(tasks)
    await begun(tasks, "wanted_search")
    await runs.started(RunStarted(run_id=scan.id, service="library"))
    running = await runs.list_runs(ListRuns(status=RunStatus.RUNNING))
    assert ([run.id for run in running.items], running.total) == ([scan.id], 1)
    assert (await runs.list_runs(ListRuns(task="wanted_search"))).total == 1
    assert (await runs.list_runs(ListRuns(task="coffee"))).items == []


async def test_an_unknown_order_is_refused_and_the_known_ones_named(runs: Runs) -> None:
    with pytest.raises(WrongParameters, match="'colour' is not known; there are: due_at, -due_at"):
        await runs.list_runs(ListRuns(sort="colour"))


async def test_a_cancelled_run_stays_cancelled_and_keeps_the_figures_of_what_was_done(
    tasks: Tasks, runs: Runs, clock: StandingClock
) -> None:
    run = await begun(tasks)
    await runs.started(RunStarted(run_id=run.id, service="library"))
    told = await runs.cancel_run(CancelRun(id=run.id))
    assert (told.status, told.ended_at, told.problems) == (RunStatus.CANCELLED, clock.now(), ["cancelled by a person"])
    clock.forward(minutes=1)
    await runs.progressed(RunProgressed(run_id=run.id, tally=RunTally(processed=2), line="the last one"))
    await runs.finished(
        RunFinished(run_id=run.id, outcome=RunOutcome.COMPLETED, tally=RunTally(processed=3), problems=["left off"])
    )
    kept = await runs.get_run(GetRun(id=run.id))
    assert (kept.status, kept.ended_at, kept.tally.processed) == (RunStatus.CANCELLED, told.ended_at, 3)
    assert kept.problems == ["cancelled by a person", "left off"]


async def test_those_who_work_on_a_cancelled_run_are_told(tasks: Tasks, runs: Runs, said: Said) -> None:
    run = await begun(tasks)
    await runs.cancel_run(CancelRun(id=run.id))
    (event,) = said("evt.runs.run_cancelled")
    assert (event["run_id"], event["task"]) == (str(run.id), "library_scan")


async def test_a_run_that_has_ended_is_not_cancelled_and_an_unknown_one_is_not_found(tasks: Tasks, runs: Runs) -> None:
    run = await begun(tasks)
    await runs.cancel_run(CancelRun(id=run.id))
    with pytest.raises(RunEnded, match="has ended: cancelled"):
        await runs.cancel_run(CancelRun(id=run.id))
    with pytest.raises(NotFound):
        await runs.cancel_run(CancelRun(id=uuid4()))
    assert (await begun(tasks)).id != run.id


async def test_runs_are_filtered_by_the_moment_they_were_due(tasks: Tasks, runs: Runs, clock: StandingClock) -> None:
    await begun(tasks)
    clock.forward(minutes=1)
    later = await begun(tasks, "wanted_search")
    assert [run.id for run in (await runs.list_runs(ListRuns(since=clock.now()))).items] == [later.id]
