"""Gaps are looked for again after a correction of a series."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from scheduler.find_gaps_again import TASKS, WAIT, FindGapsAgain
from scheduler.postgres.transaction import SchedulerTransaction
from scheduler.tasks import Tasks
from scheduler.ticking import Ticking
from shared.chassis.database import Transactions
from shared.contracts.library.metadata_writes import MetadataWritten
from shared.contracts.scheduler import EnableTask, GetTask
from shared.testing.clocks import StandingClock

Said = Callable[[str], list[dict[str, Any]]]
Open = Transactions[SchedulerTransaction]


def written(*, to_compare: bool = True) -> MetadataWritten:
    return MetadataWritten(book_id=uuid4(), written=[uuid4()], series_to_compare=to_compare)


async def test_a_new_series_has_gaps_looked_for_soon_and_at_the_usual_times_after_that(
    ticking: Ticking, transaction: Open, tasks: Tasks, clock: StandingClock, said: Said
) -> None:
    usual = {name: (await tasks.get_task(GetTask(name=name))).next_due_at for name in TASKS}
    gaps_again = FindGapsAgain(transaction, clock)
    await gaps_again.metadata_written(written())
    clock.forward(minutes=1)
    await gaps_again.metadata_written(written())
    due = {(await tasks.get_task(GetTask(name=name))).next_due_at for name in TASKS}
    assert due == {clock.now() - timedelta(minutes=1) + WAIT}, "the first of several corrections decides"
    clock.forward(minutes=15)
    await ticking.tick()
    assert sorted(each["subject"] for each in said("cmd.library.find%")) == [
        "cmd.library.find_author_gaps", "cmd.library.find_series_gaps",
    ]  # fmt: skip
    assert {name: (await tasks.get_task(GetTask(name=name))).next_due_at for name in TASKS} == usual


async def test_other_corrections_and_tasks_that_are_off_change_no_due_time(
    ticking: Ticking, transaction: Open, tasks: Tasks, clock: StandingClock, said: Said
) -> None:
    gaps_again = FindGapsAgain(transaction, clock)
    await gaps_again.metadata_written(written(to_compare=False))
    for name in TASKS:
        await tasks.enable_task(EnableTask(name=name, enabled=False))
    await gaps_again.metadata_written(written())
    clock.forward(minutes=20)
    await ticking.tick()
    assert said("cmd.library.find%") == []
