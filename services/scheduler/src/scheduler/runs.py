"""The record of every run, as the services that work on it tell."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.chassis.errors import NotFound
from shared.contracts.page import Page
from shared.contracts.runs import RunAlive, RunCancelled, RunFinished, RunProgressed, RunStarted
from shared.contracts.scheduler import CancelRun, DeleteRun, GetRun, ListRuns, Run, RunStatus
from sqlalchemy import func, select

from scheduler.postgres.tables import RunRow
from scheduler.postgres.transaction import UNDER_WAY, SchedulerTransaction, run_model
from scheduler.refusals import RunEnded, RunUnderWay, WrongParameters

SORTS = {"due_at": RunRow.due_at, "-due_at": RunRow.due_at.desc()}


class Runs:
    """Runs shown, and kept up to date."""

    def __init__(self, transaction: Transactions[SchedulerTransaction], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def get_run(self, request: GetRun) -> Run:
        async with self._transaction() as tx:
            row = await tx.run(request.id)
        if row is None:
            raise NotFound(f"there is no run {request.id}")
        return run_model(row)

    async def cancel_run(self, request: CancelRun) -> Run:
        """End a run now, and tell those who work on it. What they did stays done."""
        async with self._transaction() as tx:
            row = await tx.run(request.id, to_change=True)
            if row is None:
                raise NotFound(f"there is no run {request.id}")
            if row.status not in UNDER_WAY:
                raise RunEnded(f"run {row.id} of {row.task} has ended: {row.status}")
            row.status, row.ended_at = RunStatus.CANCELLED.value, self._clock.now()
            row.problems = [*row.problems, "cancelled by a person"]
            tx.announce(RunCancelled(run_id=row.id, task=row.task))
            return run_model(row)

    async def delete_run(self, request: DeleteRun) -> Run:
        async with self._transaction() as tx:
            row = await tx.run(request.id, to_change=True)
            if row is None:
                raise NotFound(f"there is no run {request.id}")
            if row.status in UNDER_WAY:
                raise RunUnderWay(f"run {row.id} of {row.task} is under way; cancel it first")
            await tx.session.delete(row)
            return run_model(row)

    async def list_runs(self, request: ListRuns) -> Page[Run]:
        if request.sort not in SORTS:
            raise WrongParameters(f"sort: {request.sort!r} is not known; there are: {', '.join(SORTS)}")
        wanted = select(RunRow)
        if request.task:
            wanted = wanted.where(RunRow.task == request.task)
        if request.since:
            wanted = wanted.where(RunRow.due_at >= request.since)
        if request.status:
            wanted = wanted.where(RunRow.status == request.status.value)
        async with self._transaction() as tx:
            total = await tx.session.scalar(select(func.count()).select_from(wanted.subquery()))
            ordered = wanted.order_by(SORTS[request.sort], RunRow.id)
            rows = await tx.session.scalars(ordered.limit(request.limit).offset(request.offset))
            items = [run_model(row) for row in rows]
        return Page(items=items, total=total or 0, limit=request.limit, offset=request.offset)

    async def started(self, event: RunStarted) -> None:
        async with self._transaction() as tx:
            await tx.started(event.run_id, self._clock.now())

    async def alive(self, event: RunAlive) -> None:
        async with self._transaction() as tx:
            await tx.started(event.run_id, self._clock.now(), quiet=timedelta(seconds=event.waits_seconds))

    async def progressed(self, event: RunProgressed) -> None:
        async with self._transaction() as tx:
            if await tx.first_time():
                await tx.progressed(event, self._clock.now())

    async def finished(self, event: RunFinished) -> None:
        async with self._transaction() as tx:
            await tx.finished(event, self._clock.now())
