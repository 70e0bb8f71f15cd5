"""`gapless up`: everything on one machine, without containers, until told to stop."""

import asyncio
import logging as standard_logging
import os
import signal
import sys
from collections.abc import Mapping

from dotenv import dotenv_values
from shared.chassis import logging

from embedded.folder import FolderInUse, default_data_folder
from embedded.installation import Installation
from embedded.one_process import all_services
from embedded.process import LOOPBACK, CannotStart


def up() -> None:
    """Run Postgres, NATS and all services on this machine, set up from the environment and `.env`."""
    environment = {**{k: v for k, v in dotenv_values(".env").items() if v is not None}, **os.environ}
    logging.configure(environment.get("LOG_LEVEL", "INFO"), environment.get("LOG_FORMAT", "console"))
    host, port = environment.get("HEALTH_HOST") or LOOPBACK, environment.get("HEALTH_PORT") or "8080"
    try:
        with stopping_at_signals() as told, _installation(environment) as installation:
            asyncio.run(_serve(installation, told, host, port))
    except (FolderInUse, CannotStart, OSError) as error:
        sys.exit(f"up: {error}")


def _installation(environment: Mapping[str, str]) -> Installation:
    return Installation(default_data_folder(environment), environment.get("API_KEY") or None)


def words_of_key(installation: Installation) -> str:
    """The key itself is shown once, when it is made: what a terminal or a journal keeps is read by others too."""
    if installation.given_key:
        return "API key: the one of the setting API_KEY"
    if installation.is_new:
        return f"API key, shown only now: {installation.api_key}"
    return f"API key: in {installation.folder / 'secrets.json'}, where `gapless` finds it by itself"


async def _serve(installation: Installation, told: "Told", host: str, port: str) -> None:
    async with all_services(installation, {}) as services:
        sys.stdout.write(f"{len(services.names)} services run.\n")
        if "gateway" in services.names:
            sys.stdout.write(f"REST API: http://{host}:{port}/docs\n{words_of_key(installation)}\n")
        sys.stdout.flush()
        await told.wait()


class Told:
    """Whether the process was told to stop, for code inside and outside the loop."""

    def __init__(self) -> None:
        self.stop = False
        self._old = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}

    def __enter__(self) -> "Told":
        for each in self._old:
            signal.signal(each, self._hear)
        return self

    def __exit__(self, *_exception: object) -> None:
        for each, old in self._old.items():
            signal.signal(each, old)

    def _hear(self, _number: int, _frame: object) -> None:
        if self.stop:
            standard_logging.getLogger(__name__).warning("told to stop again; the services are still stopping")
        self.stop = True

    async def wait(self) -> None:
        """Return when told to stop."""
        while not self.stop:  # noqa: ASYNC110 - a signal handler outside the loop sets it
            await asyncio.sleep(0.5)


def stopping_at_signals() -> Told:
    """Within this context SIGTERM and SIGINT ask to stop instead of ending the process."""
    return Told()
