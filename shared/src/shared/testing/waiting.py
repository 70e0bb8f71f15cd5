"""Waiting for a condition, instead of sleeping for a fixed time."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable

POLL_SECONDS = 0.02


async def until(check: Callable[[], object | Awaitable[object]], *, seconds: float = 180.0) -> None:
    """Poll `check` until it returns a true value. Raises `AssertionError` after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        result = check()
        if inspect.isawaitable(result):
            result = await result
        if result:
            return
        assert time.monotonic() < deadline, f"the condition was not met within {seconds:g} s"
        await asyncio.sleep(POLL_SECONDS)
