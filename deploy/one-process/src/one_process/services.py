"""Runs all six services in one process and one event loop."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from provisioning.services import PARTS, Part
from shared.chassis import startup_failure
from shared.chassis.live_settings import LiveSettings
from shared.chassis.settings import ServiceSettings, SettingsProblem
from shared.chassis.settings_loop import serve

Environment = Callable[[Part], Mapping[str, str]]
"""The settings of one service that the installation provides: addresses and secrets."""


class Services:
    """The services of an installation, each in its own task.

    They start and stop concurrently, and a value that one service binds to its log lines does not appear in those of
    another.
    """

    def __init__(self, environment: Environment, given: Mapping[str, str]) -> None:
        """`given` takes precedence over the environment of the process, and `environment` over both."""
        self._environment = environment
        self._given = given
        self._running: dict[str, tuple[asyncio.Event, asyncio.Task[None]]] = {}
        self._live: dict[str, LiveSettings[ServiceSettings]] = {}

    @property
    def names(self) -> list[str]:
        """The names of the services that run or wait for settings."""
        return list(self._running)

    @property
    def waiting(self) -> dict[str, str]:
        """Which settings each service needs, or what is wrong with them, in words. Those that run are left out."""
        return {name: words for name, live in self._live.items() if (words := live.applied.words)}

    async def start(self, part: Part) -> None:
        """Start a service and return when it runs or waits for settings. Raises the error with which it ended before.

        A service whose settings of the environment are invalid prints and reports them and is not started.
        """
        own = self._environment(part)
        try:
            await self._run(part, own)
        except SettingsProblem as problem:
            for line in problem.lines:
                sys.stderr.write(f"{part.name}: {line}\n")
            await asyncio.to_thread(startup_failure.report, own["NATS_URL"], part.name, problem.lines)

    async def _run(self, part: Part, own: Mapping[str, str]) -> None:
        live: LiveSettings[ServiceSettings] = LiveSettings(
            part.settings,
            part.spec.tables,
            {**self._given, **own},
            starts_without_wrong_ones=part.spec.starts_without_wrong_ones,
        )
        self._live[part.name] = live
        up, stop = asyncio.Event(), asyncio.Event()
        run = serve(live, part.spec, part.build, stop=stop, started=up)
        task = asyncio.create_task(run, name=part.name)
        self._running[part.name] = stop, task
        waiting = asyncio.create_task(up.wait())
        try:
            await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        if task.done():
            del self._running[part.name], self._live[part.name]
            task.result()

    async def stop(self, part: Part) -> None:
        """Stop a service gracefully."""
        del self._live[part.name]
        stop, task = self._running.pop(part.name)
        stop.set()
        await task

    async def until_one_ends(self) -> None:
        """Return when a service has ended without being stopped. Raises the error with which it ended."""
        tasks = [task for _, task in self._running.values()]
        if not tasks:
            return
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()

    async def stop_all(self) -> None:
        """Stop all running services concurrently. Raises the error of one that failed, when the others have stopped."""
        for stop, _ in self._running.values():
            stop.set()
        ended = await asyncio.gather(*(task for _, task in self._running.values()), return_exceptions=True)
        for error in ended:
            if isinstance(error, BaseException):
                raise error


@asynccontextmanager
async def all_services(environment: Environment, given: Mapping[str, str]) -> AsyncIterator[Services]:
    """Run every service. `given` takes precedence over the environment of the process, and `environment` over both."""
    services = Services(environment, given)
    try:
        await asyncio.gather(*(services.start(part) for part in PARTS))
        yield services
    finally:
        await services.stop_all()
