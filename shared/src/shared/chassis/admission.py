"""How many requests a service works on at once and how many may wait; the rest is refused at once.

Without a bound, callers that ask faster than a service answers fill its memory, and everybody waits past the time-out.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator

from shared.chassis.errors import Busy

AT_ONCE = 10
"""Requests of one subject at once: as many as the pool keeps connections to Postgres."""
WAITING = 200
"""Requests of all subjects that may wait for their turn."""


class Admission:
    """The waiting room of one service's requests.

    Each subject has its own turn, so that a slow kind of request does not hold up the others.
    """

    def __init__(self, service: str, *, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._service = service
        self._waiting_at_most = waiting
        self._waiting = 0
        self._turns: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(at_once))

    @contextlib.asynccontextmanager
    async def admitted(self, subject: str, wait_seconds: float) -> AsyncIterator[None]:
        """Wait for a turn, for so many seconds at most.

        Raises `Busy`, at once when too many wait already, and when no turn comes in time.
        """
        turns = self._turns[subject]
        if turns.locked():
            if self._waiting >= self._waiting_at_most:
                raise Busy(self._service, f"{self._waiting} requests wait for {self._service} already")
            self._waiting += 1
            try:
                async with asyncio.timeout(wait_seconds):
                    await turns.acquire()
            except TimeoutError as error:
                raise Busy(self._service, f"{self._service} has too much to do: no turn came in time") from error
            finally:
                self._waiting -= 1
        else:
            await turns.acquire()  # does not wait
        try:
            yield
        finally:
            turns.release()
