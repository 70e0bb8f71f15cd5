"""Returns freed memory to the system. glibc keeps it, so that a service would never shrink."""

import asyncio
import ctypes

EVERY_SECONDS = 20.0


async def return_freed_memory() -> None:
    """Return freed memory to the system every `EVERY_SECONDS`. Returns at once if the C library cannot."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    while trim is not None:
        await asyncio.sleep(EVERY_SECONDS)
        trim(0)
