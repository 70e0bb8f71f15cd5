"""Records of runs: events in any order, lists, cancellation and deletion."""

import itertools
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from scheduler.domain.refusals import RunEnded, RunInProgress, WrongParameters
from scheduler.handlers.runs import RunHandlers
from scheduler.handlers.tasks import TaskHandlers
from scheduler.ticker import Ticker
from shared.chassis.errors import NotFound
from shared.contracts.message import Event
from shared.contracts.runs import RunFinished, RunOutcome, RunProgressed, RunStarted, RunTally, with_codes
from shared.contracts.scheduler import CancelRun, DeleteRun, GetRun, ListRuns, Run, RunStatus, RunTask
from shared.testing.clocks import ManualClock
from shared.testing.statements import statements
from shared.translatable import translatable

Outbox = Callable[[str], list[dict[str, Any]]]


async def started_run(tasks: TaskHandlers, name: str = "library_scan") -> Run:
    return await tasks.run_task(RunTask(name=name))


async def handle(runs: RunHandlers, event: Event) -> None:
    match event:
        case RunStarted():
            await runs.run_started(event)
        case RunProgressed():
            await runs.run_progressed(event)
        case RunFinished():
            await runs.run_finished(event)


def events_of(run: Run) -> list[Event]:
    """Return all events of a run of five items."""
    done = RunTally(expected=5, processed=5, succeeded=4, failed=1)
    return [
        RunStarted(run_id=run.id, service="library"),
        RunProgressed(run_id=run.id, tally=RunTally(expected=5, processed=1, succeeded=1), line="one"),
        RunProgressed(run_id=run.id, tally=RunTally(expected=5, processed=3, succeeded=3), line="three"),
        RunFinished(run_id=run.id, outcome=RunOutcome.COMPLETED, tally=done, problems=["away"], details={"books": 4}),
    ]


async def test_the_record_does_not_depend_on_the_order_of_events(tasks: TaskHandlers, runs: RunHandlers) -> None:
    for order in itertools.permutations(range(4)):
        run = await started_run(tasks)
        events = events_of(run)
        for index in order:
            await handle(runs, events[index])
        stored = await runs.get_run(GetRun(id=run.id))
        assert (stored.status, stored.problems, stored.details) == (RunStatus.COMPLETED, ["away"], {"books": 4}), order
        assert stored.tally == RunTally(expected=5, processed=5, succeeded=4, failed=1), order
        assert sorted(stored.log) == ["one", "three"], order
        assert stored.started_at, order
        assert stored.ended_at, order


async def test_an_older_progress_event_does_not_overwrite_newer_figures(tasks: TaskHandlers, runs: RunHandlers) -> None:
    run = await started_run(tasks)
    for processed in (3, 1):
        await runs.run_progressed(RunProgressed(run_id=run.id, tally=RunTally(expected=5, processed=processed)))
    assert (await runs.get_run(GetRun(id=run.id))).tally.processed == 3


@pytest.mark.parametrize("outcome", RunOutcome)
async def test_a_run_ends_with_the_outcome_that_its_service_reports(
    outcome: RunOutcome, tasks: TaskHandlers, runs: RunHandlers, clock: ManualClock
) -> None:
    run = await started_run(tasks)
    clock.forward(minutes=3)
    await runs.run_finished(RunFinished(run_id=run.id, outcome=outcome, tally=RunTally()))
    stored = await runs.get_run(GetRun(id=run.id))
    assert (stored.status.value, stored.ended_at) == (outcome.value, clock.now())


async def test_events_of_an_unknown_run_are_ignored(runs: RunHandlers) -> None:
    unknown = uuid4()
    await runs.run_started(RunStarted(run_id=unknown, service="library"))
    await runs.run_progressed(RunProgressed(run_id=unknown, tally=RunTally()))
    await runs.run_finished(RunFinished(run_id=unknown, outcome=RunOutcome.COMPLETED, tally=RunTally()))
    with pytest.raises(NotFound, match=str(unknown)):
        await runs.get_run(GetRun(id=unknown))


async def test_the_log_keeps_its_last_lines(tasks: TaskHandlers, runs: RunHandlers) -> None:
    run = await started_run(tasks)
    for number in range(205):
        await runs.run_progressed(RunProgressed(run_id=run.id, tally=RunTally(), line=f"line {number}"))
    log = (await runs.get_run(GetRun(id=run.id))).log
    assert (len(log), log[0], log[-1]) == (200, "line 5", "line 204")


async def test_runs_are_listed_in_pages_newest_first(
    ticker: Ticker, tasks: TaskHandlers, runs: RunHandlers, clock: ManualClock
) -> None:
    names = ["library_scan", "wanted_search", "download_retry", "metadata_daily", "author_completion"]
    for name in names:
        await started_run(tasks, name)
        clock.forward(minutes=1)
    first = await runs.list_runs(ListRuns(limit=2))
    second = await runs.list_runs(ListRuns(limit=2, offset=2))
    last = await runs.list_runs(ListRuns(limit=2, offset=4))
    assert [run.task for page in (first, second, last) for run in page.items] == names[::-1]
    assert (first.total, first.limit, second.offset) == (5, 2, 2)
    assert [run.task for run in (await runs.list_runs(ListRuns(sort="due_at"))).items] == names


async def test_a_page_of_runs_takes_two_statements_at_most(tasks: TaskHandlers, runs: RunHandlers) -> None:
    for name in ("library_scan", "wanted_search", "download_retry"):
        await started_run(tasks, name)
    with statements() as sent:
        await runs.list_runs(ListRuns())
    assert 1 <= len(sent) <= 2


async def test_runs_are_filtered_by_task_and_status(tasks: TaskHandlers, runs: RunHandlers) -> None:
    scan = await started_run(tasks)
    await started_run(tasks, "wanted_search")
    await runs.run_started(RunStarted(run_id=scan.id, service="library"))
    running = await runs.list_runs(ListRuns(status=RunStatus.RUNNING))
    assert ([run.id for run in running.items], running.total) == ([scan.id], 1)
    assert (await runs.list_runs(ListRuns(task="wanted_search"))).total == 1
    assert (await runs.list_runs(ListRuns(task="coffee"))).items == []


async def test_an_unknown_sort_order_is_refused_and_the_known_ones_are_named(runs: RunHandlers) -> None:
    with pytest.raises(WrongParameters, match="unknown order 'colour'; choose one of: due_at, -due_at"):
        await runs.list_runs(ListRuns(sort="colour"))


async def test_a_cancelled_run_stays_cancelled_and_records_what_was_done(
    tasks: TaskHandlers, runs: RunHandlers, clock: ManualClock
) -> None:
    run = await started_run(tasks)
    await runs.run_started(RunStarted(run_id=run.id, service="library"))
    answer = await runs.cancel_run(CancelRun(id=run.id))
    assert (answer.status, answer.ended_at, answer.problems) == (
        RunStatus.CANCELLED,
        clock.now(),
        ["cancelled by a person"],
    )
    clock.forward(minutes=1)
    await runs.run_progressed(RunProgressed(run_id=run.id, tally=RunTally(processed=2), line="the last one"))
    left = translatable("run.list_empty", "left off")
    await runs.run_finished(
        RunFinished(
            run_id=run.id,
            outcome=RunOutcome.COMPLETED,
            tally=RunTally(processed=3),
            problems=[left],
            details=with_codes({}, [left]),
        )
    )
    stored = await runs.get_run(GetRun(id=run.id))
    assert (stored.status, stored.ended_at, stored.tally.processed) == (RunStatus.CANCELLED, answer.ended_at, 3)
    assert stored.problems == ["cancelled by a person", "left off"]
    assert {name: each["code"] for name, each in stored.details["translatable"].items()} == {
        "problems.0": "run.cancelled",
        "problems.1": "run.list_empty",
    }


async def test_the_cancellation_of_a_run_is_announced(tasks: TaskHandlers, runs: RunHandlers, outbox: Outbox) -> None:
    run = await started_run(tasks)
    await runs.cancel_run(CancelRun(id=run.id))
    (event,) = outbox("evt.runs.run_cancelled")
    assert (event["run_id"], event["task"]) == (str(run.id), "library_scan")


async def test_a_run_that_has_ended_is_not_cancelled_and_an_unknown_one_is_not_found(
    tasks: TaskHandlers, runs: RunHandlers
) -> None:
    run = await started_run(tasks)
    await runs.cancel_run(CancelRun(id=run.id))
    with pytest.raises(RunEnded, match="has already ended: cancelled"):
        await runs.cancel_run(CancelRun(id=run.id))
    with pytest.raises(NotFound):
        await runs.cancel_run(CancelRun(id=uuid4()))
    assert (await started_run(tasks)).id != run.id


async def test_runs_are_filtered_by_due_time(tasks: TaskHandlers, runs: RunHandlers, clock: ManualClock) -> None:
    await started_run(tasks)
    clock.forward(minutes=1)
    later = await started_run(tasks, "wanted_search")
    assert [run.id for run in (await runs.list_runs(ListRuns(since=clock.now()))).items] == [later.id]


async def test_a_run_can_be_deleted_after_it_has_ended(tasks: TaskHandlers, runs: RunHandlers) -> None:
    run = await tasks.run_task(RunTask(name="library_scan"))
    with pytest.raises(RunInProgress, match=str(run.id)):
        await runs.delete_run(DeleteRun(id=run.id))
    await runs.run_finished(RunFinished(run_id=run.id, outcome=RunOutcome.FAILED, tally=RunTally()))
    await runs.delete_run(DeleteRun(id=run.id))
    with pytest.raises(NotFound):
        await runs.delete_run(DeleteRun(id=run.id))
