"""`gapless up`: run everything on one machine without containers, until SIGTERM or SIGINT.

The services take the place of the command line in the process, so that they run without its libraries.
"""

import asyncio
import logging as standard_logging
import os
import signal
import sys
from collections.abc import Mapping

from dotenv import dotenv_values
from one_process.services import all_services
from shared.chassis.process import log_settings, logged
from shared.chassis.settings import SettingsProblem

from embedded.folder import FolderInUse, default_data_folder
from embedded.installation import Installation
from embedded.process import LOOPBACK, CannotStart


def up() -> None:
    """Run Postgres, NATS and all services on this machine, configured by the environment and `.env`."""
    os.execv(sys.executable, [sys.executable, "-m", "embedded.up"])  # noqa: S606 - our own module


def main() -> None:
    """Run everything in this process. Exits with a message if the installation cannot start."""
    environment = {**{k: v for k, v in dotenv_values(".env").items() if v is not None}, **os.environ}
    host, port = environment.get("HEALTH_HOST") or LOOPBACK, environment.get("HEALTH_PORT") or "8080"
    try:
        with (
            logged(log_settings({"LOG_FORMAT": "console", **environment}), "services"),
            StopRequest() as stop_request,
            _installation(environment) as installation,
        ):
            asyncio.run(_serve(installation, stop_request, host, port))
    except (FolderInUse, CannotStart, OSError, SettingsProblem) as error:
        sys.exit(f"up: {error}")


def _installation(environment: Mapping[str, str]) -> Installation:
    return Installation(default_data_folder(environment), environment.get("API_KEY") or None)


def key_message(installation: Installation) -> str:
    """What to print about the API key. The key itself is shown only once: others may read the log."""
    if installation.given_key:
        return "API key: the value of the setting API_KEY"
    if installation.is_new:
        return f"API key, shown only now: {installation.api_key}"
    return f"API key: in {installation.folder / 'secrets.json'}, where `gapless` finds it"


async def _serve(installation: Installation, stop_request: "StopRequest", host: str, port: str) -> None:
    async with all_services(installation.environment, {}) as services:
        waiting = services.waiting
        sys.stdout.write(f"{len(services.names) - len(waiting)} services run.\n")
        for name, words in waiting.items():
            sys.stdout.write(f"{name} {words}\n")
        if "gateway" in services.names:
            sys.stdout.write(f"In a browser: http://{host}:{port}\n")
            sys.stdout.write(f"REST API: http://{host}:{port}/docs\n{key_message(installation)}\n")
        sys.stdout.flush()
        await stop_request.wait()


class StopRequest:
    """Within this context SIGTERM and SIGINT set `stop` instead of ending the process."""

    def __init__(self) -> None:
        self.stop = False
        self._old = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}

    def __enter__(self) -> "StopRequest":
        for each in self._old:
            signal.signal(each, self._request_stop)
        return self

    def __exit__(self, *_exception: object) -> None:
        for each, old in self._old.items():
            signal.signal(each, old)

    def _request_stop(self, _number: int, _frame: object) -> None:
        if self.stop:
            standard_logging.getLogger(__name__).warning("stop requested again; the services are still stopping")
        self.stop = True

    async def wait(self) -> None:
        """Return when a stop is requested."""
        while not self.stop:  # noqa: ASYNC110 - a signal handler outside the loop sets it
            await asyncio.sleep(0.5)


if __name__ == "__main__":
    main()
