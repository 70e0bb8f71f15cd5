"""A lock of one process whose waiting tasks are admitted by priority, and in order of arrival within a priority."""

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum
from itertools import count


class Priority(IntEnum):
    """Who waits for the result. A lower number goes first."""

    PERSON = 0
    SCHEDULE = 1


class PriorityLock:
    """Held by one task at a time."""

    def __init__(self) -> None:
        self._held = False
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._numbers = count()

    @asynccontextmanager
    async def held(self, priority: Priority, wait_seconds: float) -> AsyncIterator[None]:
        """Hold the lock until the block ends. Raises `TimeoutError` if it is not free within the waiting time."""
        if self._held:
            await self._wait(priority, wait_seconds)
        self._held = True
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, priority: Priority, wait_seconds: float) -> None:
        admitted = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (priority, next(self._numbers), admitted))
        try:
            async with asyncio.timeout(wait_seconds):
                await admitted
        except BaseException:
            if admitted.done() and not admitted.cancelled():
                self._pass_on()  # admitted and cancelled at the same moment
            raise

    def _pass_on(self) -> None:
        """Admit the next task. The lock stays held, so that no other task can acquire it first."""
        while self._waiting:
            _, _, admitted = heapq.heappop(self._waiting)
            if not admitted.done():
                return admitted.set_result(None)
        self._held = False
