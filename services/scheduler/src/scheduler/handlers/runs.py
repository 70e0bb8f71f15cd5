"""Shows, cancels and deletes the records of runs, and updates them from the events of the services that do the work."""

from datetime import timedelta
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.chassis.errors import NotFound
from shared.contracts.page import Page
from shared.contracts.runs import RunAlive, RunCancelled, RunFinished, RunProgressed, RunStarted
from shared.contracts.scheduler import CancelRun, DeleteRun, GetRun, ListRuns, Run, RunStatus
from shared.translatable import translatable

from scheduler.domain.refusals import RunEnded, RunInProgress, WrongParameters
from scheduler.postgres.tables import RunRow
from scheduler.postgres.transaction import RUN_SORTS, UNDER_WAY, SchedulerTransaction, add_problem, run_model


class RunHandlers:
    """Handles the requests for runs and the events of runs. Events may come twice and in any order."""

    def __init__(self, transaction: Transactions[SchedulerTransaction], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def get_run(self, request: GetRun) -> Run:
        """Return a run. Raises `NotFound`."""
        async with self._transaction() as tx:
            row = await tx.run(request.id)
        if row is None:
            raise NotFound(translatable("refused.no_run", f"there is no run {request.id}", id=str(request.id)))
        return run_model(row)

    async def cancel_run(self, request: CancelRun) -> Run:
        """End a run now and announce it to the services that work on it. What is done stays done.

        Raises `NotFound`, or `RunEnded` when the run has already ended.
        """
        async with self._transaction() as tx:
            row = await _locked(tx, request.id)
            if row.status not in UNDER_WAY:
                raise RunEnded(
                    translatable(
                        "refused.run_ended",
                        f"run {row.id} of {row.task} has already ended: {row.status}",
                        task=row.task,
                    )
                )
            row.status, row.ended_at = RunStatus.CANCELLED.value, self._clock.now()
            add_problem(row, translatable("run.cancelled", "cancelled by a person"))
            tx.announce(RunCancelled(run_id=row.id, task=row.task))
            return run_model(row)

    async def delete_run(self, request: DeleteRun) -> Run:
        """Delete the record of a run that has ended. Raises `NotFound`, or `RunInProgress`."""
        async with self._transaction() as tx:
            row = await _locked(tx, request.id)
            if row.status in UNDER_WAY:
                raise RunInProgress(
                    translatable(
                        "refused.run_under_way",
                        f"run {row.id} of {row.task} is in progress; cancel it first",
                        task=row.task,
                    )
                )
            await tx.session.delete(row)
            return run_model(row)

    async def list_runs(self, request: ListRuns) -> Page[Run]:
        """Return one page of runs. Raises `WrongParameters` when the sort order is unknown."""
        if request.sort not in RUN_SORTS:
            raise WrongParameters(f"sort: unknown order {request.sort!r}; choose one of: {', '.join(RUN_SORTS)}")
        async with self._transaction() as tx:
            rows, total = await tx.list_runs(request)
            items = [run_model(row) for row in rows]
        return Page(items=items, total=total, limit=request.limit, offset=request.offset)

    async def run_started(self, event: RunStarted) -> None:
        """Record that the work has started."""
        async with self._transaction() as tx:
            await tx.started(event.run_id, self._clock.now())

    async def run_alive(self, event: RunAlive) -> None:
        """Record a heartbeat. The next one may be late by the `waits_seconds` of the event."""
        async with self._transaction() as tx:
            await tx.started(event.run_id, self._clock.now(), quiet=timedelta(seconds=event.waits_seconds))

    async def run_progressed(self, event: RunProgressed) -> None:
        """Record new figures and a log line, once for each event."""
        async with self._transaction() as tx:
            if await tx.first_time():
                await tx.progressed(event, self._clock.now())

    async def run_finished(self, event: RunFinished) -> None:
        """Record the outcome, the final figures and the problems."""
        async with self._transaction() as tx:
            await tx.finished(event, self._clock.now())


async def _locked(tx: SchedulerTransaction, run_id: UUID) -> RunRow:
    row = await tx.run(run_id, to_change=True)
    if row is None:
        raise NotFound(translatable("refused.no_run", f"there is no run {run_id}", id=str(run_id)))
    return row
