"""All six services in one process and one loop."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from shared.chassis import last_words
from shared.chassis.service import running
from shared.chassis.settings import ServiceSettings, SettingsProblem

from embedded.installation import Installation
from embedded.services import PARTS, Part


@asynccontextmanager
async def all_services(installation: Installation, given: Mapping[str, str]) -> AsyncIterator[list[str]]:
    """Run every service whose settings are right; gives the names of those that run.

    `given` comes before the environment. A service with wrong settings says so and stays out, as it does on its own.
    """
    runnable = [
        (part, settings) for part in PARTS if (settings := await _settings(installation, part, given)) is not None
    ]
    async with AsyncExitStack() as stack:
        # Each context runs in a task of its own, so that what it binds to its logs stays with it.
        for part, settings in runnable:
            await stack.enter_async_context(running(settings, part.nameplate, part.build))
        yield [part.name for part, _ in runnable]


async def _settings(installation: Installation, part: Part, given: Mapping[str, str]) -> ServiceSettings | None:
    own = installation.environment(part)
    try:
        return part.settings.read({**given, **own})
    except SettingsProblem as problem:
        for line in problem.lines:
            sys.stderr.write(f"{part.name}: {line}\n")
        await asyncio.to_thread(last_words.leave, own["NATS_URL"], part.name, problem.lines)
        return None
