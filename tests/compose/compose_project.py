"""A compose installation with its own project name, which is removed at the end."""

import json
import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from embedded.process import free_port

CHECKOUT = Path(__file__).parents[2]
PROJECT = "gapless-check"
HEALTHY_WITHIN_SECONDS = 240.0
KILL_ALL = "import os; os.kill(-1, 9)"
"""Kills all processes in the container except the first, which then ends too, so that the container is restarted."""
TRAFFIC = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:18081/_sandbox/traffic').read().decode())"
RECEIVED = "faststream_received_messages_total{"
METRICS = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:8081/metrics').read().decode())"
ADDED = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:18080/_sandbox/requests').read().decode())"


class ComposeProject:
    """`docker compose` with the profile of the sandbox. The .env file of the checkout is ignored."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.api_key = ""
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "DOCKER_HOST") if name in os.environ}
        self._environment = {**environment, "GAPLESS_PORT": str(self.port)}

    def __enter__(self) -> Self:
        self.down()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()

    def build(self) -> None:
        """Build the images from the checkout. Raises `RuntimeError` if Docker fails, as every method does."""
        self._compose("build", "--quiet")

    def up(self, *, scale: Mapping[str, int]) -> None:
        """Start everything and wait until every container is healthy."""
        scales = [word for name, count in scale.items() for word in ("--scale", f"{name}={count}")]
        self._compose("up", "--detach", *scales)
        self.wait_until_healthy()
        self.api_key = self._compose("exec", "-T", "gateway", "cat", "/keys/api_key").strip()

    def down(self) -> None:
        """Stop and remove everything, including the volumes."""
        self._compose("down", "--volumes", "--remove-orphans", "--timeout", "5")

    def wait_until_healthy(self) -> None:
        """Wait until every container is running and healthy. Raises `TimeoutError` that names the others."""
        deadline = time.monotonic() + HEALTHY_WITHIN_SECONDS
        while unhealthy := [each["Name"] for each in self._containers() if not _is_healthy(each)]:
            if time.monotonic() > deadline:
                raise TimeoutError(f"not healthy after {HEALTHY_WITHIN_SECONDS:.0f} s: {', '.join(unhealthy)}")
            time.sleep(0.5)

    def crash(self, service: str) -> None:
        """Kill the first container of a service with SIGKILL, and let it restart."""
        container = f"{PROJECT}-{service}-1"
        if service in ("nats", "postgres"):
            self._docker("kill", "--signal", "KILL", container)
            self._docker("start", container)
        else:
            self._docker("exec", container, "python", "-c", KILL_ALL, may_fail=True)

    def torrents(self) -> int:
        """The number of torrents that were added to the client of the sandbox."""
        requests = json.loads(self._in("sandbox", 1, ADDED))
        return sum(1 for each in requests if each["path"].endswith("/torrents/add") and each["status"] == 200)

    def mam_requests_at_once(self) -> int:
        """The maximum number of requests that the stand-in of MyAnonamouse had in progress at the same time."""
        return int(json.loads(self._in("sandbox", 1, TRAFFIC))["greatest_in_flight"])

    def messages_by_replica(self, service: str) -> list[int]:
        """The number of messages that each replica of a service received since it started."""
        return [self._messages(service, int(each["Name"].rpartition("-")[2])) for each in self._containers(service)]

    def _messages(self, service: str, number: int) -> int:
        lines = self._in(service, number, METRICS).splitlines()
        return sum(int(float(line.split()[-1])) for line in lines if line.startswith(RECEIVED))

    def _in(self, service: str, number: int, program: str) -> str:
        return self._docker("exec", f"{PROJECT}-{service}-{number}", "python", "-c", program)

    def _containers(self, *services: str) -> list[dict[str, str]]:
        lines = self._compose("ps", "--all", "--format", "json", *services).splitlines()
        return [json.loads(line) for line in lines if line]

    def _compose(self, *words: str) -> str:
        project = ["--project-name", PROJECT, "--env-file", os.devnull, "--profile", "sandbox"]
        return self._docker("compose", *project, *words)

    def _docker(self, *words: str, may_fail: bool = False) -> str:
        finished = subprocess.run(
            ["docker", *words],
            cwd=CHECKOUT,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode and not may_fail:
            raise RuntimeError(f"docker {' '.join(words)}: {finished.stderr.strip()[-2000:]}")
        return finished.stdout


def _is_healthy(container: Mapping[str, str]) -> bool:
    """Whether a container is healthy. A step that runs once is healthy when it has succeeded."""
    if container["Service"] in ("keys", "prepare"):
        return container["State"] == "exited" and str(container["ExitCode"]) == "0"
    return container["State"] == "running" and container["Health"] in ("", "healthy")
