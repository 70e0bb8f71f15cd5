"""All six services as processes of their own on one machine, each of which may be killed and started again.

It is how the end-to-end tests run Gapless, and how its memory is measured service by service.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from cli.api_client import Api
from demo.sandbox_process import sandbox_command
from embedded.installation import Installation
from embedded.process import LOOPBACK, CannotStart, end_with_parent, free_port, last_lines
from provisioning.services import PARTS, Part

UP_WITHIN_SECONDS = 60.0
STOP_WITHIN_SECONDS = 30.0
SANDBOX = "sandbox"


class Processes:
    """Postgres, NATS, a sandbox (where a world is given) and the six services, each a process."""

    def __init__(self, folder: Path, given: Mapping[str, str], *, world: Path | None = None) -> None:
        """`given` are settings of all services; those of the sandbox come after them."""
        self.installation = Installation(folder)
        self.port = free_port()
        self._folder = folder
        self._world = world
        self._given = dict(given)
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def api(self) -> Api:
        """A client of the gateway with the installation's key."""
        return Api(f"http://{LOOPBACK}:{self.port}", self.installation.api_key)

    @property
    def settings_file(self) -> Path:
        """Where the sandbox leaves the settings that point to it."""
        return self._folder / "sandbox.env"

    @property
    def sandbox_addresses(self) -> dict[str, str]:
        """Where each part of the sandbox listens, by its name."""
        addresses: dict[str, str] = json.loads((self._folder / SANDBOX / "addresses.json").read_text())
        return addresses

    def __enter__(self) -> Self:
        with ExitStack() as undo:
            undo.push(self)
            self.installation.__enter__()
            if self._world is not None:
                self.start(SANDBOX)
                self._wait_until(self.settings_file.exists, SANDBOX)
            for part in PARTS:
                self.start(part.name)
            self._wait_until(self._gateway_is_well, "gateway")
            undo.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_WITHIN_SECONDS
        for process in self._running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()
        self.installation.__exit__(kind, error, trace)

    def names(self) -> list[str]:
        """Everything that `kill` and `restart` know."""
        return ["nats", "postgres", *(part.name for part in PARTS)]

    def kill(self, name: str) -> None:
        """End one of them with SIGKILL, as a crash would."""
        if name in ("nats", "postgres"):
            getattr(self.installation, name).kill()
            return
        process = self._running.pop(name)
        process.kill()
        process.wait()

    def restart(self, name: str) -> None:
        """Start one again that was killed."""
        if name in ("nats", "postgres"):
            getattr(self.installation, name).restart()
        else:
            self.start(name)

    def lose_broker_data(self) -> None:
        """Kill NATS, delete what it keeps, and start it again as a person would: with the installation step."""
        self.installation.nats.kill()
        self.installation.nats.lose_data()
        self.installation.nats.restart()
        self.installation.provision_broker()

    def start(self, name: str, settings: Mapping[str, str] | None = None) -> None:
        """Start a service, or one more replica of it when it runs already under another name.

        `settings` come before all others, for this start alone.
        """
        command, environment = self._launch(name)
        environment |= settings or {}
        log = self.log(name)
        log.touch(mode=0o600)
        with log.open("ab") as lines:
            self._running[name] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=lines,
                stderr=lines,
                cwd=self._folder,
                env=environment,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 - two system calls, no lock is taken
            )

    def ended(self, name: str, within_seconds: float) -> int:
        """The status that a service ends with by itself. Raises `subprocess.TimeoutExpired` when it goes on running."""
        return self._running[name].wait(within_seconds)

    def log(self, name: str) -> Path:
        """Everything that one of them printed."""
        return self._folder / f"{name}.log"

    def pid(self, name: str) -> int:
        """The number of one process."""
        if name in ("nats", "postgres"):
            return int(getattr(self.installation, name).pid)
        return self._running[name].pid

    def _launch(self, name: str) -> tuple[list[str], dict[str, str]]:
        own = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(self._folder), "PYTHONUNBUFFERED": "1"}
        if name == SANDBOX:
            return sandbox_command(Path(str(self._world)), self._folder / SANDBOX, self.settings_file), own
        part = _part(name)
        own |= {"LOG_LEVEL": "INFO", "GAPLESS_SETTINGS_FILE": str(self.settings_file), **self._given}
        own |= self.installation.environment(part)
        if part.name == "gateway":
            own |= {"HEALTH_HOST": LOOPBACK, "HEALTH_PORT": str(self.port)}
        return [sys.executable, "-m", part.role], own

    def _gateway_is_well(self) -> bool:
        try:
            return httpx.get(f"http://{LOOPBACK}:{self.port}/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def _wait_until(self, condition: Callable[[], bool], name: str) -> None:
        deadline = time.monotonic() + UP_WITHIN_SECONDS
        while not condition():
            ended = self._running[name].poll()
            if ended is not None or time.monotonic() > deadline:
                state = "does not answer" if ended is None else f"ended with {ended}"
                raise CannotStart(f"{name} {state}. The end of {self.log(name)}:\n{last_lines(self.log(name), 20)}")
            time.sleep(0.05)


def _part(name: str) -> Part:
    for part in PARTS:
        if part.name == name.partition("#")[0]:
            return part
    raise KeyError(f"no service is called {name!r}; there are: {', '.join(part.name for part in PARTS)}")
