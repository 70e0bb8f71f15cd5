"""Serves an HTTP app in the process of a service."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import uvicorn

OPEN_RESPONSES_SECONDS = 8
"""Time for open HTTP responses when the service stops. Messages in progress then have more time."""
KEEP_ALIVE_SECONDS = 75
"""Longer than clients and proxies keep idle connections: if we closed one first, a request in transit would fail."""


@contextlib.asynccontextmanager
async def serving(app: Any, host: str, port: int) -> AsyncIterator[None]:
    """Serve an ASGI app within this context. Raises `OSError` when the port is not available."""
    # The app decides which proxies to trust; uvicorn would trust every local one.
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=OPEN_RESPONSES_SECONDS,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.02)
    if task.done():
        raise OSError(f"cannot serve on {host}:{port}: is the port in use?")
    try:
        yield
    finally:
        server.stop()
        await task


class _Server(uvicorn.Server):
    """A server that shares its process with others: it does not handle signals, and it ticks once a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        self.should_exit = True
        self._stopped.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield

    async def main_loop(self) -> None:
        """Tick once a second. The original does so ten times a second."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), 1.0)
