"""The task `cleanup`: every service deletes what has passed its retention period. The scheduler deletes old runs."""

import asyncio
from datetime import timedelta

from shared.chassis.bus import Bus
from shared.chassis.clock import Clock
from shared.chassis.database import Transactions
from shared.chassis.errors import Refused, RemoteError
from shared.chassis.retention import prune_chassis
from shared.contracts.areas import SERVICES, Area
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally
from shared.contracts.scheduler import CleanUpEverywhere
from shared.contracts.system import CleanedUp, CleanUp
from shared.translatable import about, translatable

from scheduler.postgres.tables import CHASSIS
from scheduler.postgres.transaction import SchedulerTransaction

NEWEST_RUNS_RETAINED = 1_000
"""The newest runs are kept however old they are, and so is the last run of each task."""


class CleanUpHandlers:
    """Handles the command to clean up all services, and the request to clean up the scheduler."""

    def __init__(
        self, transaction: Transactions[SchedulerTransaction], clock: Clock, bus: Bus, *, runs_keep_days: int
    ) -> None:
        self._transaction = transaction
        self._clock = clock
        self._bus = bus
        self._run_retention = timedelta(days=runs_keep_days)

    async def clean_up_everywhere(self, command: CleanUpEverywhere) -> None:
        """Ask every service to clean up. A service that fails becomes a problem of the run; the others continue."""
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
        answers = await asyncio.gather(*(self._clean_up_one(area, dry_run=command.dry_run) for area in SERVICES))
        cleaned = [each for each in answers if isinstance(each, CleanedUp)]
        deleted = {each.service: each.deleted for each in cleaned}
        expected, succeeded = len(answers), len(cleaned)
        tally = RunTally(expected=expected, processed=expected, succeeded=succeeded, failed=expected - succeeded)
        async with self._transaction() as tx:
            tx.runs.finished(
                command.run_id,
                tally,
                outcome=RunOutcome.COMPLETED if cleaned else RunOutcome.FAILED,
                problems=[each for each in answers if isinstance(each, str)],
                details=_plan(deleted) if command.dry_run else {"deleted": deleted},
            )

    async def clean_up(self, request: CleanUp) -> CleanedUp:
        """Delete old runs and the chassis' records of handled messages. A dry run only counts them."""
        now = self._clock.now()
        async with self._transaction() as tx:
            runs = await tx.delete_old_runs(now - self._run_retention, NEWEST_RUNS_RETAINED, dry_run=request.dry_run)
            deleted = await prune_chassis(tx.session, CHASSIS, now=now, dry_run=request.dry_run)
        return CleanedUp(service="scheduler", deleted={"runs": runs, **deleted})

    async def _clean_up_one(self, area: Area, *, dry_run: bool) -> CleanedUp | str:
        try:
            return await self._bus.ask(CleanUp(dry_run=dry_run), of=area)
        except (Refused, RemoteError) as error:
            return about(SERVICES[area], error.words if isinstance(error, RemoteError) else error.detail)


def _plan(deleted: dict[str, dict[str, int]]) -> dict[str, object]:
    rows = [(f"{service}: {table}", count) for service, tables in deleted.items() for table, count in tables.items()]
    actions = [PlannedAction.of("delete", what, _rows(count)) for what, count in rows if count]
    plan = Plan(counts={"delete": sum(count for _, count in rows)}, actions=actions)
    return {"plan": plan.model_dump(mode="json")}


def _rows(count: int) -> str:
    return translatable("plan.rows", f"{count} rows", count=count)
