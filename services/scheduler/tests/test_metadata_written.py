"""A correction of a series makes the gap search due soon."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from scheduler.handlers.metadata_written import TASKS, WAIT, MetadataWrittenHandler
from scheduler.handlers.tasks import TaskHandlers
from scheduler.postgres.transaction import SchedulerTransaction
from scheduler.ticker import Ticker
from shared.chassis.database import Transactions
from shared.contracts.library.metadata_writes import MetadataWritten
from shared.contracts.scheduler import EnableTask, GetTask
from shared.testing.clocks import ManualClock

Outbox = Callable[[str], list[dict[str, Any]]]
Open = Transactions[SchedulerTransaction]


def written(*, to_compare: bool = True) -> MetadataWritten:
    return MetadataWritten(book_id=uuid4(), written=[uuid4()], series_to_compare=to_compare)


async def test_a_new_series_makes_the_gap_search_due_soon_and_then_at_its_usual_times(
    ticker: Ticker, transaction: Open, tasks: TaskHandlers, clock: ManualClock, outbox: Outbox
) -> None:
    usual = {name: (await tasks.get_task(GetTask(name=name))).next_due_at for name in TASKS}
    handler = MetadataWrittenHandler(transaction, clock)
    await handler.metadata_written(written())
    clock.forward(minutes=1)
    await handler.metadata_written(written())
    due = {(await tasks.get_task(GetTask(name=name))).next_due_at for name in TASKS}
    assert due == {clock.now() - timedelta(minutes=1) + WAIT}, "the first of several corrections decides"
    clock.forward(minutes=15)
    await ticker.tick()
    assert sorted(each["subject"] for each in outbox("cmd.library.find%")) == [
        "cmd.library.find_author_gaps", "cmd.library.find_series_gaps",
    ]  # fmt: skip
    assert {name: (await tasks.get_task(GetTask(name=name))).next_due_at for name in TASKS} == usual


async def test_other_corrections_and_disabled_tasks_change_no_due_time(
    ticker: Ticker, transaction: Open, tasks: TaskHandlers, clock: ManualClock, outbox: Outbox
) -> None:
    handler = MetadataWrittenHandler(transaction, clock)
    await handler.metadata_written(written(to_compare=False))
    for name in TASKS:
        await tasks.enable_task(EnableTask(name=name, enabled=False))
    await handler.metadata_written(written())
    clock.forward(minutes=20)
    await ticker.tick()
    assert outbox("cmd.library.find%") == []
