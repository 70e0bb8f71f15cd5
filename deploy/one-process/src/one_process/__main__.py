"""Runs all six services in this process until SIGTERM or SIGINT, with the keys of a compose installation.

The container of `docker-compose.small.yml` runs it. If a service fails, the process ends, so that the container is
restarted, as that of a single service would be.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from provisioning.services import PARTS, Part
from shared.chassis.process import STOP_SECONDS, log_settings, logged
from shared.chassis.settings import SettingsProblem

from one_process.services import Environment, all_services

KEYS = Path("/keys")
KEY_FILES = ("database_url", "nats_url", "secret_key", "api_key", "backup_database_url")
"""The files that a service may have in its folder, each with the value of the setting of its name."""
FIRST_PORT = 8081
"""The port of the first service for /health and /metrics; the next one has the next port. The gateway sets its own."""


def keys_of(folder: Path, given: Mapping[str, str]) -> Environment:
    """Reads the addresses and secrets of each service from its folder in `folder`. `given` takes precedence."""

    def environment(part: Part) -> dict[str, str]:
        files = {name.upper(): folder / part.name / name for name in KEY_FILES}
        own = {name: file.read_text().strip() for name, file in files.items() if not given.get(name) and file.exists()}
        if part.name != "gateway":
            own["HEALTH_PORT"] = str(FIRST_PORT + PARTS.index(part))
        return own

    return environment


async def run(environment: Environment) -> bool:
    """Run the services. Returns whether a signal stopped them. Raises the error of a service that fails."""
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    serving = asyncio.create_task(_serve(environment))
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if serving.done():
        serving.result()
        return False
    serving.cancel()
    # A service that still waits for Postgres or NATS does not stop by itself. It is cancelled when the loop ends.
    await asyncio.wait({serving}, timeout=STOP_SECONDS)
    return True


async def _serve(environment: Environment) -> None:
    async with all_services(environment, {}) as services:
        await services.until_one_ends()


def main() -> None:
    """Run everything. Exits with status 1 if a service fails, and if a setting of the log is malformed."""
    try:
        with logged(log_settings(os.environ), "services"):
            stopped = asyncio.run(run(keys_of(KEYS, os.environ)))
    except SettingsProblem as problem:
        sys.exit(str(problem))
    if not stopped:
        sys.exit("a service has ended without being stopped")


if __name__ == "__main__":
    main()
