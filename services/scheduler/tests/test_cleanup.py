"""Retention: what goes, what stays, and what is told of it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from scheduler import cleanup as cleaning
from scheduler.cleanup import Cleaning
from scheduler.maintenance import Accounting
from scheduler.refusals import WrongParameters
from scheduler.runs import Runs
from scheduler.tasks import Tasks
from scheduler.ticking import Ticking
from shared.chassis.errors import ServiceAway
from shared.contracts.areas import SERVICES, Area
from shared.contracts.runs import RunFinished, RunOutcome, RunTally
from shared.contracts.scheduler import CleanUpEverywhere, ListRuns, RunTask
from shared.contracts.system import CleanedUp, CleanUp, TellStatistics, TellTimeline
from shared.testing.clocks import StandingClock


class SomeAnswer:
    """A bus on which every service but those away has ten old rows."""

    def __init__(self, *away: str) -> None:
        self._away = away

    async def ask(self, _request: CleanUp, *, of: Area) -> CleanedUp:
        if of in self._away:
            raise ServiceAway(of, f"nobody answers for {of}")
        return CleanedUp(service=SERVICES[of], deleted={"inbox": 10, "run_items": 0})


def made(transaction: Any, clock: StandingClock, *away: str) -> Cleaning:
    bus: Any = SomeAnswer(*away)
    return Cleaning(transaction, clock, bus, runs_keep_days=30)


async def aged_runs(tasks: Tasks, runs: Runs, clock: StandingClock, count: int) -> None:
    for _ in range(count):
        run = await tasks.run_task(RunTask(name="library_scan"))
        await runs.finished(RunFinished(run_id=run.id, outcome=RunOutcome.COMPLETED, tally=RunTally()))
        clock.forward(minutes=1)


async def test_old_runs_go_but_for_the_last_ones_and_those_under_way(
    transaction: Any, clock: StandingClock, tasks: Tasks, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "RUNS_KEPT", 3)
    under_way = await tasks.run_task(RunTask(name="wanted_search"))
    await aged_runs(tasks, runs, clock, 6)
    clock.forward(days=31)
    cleaner = made(transaction, clock)
    assert (await cleaner.clean_up(CleanUp(dry_run=True))).deleted["runs"] == 3
    assert (await runs.list_runs(ListRuns())).total == 7
    assert (await cleaner.clean_up(CleanUp())).deleted["runs"] == 3
    left = (await runs.list_runs(ListRuns())).items
    assert len(left) == 4
    assert under_way.id in {run.id for run in left}


async def test_the_last_run_of_a_task_that_seldom_runs_stays(
    transaction: Any, clock: StandingClock, tasks: Tasks, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "RUNS_KEPT", 1)
    for name in ("metadata_full_refresh", "metadata_full_refresh", "library_scan"):
        run = await tasks.run_task(RunTask(name=name))
        await runs.finished(RunFinished(run_id=run.id, outcome=RunOutcome.COMPLETED, tally=RunTally()))
        clock.forward(minutes=1)
    await tasks.run_task(RunTask(name="metadata_full_refresh"))
    clock.forward(days=31)
    assert (await made(transaction, clock).clean_up(CleanUp())).deleted["runs"] == 1
    left = [(run.task, run.status) for run in (await runs.list_runs(ListRuns())).items]
    assert left == [
        ("metadata_full_refresh", "scheduled"),
        ("library_scan", "completed"),
        ("metadata_full_refresh", "completed"),
    ]


async def test_runs_younger_than_the_setting_stay(
    transaction: Any, clock: StandingClock, tasks: Tasks, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "RUNS_KEPT", 0)
    await aged_runs(tasks, runs, clock, 2)
    clock.forward(days=29)
    assert (await made(transaction, clock).clean_up(CleanUp())).deleted["runs"] == 0


async def test_every_service_is_asked_and_a_silent_one_named(transaction: Any, clock: StandingClock, said: Any) -> None:
    await made(transaction, clock, "mam").clean_up_everywhere(CleanUpEverywhere(run_id=uuid4()))
    (end,) = said("evt.runs.run_finished")
    assert end["outcome"] == "completed"
    assert end["tally"] == {"expected": 6, "processed": 6, "succeeded": 5, "failed": 1}
    assert end["problems"] == ["mam-search: nobody answers for mam"]
    assert end["details"]["deleted"]["metadata"] == {"inbox": 10, "run_items": 0}


async def test_a_dry_run_says_what_would_go(transaction: Any, clock: StandingClock, said: Any) -> None:
    await made(transaction, clock).clean_up_everywhere(CleanUpEverywhere(run_id=uuid4(), dry_run=True))
    (end,) = said("evt.runs.run_finished")
    plan = end["details"]["plan"]
    assert plan["counts"] == {"delete": 60}
    assert {"kind": "delete", "what": "gateway: inbox", "words": "10 rows"} in plan["actions"]


async def test_one_book_is_refreshed_by_hand_only_and_never_all_by_mistake(
    ticking: Ticking, tasks: Tasks, transaction: Any, clock: StandingClock, sent: Any
) -> None:
    with pytest.raises(WrongParameters, match="needs the parameter 'book_id'"):
        await tasks.run_task(RunTask(name="metadata_book"))
    book_id = uuid4()
    run = await tasks.run_task(RunTask(name="metadata_book", parameters={"book_id": str(book_id)}))
    assert [each["book_id"] for each in sent()] == [str(book_id)]
    (entry,) = (await Accounting(transaction, clock).tell_timeline(TellTimeline(book_ids=[book_id, uuid4()]))).entries
    assert (entry.details, entry.at) == ({"run_id": str(run.id)}, clock.now())


async def test_the_figures_count_runs_by_status(
    transaction: Any, clock: StandingClock, tasks: Tasks, runs: Runs, database_url: str
) -> None:
    await aged_runs(tasks, runs, clock, 2)
    with psycopg.connect(database_url) as connection:
        connection.execute("update scheduler.runs set due_at = due_at - %s", [timedelta(days=2)])
    await tasks.run_task(RunTask(name="library_scan"))
    figures = (await Accounting(transaction, clock).tell_statistics(TellStatistics())).figures
    assert figures["runs"] == {"completed": 2, "scheduled": 1}
    assert figures["runs_last_24_hours"] == {"scheduled": 1}
