"""The cleanup deletes old runs and requests the same of every service."""

from typing import Any
from uuid import uuid4

import pytest
from scheduler.handlers import clean_up
from scheduler.handlers.clean_up import CleanUpHandlers
from scheduler.handlers.runs import RunHandlers
from scheduler.handlers.tasks import TaskHandlers
from shared.chassis.errors import ServiceUnavailable
from shared.contracts.areas import SERVICES, Area
from shared.contracts.runs import RunFinished, RunOutcome, RunTally
from shared.contracts.scheduler import CleanUpEverywhere, ListRuns, RunTask
from shared.contracts.system import CleanedUp, CleanUp
from shared.testing.clocks import ManualClock


class BusWithOldRows:
    """A bus on which every service has ten old rows, except those that are unavailable."""

    def __init__(self, *away: str) -> None:
        self._away = away

    async def ask(self, _request: CleanUp, *, of: Area) -> CleanedUp:
        if of in self._away:
            raise ServiceUnavailable(of, f"no answer from {of}")
        return CleanedUp(service=SERVICES[of], deleted={"inbox": 10, "run_items": 0})


def clean_up_handlers(transaction: Any, clock: ManualClock, *away: str) -> CleanUpHandlers:
    bus: Any = BusWithOldRows(*away)
    return CleanUpHandlers(transaction, clock, bus, runs_keep_days=30)


async def aged_runs(tasks: TaskHandlers, runs: RunHandlers, clock: ManualClock, count: int) -> None:
    for _ in range(count):
        run = await tasks.run_task(RunTask(name="library_scan"))
        await runs.run_finished(RunFinished(run_id=run.id, outcome=RunOutcome.COMPLETED, tally=RunTally()))
        clock.forward(minutes=1)


async def test_old_runs_are_deleted_except_the_newest_and_those_in_progress(
    transaction: Any, clock: ManualClock, tasks: TaskHandlers, runs: RunHandlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clean_up, "NEWEST_RUNS_RETAINED", 3)
    in_progress = await tasks.run_task(RunTask(name="wanted_search"))
    await aged_runs(tasks, runs, clock, 6)
    clock.forward(days=31)
    cleaner = clean_up_handlers(transaction, clock)
    assert (await cleaner.clean_up(CleanUp(dry_run=True))).deleted["runs"] == 3
    assert (await runs.list_runs(ListRuns())).total == 7
    assert (await cleaner.clean_up(CleanUp())).deleted["runs"] == 3
    left = (await runs.list_runs(ListRuns())).items
    assert len(left) == 4
    assert in_progress.id in {run.id for run in left}


async def test_the_last_run_of_a_rare_task_is_kept(
    transaction: Any, clock: ManualClock, tasks: TaskHandlers, runs: RunHandlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clean_up, "NEWEST_RUNS_RETAINED", 1)
    for name in ("metadata_full_refresh", "metadata_full_refresh", "library_scan"):
        run = await tasks.run_task(RunTask(name=name))
        await runs.run_finished(RunFinished(run_id=run.id, outcome=RunOutcome.COMPLETED, tally=RunTally()))
        clock.forward(minutes=1)
    await tasks.run_task(RunTask(name="metadata_full_refresh"))
    clock.forward(days=31)
    assert (await clean_up_handlers(transaction, clock).clean_up(CleanUp())).deleted["runs"] == 1
    left = [(run.task, run.status) for run in (await runs.list_runs(ListRuns())).items]
    assert left == [
        ("metadata_full_refresh", "scheduled"),
        ("library_scan", "completed"),
        ("metadata_full_refresh", "completed"),
    ]


async def test_runs_within_the_retention_period_are_kept(
    transaction: Any, clock: ManualClock, tasks: TaskHandlers, runs: RunHandlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clean_up, "NEWEST_RUNS_RETAINED", 0)
    await aged_runs(tasks, runs, clock, 2)
    clock.forward(days=29)
    assert (await clean_up_handlers(transaction, clock).clean_up(CleanUp())).deleted["runs"] == 0


async def test_every_service_cleans_up_and_an_unavailable_one_is_named(
    transaction: Any, clock: ManualClock, outbox: Any
) -> None:
    await clean_up_handlers(transaction, clock, "mam").clean_up_everywhere(CleanUpEverywhere(run_id=uuid4()))
    (end,) = outbox("evt.runs.run_finished")
    assert end["outcome"] == "completed"
    assert end["tally"] == {"expected": 6, "processed": 6, "succeeded": 5, "failed": 1}
    assert end["problems"] == ["mam-search: no answer from mam"]
    assert end["details"]["deleted"]["metadata"] == {"inbox": 10, "run_items": 0}


async def test_a_dry_run_lists_what_would_be_deleted(transaction: Any, clock: ManualClock, outbox: Any) -> None:
    await clean_up_handlers(transaction, clock).clean_up_everywhere(CleanUpEverywhere(run_id=uuid4(), dry_run=True))
    (end,) = outbox("evt.runs.run_finished")
    plan = end["details"]["plan"]
    assert plan["counts"] == {"delete": 60}
    assert {
        "kind": "delete",
        "what": "gateway: inbox",
        "words": "10 rows",
        "book_id": None,
        "translatable": {"words": {"code": "plan.rows", "figures": {"count": 10}}},
    } in plan["actions"]
