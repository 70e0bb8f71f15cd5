"""Gives memory back that was freed: glibc keeps it for itself, and a service would stay as large as it ever was."""

import asyncio
import ctypes

EVERY_SECONDS = 20.0


async def give_back_memory() -> None:
    """Give freed memory back to the system again and again; ends at once where the C library has no way to."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    while trim is not None:
        await asyncio.sleep(EVERY_SECONDS)
        trim(0)
