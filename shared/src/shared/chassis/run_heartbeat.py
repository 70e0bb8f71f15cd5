"""The heartbeats of the runs that a service works on, and their cancellation."""

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
    """The heartbeats and cancellations of the runs of one service."""

    def __init__(self, transaction: Transactions[Transaction], *, every_seconds: float = EVERY_SECONDS) -> None:
        self._transaction = transaction
        self._every_seconds = every_seconds
        self._last_sent: dict[UUID, float] = {}

    async def cancel(self, event: RunCancelled) -> None:
        """Close the run in this service: later results for it have no effect."""
        async with self._transaction() as tx:
            await tx.runs.cancel(event.run_id)

    async def cancelled(self, run_id: UUID) -> bool:
        """Whether the run was cancelled."""
        async with self._transaction() as tx:
            return await tx.runs.cancelled(run_id)

    @contextlib.asynccontextmanager
    async def alive(self, run_id: UUID) -> AsyncIterator[None]:
        """Send heartbeats of the run while one of its messages is handled, and one when the message has to wait."""
        if self._seconds_since_last(run_id) >= self._every_seconds:
            await self._send(run_id)
        heartbeat = asyncio.create_task(self._beat(run_id))
        try:
            yield
        except TryAgainLater as later:
            if later.delay_seconds >= self._every_seconds:
                await self._send(run_id, waits_seconds=later.delay_seconds)
            raise
        finally:
            heartbeat.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await heartbeat

    async def _beat(self, run_id: UUID) -> None:
        while True:
            await asyncio.sleep(self._every_seconds)
            await self._send(run_id)

    def _seconds_since_last(self, run_id: UUID) -> float:
        """Seconds since the last heartbeat of a run; 0 for a run that is seen for the first time."""
        now = time.monotonic()
        sent = self._last_sent.setdefault(run_id, now)
        while len(self._last_sent) > RUNS_REMEMBERED:
            del self._last_sent[next(iter(self._last_sent))]
        return now - sent

    async def _send(self, run_id: UUID, *, waits_seconds: float = 0.0) -> None:
        self._last_sent[run_id] = time.monotonic()
        # A heartbeat that cannot be sent is skipped; the work itself continues.
        with contextlib.suppress(SQLAlchemyError, OSError):
            async with self._transaction() as tx:
                tx.announce(RunAlive(run_id=run_id, waits_seconds=waits_seconds))
