"""A year on a real Postgres: replicas are killed at any statement, the clock jumps, and people change tasks.

After each step the stored state must equal `Expected`: each due time has one run and one command, or is counted.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from scheduler.domain.refusals import RunInProgress
from scheduler.handlers.runs import RunHandlers
from scheduler.handlers.tasks import TaskHandlers
from scheduler.settings import SETTINGS
from scheduler_calendar import START, YEAR
from scheduler_expected import LINES, Expected, Line, calendar
from scheduler_replicas import Death, PlannedDeath, Replica
from shared.contracts.runs import RunFinished, RunOutcome, RunStarted, RunTally
from shared.contracts.scheduler import CancelRun, ChangeTask, RunTask, TaskChange
from shared.testing.clocks import ManualClock
from shared.testing.waiting import until

COUNTS = ("missed", "merged", "overlapped", "caught_up")
IN_PROGRESS = ("scheduled", "running")
BY_HAND = dict.fromkeys(SETTINGS.example().crons(), "")
MAX_POINTS = 40
"""A tick has fewer points than this at which it can be killed."""


class Year:
    """The replicas, the clock, the people, the workers, and the expected state."""

    def __init__(self, url: str, tasks: TaskHandlers, runs: RunHandlers, clock: ManualClock, seed: int) -> None:
        self.chance = Random(seed)
        self.clock, self.tasks, self.runs = clock, tasks, runs
        self.replicas = [Replica(url, clock, BY_HAND) for _ in range(self.chance.randint(2, 4))]
        known = calendar()
        self.expected = {task: Expected(known, lines[0], START) for task, lines in LINES.items()}
        self.stored = psycopg.connect(url, autocommit=True, row_factory=dict_row)
        self.refused, self.latest = 0, START

    async def begin(self) -> None:
        for replica in self.replicas:
            await replica.start()
        for task, lines in LINES.items():
            await self.change(task, line=lines[0])

    async def aclose(self) -> None:
        self.stored.close()
        for replica in self.replicas:
            await replica.aclose()

    def in_progress(self) -> dict[str, dict[str, Any]]:
        """Return the run in progress of each task. There are never two."""
        rows = self.stored.execute(
            "select * from scheduler.runs where status = any(%s)", [list(IN_PROGRESS)]
        ).fetchall()
        by_task = {row["task"]: row for row in rows}
        assert len(by_task) == len(rows)
        return by_task

    def advance(self) -> None:
        """Move the clock to the next due time: on time, late or too late. Sometimes set it back by some minutes."""
        # The calendar ends soon after the year, and there may be no due time until then.
        soonest = min(START + YEAR, *(each.next_due_at for each in self.expected.values() if each.enabled))
        step = self.chance.random()
        if step < 0.1 and self.clock.at >= self.latest:
            self.latest = self.clock.at
            self.clock.forward(minutes=-self.chance.randint(1, 50))
            return
        self.clock.at = max(self.clock.at, soonest) + timedelta(seconds=30)
        if step > 0.55:
            self.clock.forward(minutes=self.chance.choice((1, 20, 45, 59, 60, 61, 90, 10_000)))

    def postgres_is_idle(self) -> bool:
        """Whether Postgres has finished what dying replicas had sent, perhaps a commit."""
        busy = self.stored.execute(
            "select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            " and state <> 'idle'"
        )
        return not busy.fetchall()

    async def tick(self) -> None:
        """Tick all replicas at once and kill some. Then the stored state must equal the expected state."""
        busy, now = self.in_progress(), self.clock.now()
        deaths = [self._planned_death() for _ in self.replicas]
        survived = await asyncio.gather(*(each.tick(death) for each, death in zip(self.replicas, deaths, strict=True)))
        # The others skipped what a dying replica had locked. It is left to the next tick.
        await until(self.postgres_is_idle)
        certain = all(survived) or self.chance.random() < 0.7
        if certain and not all(survived):
            await self.replicas[0].tick()
        stored = {row["task"]: row for row in self.stored.execute("select * from scheduler.schedules").fetchall()}
        for task, expected in self.expected.items():
            if expected.is_due(now):
                was_ticked = stored[task]["next_due_at"] > now
                assert was_ticked or not certain, task
                if was_ticked:
                    expected.tick(now, busy=task in busy)
            assert {count: stored[task][count] for count in COUNTS} == {c: expected.counts[c] for c in COUNTS}, task
        self.check_runs()

    def check_runs(self) -> None:
        """The runs must be exactly the expected ones, each with exactly one command in the outbox."""
        rows = self.stored.execute("select task, due_at, by, id from scheduler.runs").fetchall()
        begun = sorted((row["task"], row["due_at"]) for row in rows if row["by"] == "schedule")
        assert begun == sorted((task, due_at) for task, each in self.expected.items() for due_at in each.runs)
        sent = self.stored.execute("select payload::jsonb->>'run_id' from scheduler.outbox where subject like 'cmd.%'")
        assert sorted(row["?column?"] for row in sent.fetchall()) == sorted(str(row["id"]) for row in rows)

    def _planned_death(self) -> PlannedDeath | None:
        if self.chance.random() < 0.6:
            return None
        return PlannedDeath(
            self.chance.choice(list(Death)), self.chance.choice((1, 2, 3, 4, self.chance.randint(5, MAX_POINTS)))
        )

    async def work(self) -> None:
        """Act as the workers: end most runs and leave some in progress."""
        for run in self.in_progress().values():
            await self.runs.run_started(RunStarted(run_id=run["id"], service="library"))
            if self.chance.random() < 0.7:
                outcome = self.chance.choice((RunOutcome.COMPLETED, RunOutcome.FAILED))
                await self.runs.run_finished(RunFinished(run_id=run["id"], outcome=outcome, tally=RunTally()))
            elif self.chance.random() < 0.3:
                await self.runs.cancel_run(CancelRun(id=run["id"]))

    async def act_as_a_person(self) -> None:
        """Change, disable, enable or run a task, whether or not it is due now."""
        task, what = self.chance.choice(list(LINES)), self.chance.random()
        if what < 0.3:
            await self.change(task, line=self.chance.choice(LINES[task]))
        elif what < 0.5:
            await self.change(task, enabled=self.chance.random() < 0.7)
        elif what < 0.6:
            await self.change(task)
        else:
            await self.run_by_hand(task)

    async def change(self, task: str, *, line: Line | None = None, enabled: bool | None = None) -> None:
        expected, now = self.expected[task], self.clock.now()
        if expected.is_due(now) and enabled is not False:
            expected.tick(now, busy=task in self.in_progress())
        cron, zone = line or (None, None)
        change = TaskChange(cron=cron, time_zone=zone, enabled=enabled, parameters={})
        await self.tasks.change_task(ChangeTask(name=task, change=change))
        switched = enabled is not None and enabled is not expected.enabled
        expected.enabled = expected.enabled if enabled is None else enabled
        if switched or (line and line != expected.line) or expected.next_due_at == START:
            expected.schedule(line or expected.line, now)

    async def run_by_hand(self, task: str) -> None:
        """Start a run. It must be refused, naming the conflicting run, when one is in progress."""
        conflict = self.in_progress().get(task)
        if conflict is None:
            await self.tasks.run_task(RunTask(name=task))
            return
        with pytest.raises(RunInProgress, match=str(conflict["id"])):
            await self.tasks.run_task(RunTask(name=task))
        self.refused += 1


@pytest.fixture
async def year(
    database_url: str, tasks: TaskHandlers, runs: RunHandlers, clock: ManualClock, seed: int
) -> AsyncIterator[Year]:
    clock.at = START
    made = Year(database_url, tasks, runs, clock, seed)
    await made.begin()
    yield made
    await made.aclose()


@pytest.mark.parametrize("seed", [1, 2])
async def test_in_a_year_of_kills_each_due_time_gets_exactly_one_run(year: Year) -> None:
    while year.clock.now() < START + YEAR:
        year.advance()
        if year.chance.random() < 0.3:
            await year.act_as_a_person()
        await year.tick()
        await year.work()
    assert sum(len(each.runs) for each in year.expected.values()) > 20
    assert sum(replica.deaths for replica in year.replicas) > 20
    assert sum(each.counts[count] for each in year.expected.values() for count in COUNTS) > 10


@pytest.mark.parametrize("seed", [4])
async def test_runs_of_dead_workers_are_failed_once_although_replicas_are_killed(year: Year) -> None:
    for task in LINES:
        await year.run_by_hand(task)
        await year.run_by_hand(task)
    dead = {row["id"] for row in year.in_progress().values()}
    for run_id in dead:
        await year.runs.run_started(RunStarted(run_id=run_id, service="library"))
    while year.in_progress() and year.clock.now() < START + timedelta(hours=3):
        year.clock.forward(minutes=1)
        await year.tick()
    failed = year.stored.execute("select id, status, problems from scheduler.runs where by = 'person'").fetchall()
    assert {(row["id"], row["status"]) for row in failed} == {(run_id, "failed") for run_id in dead}
    assert {tuple(row["problems"]) for row in failed} == {("this run sent no heartbeat for 30 minutes",)}
    cancelled = year.stored.execute(
        "select payload::jsonb->>'run_id' as id from scheduler.outbox where subject like %s", ["evt.%.run_cancelled"]
    )
    assert sorted(row["id"] for row in cancelled.fetchall()) == sorted(str(run_id) for run_id in dead)
    assert year.refused == len(LINES)
