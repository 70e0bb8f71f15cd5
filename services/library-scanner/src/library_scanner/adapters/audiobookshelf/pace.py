"""Spaces requests, so that a long run leaves the server time for its users."""

import asyncio


class Pace:
    """Lets a request begin at least `seconds` after the one before."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waiting = asyncio.Lock()
        self._next = 0.0

    async def wait(self) -> None:
        """Wait until the next request may begin. Those who wait are served in order."""
        async with self._waiting:
            await self.passed()
            self._next = asyncio.get_running_loop().time() + self._seconds

    async def passed(self) -> None:
        """Wait until the time of the request before has passed, without taking the turn of the next one."""
        left = self._next - asyncio.get_running_loop().time()
        if left > 0:
            await asyncio.sleep(left)
