"""Replicas of the scheduler that are killed at any point of their work with Postgres."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import psycopg
from scheduler.postgres.tables import CHASSIS
from scheduler.postgres.transaction import SchedulerTransaction
from scheduler.ticker import Ticker
from shared.chassis.database import Database
from shared.testing.clocks import ManualClock
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError


class Killed(Exception):
    """The process ended here."""


class Death(StrEnum):
    RAISED = "an exception between two statements"
    CANCELLED = "the task is cancelled"
    TERMINATED = "Postgres loses its backend"


@dataclass
class PlannedDeath:
    """The point at which the replica dies, counted from 1: before and after each statement, and at the commit."""

    death: Death
    at_point: int


class Replica:
    """One process that ticks. It restarts after its death."""

    def __init__(self, url: str, clock: ManualClock, crons: dict[str, str]) -> None:
        self._url, self._clock, self._crons = url, clock, crons
        self._planned_death: PlannedDeath | None = None
        self._points = 0
        self.deaths = 0

    async def start(self) -> None:
        self._database = Database(self._url, CHASSIS, pool_size=1)
        for point in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(self._database.engine.sync_engine, point, self._pass)
        self._ticker = Ticker(self._transaction, self._clock, self._crons)
        await self._ticker.add_missing_schedules()

    async def tick(self, death: PlannedDeath | None = None) -> bool:
        """Tick once. Returns False when the replica died and was restarted."""
        self._planned_death, self._points = death, 0
        try:
            await asyncio.create_task(self._ticker.tick())
        # A connection that is cancelled while it sends many rows fails an assertion in psycopg.
        except (Killed, asyncio.CancelledError, AssertionError, DBAPIError):
            if death is None:
                raise
            await self._restart()
            return False
        self._planned_death = None
        return True

    async def _restart(self) -> None:
        self._planned_death = None
        self.deaths += 1
        await self.aclose()
        await self.start()

    async def aclose(self) -> None:
        await self._database.aclose()

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[SchedulerTransaction]:
        async with self._database.transactions(SchedulerTransaction)() as tx:
            yield tx
        self._pass(None)

    def _pass(self, connection: Any, *_rest: Any) -> None:
        self._points += 1
        if self._planned_death is None or self._points != self._planned_death.at_point:
            return
        if self._planned_death.death is Death.CANCELLED:
            task = asyncio.current_task()
            assert task is not None
            task.cancel()
        elif self._planned_death.death is Death.RAISED or connection is None:
            raise Killed
        else:
            backend = connection.connection.driver_connection.info.backend_pid
            with psycopg.connect(self._url, autocommit=True) as another:
                another.execute("select pg_terminate_backend(%s, 1000)", [backend])
