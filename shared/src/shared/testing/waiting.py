"""Tests never sleep: they look again until something is so, or a deadline has passed."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable

LOOK_AGAIN_SECONDS = 0.02


async def until(check: Callable[[], object | Awaitable[object]], *, seconds: float = 15.0) -> None:
    """Return as soon as `check` gives something true. Raises `AssertionError` after the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        found = check()
        if inspect.isawaitable(found):
            found = await found
        if found:
            return
        assert time.monotonic() < deadline, f"not so after {seconds:g} s"
        await asyncio.sleep(LOOK_AGAIN_SECONDS)
