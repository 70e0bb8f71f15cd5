"""Runs all six services on one machine, each as a process that can be killed and restarted.

The end-to-end tests use it, and the benchmark that measures the memory of each service.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from cli.connection import RETRY_SECONDS
from demo.sandbox_process import sandbox_command
from embedded.installation import Installation
from embedded.process import LOOPBACK, CannotStart, end_with_parent, free_port, last_lines
from embedded.server import Server
from gapless_client import Gapless
from provisioning.services import PARTS, Part
from shared.chassis.migrations import upgrade

from harness.forking import Fork
from harness.migrated_cluster import copy_migrated_cluster

UP_WITHIN_SECONDS = 240.0
STOP_WITHIN_SECONDS = 120.0
SANDBOX = "sandbox"


class Processes:
    """Postgres, NATS, the sandbox (if a world is given) and the six services, each as a process."""

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str],
        *,
        world: Path | None = None,
        preloaded: bool = False,
        replicas: int = 1,
        installation: Installation | None = None,
    ) -> None:
        """`settings` apply to all services and take precedence over those of the sandbox.

        There are so many `replicas` of each service. `installation` replaces the one with a single NATS server.

        Each process is started from its command. With `preloaded`, it is a fork of one that has imported the same
        modules, and the database is a copy of a migrated one. This saves many seconds of processor time.
        """
        self.installation = installation or Installation(folder)
        self.port = free_port()
        self._replicas = replicas
        self._other_ports: dict[str, int] = {}
        self._folder = folder
        self._world = world
        self._settings = dict(settings)
        self._preloaded = preloaded
        self._running: dict[str, subprocess.Popen[bytes] | Fork] = {}

    @property
    def api(self) -> Gapless:
        """A new client of the gateway, with the API key of the installation. The caller closes it."""
        return Gapless(f"http://{LOOPBACK}:{self.port}", self.installation.api_key, retry_seconds=RETRY_SECONDS)

    @property
    def folder(self) -> Path:
        """The folder of everything that the installation writes."""
        return self._folder

    @property
    def sandbox_folder(self) -> Path:
        """The folder of the sandbox."""
        return self._folder / SANDBOX

    @property
    def settings_file(self) -> Path:
        """The file to which the sandbox writes the settings that point to it."""
        return self._folder / "sandbox.env"

    @property
    def sandbox_addresses(self) -> dict[str, str]:
        """The address of each stand-in of the sandbox, by its name."""
        addresses: dict[str, str] = json.loads((self._folder / SANDBOX / "addresses.json").read_text())
        return addresses

    def __enter__(self) -> Self:
        with ExitStack() as undo:
            undo.push(self)
            is_migrated = self._preloaded and copy_migrated_cluster(self.installation.postgres.folder)
            self.installation.__enter__()
            (self._folder / "tmp").mkdir(exist_ok=True)
            if self._preloaded and not is_migrated:
                self._migrate()
            if self._world is not None:
                self.start(SANDBOX)
                self._wait_until(self.settings_file.exists, SANDBOX)
            for name in self.replica_names():
                self.start(name)
            # One client for all polls: a new one reads the trusted certificates, which takes as long as a pause.
            with httpx.Client(base_url=f"http://{LOOPBACK}:{self.port}", timeout=2) as client:
                self._wait_until(lambda: _is_healthy(client), "gateway")
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

    def replica_names(self) -> list[str]:
        """The names of all processes of the services: `downloader`, `downloader#2`."""
        return [
            part.name if number == 1 else f"{part.name}#{number}"
            for part in PARTS
            for number in range(1, self._replicas + 1)
        ]

    def names(self) -> list[str]:
        """The names that `kill` and `restart` accept."""
        return [*self._servers, *self.replica_names()]

    def kill(self, name: str) -> None:
        """Kill one of them with SIGKILL, as a crash would."""
        if name in self._servers:
            self._servers[name].kill()
            return
        process = self._running.pop(name)
        process.kill()
        process.wait()

    def stop(self, name: str) -> None:
        """Stop one of them gracefully, and kill it if that takes longer than a container has."""
        if name in self._servers:
            self._servers[name].stop()
            return
        process = self._running.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def restart(self, name: str) -> None:
        """Restart one that was killed or stopped."""
        if name in self._servers:
            self._servers[name].restart()
        else:
            self.start(name)

    @property
    def _servers(self) -> dict[str, Server]:
        return {**self.installation.nats_servers, "postgres": self.installation.postgres}

    def lose_broker_data(self) -> None:
        """Kill NATS, delete its data, and restart it with the installation step, as a person would."""
        self.installation.nats.kill()
        self.installation.nats.lose_data()
        self.installation.nats.restart()
        self.installation.provision_broker()

    def start(self, name: str, settings: Mapping[str, str] | None = None) -> None:
        """Start the sandbox, a service, or one more replica of it (`downloader#2`).

        `settings` take precedence over all others, for this start only. Raises KeyError for an unknown service.
        """
        command, environment = self._launch(name)
        environment |= settings or {}
        start = Fork if self._preloaded else start_program
        self._running[name] = start(command, environment=environment, folder=self._folder, log=self.log(name))

    def wait_for_exit(self, name: str, timeout_seconds: float) -> int:
        """Wait until a service ends by itself, and return its exit status.

        Raises `subprocess.TimeoutExpired` if it is still running after `timeout_seconds`.
        """
        return self._running[name].wait(timeout_seconds)

    def log(self, name: str) -> Path:
        """The file with the output of one of them."""
        return self._folder / f"{name}.log"

    def pid(self, name: str) -> int:
        """The process id of one of them."""
        return self._servers[name].pid if name in self._servers else self._running[name].pid

    def address(self, gateway: str) -> str:
        """The address of a replica of the gateway."""
        return f"http://{LOOPBACK}:{self._port_of(gateway)}"

    def _launch(self, name: str) -> tuple[list[str], dict[str, str]]:
        own = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(self._folder), "PYTHONUNBUFFERED": "1"}
        own["TMPDIR"] = str(self._folder / "tmp")
        if name == SANDBOX:
            return sandbox_command(Path(str(self._world)), self._folder / SANDBOX, self.settings_file), own
        part = _part(name)
        own |= {"LOG_LEVEL": "INFO", "GAPLESS_SETTINGS_FILE": str(self.settings_file), **self._settings}
        own |= self.installation.environment(part)
        if part.name == "gateway":
            own |= {"HEALTH_HOST": LOOPBACK, "HEALTH_PORT": str(self._port_of(name))}
        return [sys.executable, "-m", part.role], own

    def _port_of(self, gateway: str) -> int:
        if gateway == "gateway":
            return self.port
        return self._other_ports.setdefault(gateway, free_port())

    def _migrate(self) -> None:
        """Migrate all schemas of an older database here, because each service does so in one more process."""
        for part in PARTS:
            upgrade(part.spec.migrations, self.installation.environment(part)["DATABASE_URL"])

    def _wait_until(self, condition: Callable[[], bool], name: str) -> None:
        deadline = time.monotonic() + UP_WITHIN_SECONDS
        while not condition():
            status = self._running[name].poll()
            if status is not None or time.monotonic() > deadline:
                state = "does not answer" if status is None else f"ended with status {status}"
                raise CannotStart(f"{name} {state}. The end of {self.log(name)}:\n{last_lines(self.log(name), 20)}")
            time.sleep(0.05)


def start_program(
    command: Sequence[str], *, environment: Mapping[str, str], folder: Path, log: Path
) -> subprocess.Popen[bytes]:
    """Start a program in the folder, with only this environment. Its output is appended to `log`.

    It gets SIGTERM when this process ends.
    """
    log.touch(mode=0o600)
    with log.open("ab") as lines:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=lines,
            cwd=folder,
            env=environment,
            start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 - two system calls, no lock is taken
        )


def _is_healthy(gateway: httpx.Client) -> bool:
    try:
        return gateway.get("/health").status_code == 200
    except httpx.HTTPError:
        return False


def _part(name: str) -> Part:
    for part in PARTS:
        if part.name == name.partition("#")[0]:
            return part
    raise KeyError(f"there is no service {name!r}; the services are: {', '.join(part.name for part in PARTS)}")
