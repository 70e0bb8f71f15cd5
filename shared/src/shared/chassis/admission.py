"""Limits how many requests a service handles concurrently and how many may queue; any more are refused immediately.

Without limits, callers that are faster than the service would fill its memory, and every request would time out.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator

from shared.chassis.errors import Busy

MAX_CONCURRENT = 10
"""Requests of one subject that are handled concurrently: as many as the pool has connections to Postgres."""
MAX_QUEUED = 200
"""Requests of all subjects that may queue."""


class Admission:
    """The queue of one service's requests.

    Each subject has its own limit, so that a slow kind of request does not block the others.
    """

    def __init__(self, service: str, *, max_concurrent: int = MAX_CONCURRENT, max_queued: int = MAX_QUEUED) -> None:
        self._service = service
        self._max_queued = max_queued
        self._queued = 0
        self._slots: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(max_concurrent))

    @contextlib.asynccontextmanager
    async def admitted(self, subject: str, wait_seconds: float) -> AsyncIterator[None]:
        """Hold a slot for one request of this subject, after waiting at most `wait_seconds` for it.

        Raises `Busy` immediately when the queue is full, and when no slot becomes free in time.
        """
        slots = self._slots[subject]
        if slots.locked():
            if self._queued >= self._max_queued:
                raise Busy(self._service, f"{self._service} is busy: {self._queued} requests are queued already")
            self._queued += 1
            try:
                async with asyncio.timeout(wait_seconds):
                    await slots.acquire()
            except TimeoutError as error:
                raise Busy(self._service, f"{self._service} is busy: the request was not handled in time") from error
            finally:
                self._queued -= 1
        else:
            await slots.acquire()  # does not wait
        try:
            yield
        finally:
            slots.release()
