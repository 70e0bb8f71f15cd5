"""Runs all six services in one process and one event loop."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from provisioning.services import PARTS, Part
from shared.chassis import startup_failure
from shared.chassis.service import running
from shared.chassis.settings import ServiceSettings, SettingsProblem

from embedded.installation import Installation


class Services:
    """The services of an installation, each in its own task.

    They start and stop concurrently, and a value that one service binds to its log lines does not appear in those of
    another.
    """

    def __init__(self, installation: Installation, given: Mapping[str, str]) -> None:
        """`given` takes precedence over the environment."""
        self._installation = installation
        self._given = given
        self._running: dict[str, tuple[asyncio.Event, asyncio.Task[None]]] = {}

    @property
    def names(self) -> list[str]:
        """The names of the running services."""
        return list(self._running)

    async def start(self, part: Part) -> None:
        """Start a service and return when it is running. Raises the error with which it ended before that.

        A service with invalid settings prints and reports them and is not started.
        """
        settings = await self._settings(part)
        if settings is None:
            return
        up, stop = asyncio.Event(), asyncio.Event()
        task = asyncio.create_task(_run(part, settings, up, stop), name=part.name)
        self._running[part.name] = stop, task
        waiting = asyncio.create_task(up.wait())
        try:
            await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        if task.done():
            task.result()

    async def stop(self, part: Part) -> None:
        """Stop a service gracefully."""
        stop, task = self._running.pop(part.name)
        stop.set()
        await task

    async def stop_all(self) -> None:
        """Stop all running services concurrently."""
        for stop, _ in self._running.values():
            stop.set()
        await asyncio.gather(*(task for _, task in self._running.values()))

    async def _settings(self, part: Part) -> ServiceSettings | None:
        own = self._installation.environment(part)
        try:
            return part.settings.read({**self._given, **own})
        except SettingsProblem as problem:
            for line in problem.lines:
                sys.stderr.write(f"{part.name}: {line}\n")
            await asyncio.to_thread(startup_failure.report, own["NATS_URL"], part.name, problem.lines)
            return None


@asynccontextmanager
async def all_services(installation: Installation, given: Mapping[str, str]) -> AsyncIterator[Services]:
    """Run every service with valid settings. `given` takes precedence over the environment."""
    services = Services(installation, given)
    try:
        await asyncio.gather(*(services.start(part) for part in PARTS))
        yield services
    finally:
        await services.stop_all()


async def _run(part: Part, settings: ServiceSettings, up: asyncio.Event, stop: asyncio.Event) -> None:
    async with running(settings, part.spec, part.build):
        up.set()
        await stop.wait()
