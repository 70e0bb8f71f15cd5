"""All six services in one process and one loop."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from shared.chassis import last_words
from shared.chassis.service import running
from shared.chassis.settings import ServiceSettings, SettingsProblem

from embedded.installation import Installation
from embedded.services import PARTS, Part


@asynccontextmanager
async def all_services(installation: Installation, given: Mapping[str, str]) -> AsyncIterator[list[str]]:
    """Run every service whose settings are right; gives the names of those that run.

    `given` comes before the environment. A service with wrong settings says so and stays out, as it does on its own.
    Each service has a task of its own, so that they start and stop side by side and what one binds to its log lines
    stays with it.
    """
    stop = asyncio.Event()
    ready: list[asyncio.Task[bool]] = []
    tasks: list[asyncio.Task[None]] = []
    names = []
    for part in PARTS:
        settings = await _settings(installation, part, given)
        if settings is not None:
            names.append(part.name)
            up = asyncio.Event()
            tasks.append(asyncio.create_task(_run(part, settings, up, stop), name=part.name))
            ready.append(asyncio.create_task(up.wait()))
    try:
        await _all_up(ready, tasks)
        yield names
    finally:
        stop.set()
        for waiting in ready:
            waiting.cancel()
        await asyncio.gather(*tasks)


async def _run(part: Part, settings: ServiceSettings, up: asyncio.Event, stop: asyncio.Event) -> None:
    async with running(settings, part.nameplate, part.build):
        up.set()
        await stop.wait()


async def _all_up(ready: list[asyncio.Task[bool]], tasks: list[asyncio.Task[None]]) -> None:
    """Return when all are up. Raises what ended one of them before."""
    everybody = asyncio.gather(*ready)
    first: list[asyncio.Future[Any]] = [everybody, *tasks]
    await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        if task.done():
            everybody.cancel()
            task.result()
    await everybody


async def _settings(installation: Installation, part: Part, given: Mapping[str, str]) -> ServiceSettings | None:
    own = installation.environment(part)
    try:
        return part.settings.read({**given, **own})
    except SettingsProblem as problem:
        for line in problem.lines:
            sys.stderr.write(f"{part.name}: {line}\n")
        await asyncio.to_thread(last_words.leave, own["NATS_URL"], part.name, problem.lines)
        return None
