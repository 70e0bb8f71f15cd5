"""A run for one book is an entry of its timeline."""

from typing import Any
from uuid import uuid4

from scheduler.handlers.tasks import TaskHandlers
from scheduler.handlers.tell_timeline import TellTimelineHandler
from shared.chassis.traces import span, trace_id
from shared.contracts.scheduler import RunTask
from shared.contracts.system import TellTimeline, Timeline
from shared.testing.clocks import ManualClock
from shared.testing.spans import recorded_spans


async def test_a_run_for_one_book_is_in_the_timeline_of_that_book_alone(
    tasks: TaskHandlers, transaction: Any, clock: ManualClock
) -> None:
    book_id = uuid4()
    run = await tasks.run_task(RunTask(name="metadata_book", parameters={"book_id": str(book_id)}))
    await tasks.run_task(RunTask(name="library_scan"))
    handler = TellTimelineHandler(transaction)
    (entry,) = (await handler.tell_timeline(TellTimeline(book_ids=[book_id, uuid4()]))).entries
    assert (entry.details, entry.at) == ({"run_id": str(run.id)}, clock.now())
    assert await handler.tell_timeline(TellTimeline(book_ids=[uuid4()])) == Timeline()


async def test_a_run_has_the_id_of_the_trace_in_which_it_was_started(tasks: TaskHandlers, transaction: Any) -> None:
    book_id = uuid4()
    with recorded_spans(), span("run", begins_trace=True):
        trace = trace_id()
        await tasks.run_task(RunTask(name="metadata_book", parameters={"book_id": str(book_id)}))

    timeline = await TellTimelineHandler(transaction).tell_timeline(TellTimeline(book_ids=[book_id]))

    assert trace is not None
    assert [entry.trace_id for entry in timeline.entries] == [trace]
