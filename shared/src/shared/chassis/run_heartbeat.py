"""Runs as a service that works on them keeps them: told to be alive while they are, and left off when cancelled."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import TryAgainLater
from shared.contracts.runs import RunAlive, RunCancelled

EVERY_SECONDS = 60.0
RUNS_REMEMBERED = 200


class RunHeartbeat:
    """The signs of life of a service's runs, and their cancelling."""

    def __init__(self, transaction: Transactions[Transaction], *, every_seconds: float = EVERY_SECONDS) -> None:
        self._transaction = transaction
        self._every_seconds = every_seconds
        self._told: dict[UUID, float] = {}

    async def cancel(self, event: RunCancelled) -> None:
        """Close the run here: what is still to come of it has no effect."""
        async with self._transaction() as tx:
            await tx.runs.cancel(event.run_id)

    async def cancelled(self, run_id: UUID) -> bool:
        async with self._transaction() as tx:
            return await tx.runs.cancelled(run_id)

    @contextlib.asynccontextmanager
    async def alive(self, run_id: UUID) -> AsyncIterator[None]:
        """Tell once a minute that the run is alive while one of its messages is handled, and when it has to wait."""
        if self._silent_seconds(run_id) >= self._every_seconds:
            await self._tell(run_id)
        beating = asyncio.create_task(self._beat(run_id))
        try:
            yield
        except TryAgainLater as later:
            if later.delay_seconds >= self._every_seconds:
                await self._tell(run_id, waits_seconds=later.delay_seconds)
            raise
        finally:
            beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beating

    async def _beat(self, run_id: UUID) -> None:
        while True:
            await asyncio.sleep(self._every_seconds)
            await self._tell(run_id)

    def _silent_seconds(self, run_id: UUID) -> float:
        """How long nothing was told of a run; one that is met for the first time has just begun."""
        now = time.monotonic()
        told = self._told.setdefault(run_id, now)
        while len(self._told) > RUNS_REMEMBERED:
            del self._told[next(iter(self._told))]
        return now - told

    async def _tell(self, run_id: UUID, *, waits_seconds: float = 0.0) -> None:
        self._told[run_id] = time.monotonic()
        # A sign of life that cannot be given is none; the work itself goes on.
        with contextlib.suppress(SQLAlchemyError, OSError):
            async with self._transaction() as tx:
                tx.announce(RunAlive(run_id=run_id, waits_seconds=waits_seconds))
