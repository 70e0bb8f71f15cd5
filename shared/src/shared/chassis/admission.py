"""Limits how many requests a service handles at once and how many may queue; any more are refused immediately.

Without limits, callers that are faster than the service would fill its memory, and every request would time out.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator

from shared.chassis.errors import Busy

AT_ONCE = 10
"""Requests of one subject that are handled at once: as many as the pool has connections to Postgres."""
WAITING = 200
"""Requests of all subjects that may queue."""


class Admission:
    """The queue of one service's requests.

    Each subject has its own limit, so that a slow kind of request does not block the others.
    """

    def __init__(self, service: str, *, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._service = service
        self._waiting_at_most = waiting
        self._waiting = 0
        self._slots: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(at_once))

    @contextlib.asynccontextmanager
    async def admitted(self, subject: str, wait_seconds: float) -> AsyncIterator[None]:
        """Hold a slot for one request of this subject, after waiting at most `wait_seconds` for it.

        Raises `Busy` immediately when the queue is full, and when no slot becomes free in time.
        """
        slots = self._slots[subject]
        if slots.locked():
            if self._waiting >= self._waiting_at_most:
                raise Busy(self._service, f"{self._service} is busy: {self._waiting} requests are queued already")
            self._waiting += 1
            try:
                async with asyncio.timeout(wait_seconds):
                    await slots.acquire()
            except TimeoutError as error:
                raise Busy(self._service, f"{self._service} is busy: the request was not handled in time") from error
            finally:
                self._waiting -= 1
        else:
            await slots.acquire()  # does not wait
        try:
            yield
        finally:
            slots.release()
