"""A compose installation with its own project name, which is removed at the end."""

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from embedded.process import free_port, port_is_free

CHECKOUT = Path(__file__).parents[2]
PROJECT = "gapless-check"
HEALTHY_WITHIN_SECONDS = 600.0
KILL_ALL = "import os; os.kill(-1, 9)"
"""Kills all processes in the container except the first, which then ends too, so that the container is restarted."""
TRAFFIC = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:18081/_sandbox/traffic').read().decode())"
RECEIVED = "faststream_received_messages_total{"
METRICS = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:{port}/metrics').read().decode())"
ADDED = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:18080/_sandbox/requests').read().decode())"
IN_MIB = {"B": 2**-20, "KiB": 2**-10, "MiB": 1.0, "GiB": 2**10}


@dataclass(frozen=True)
class Form:
    """One of the compose files, the service that publishes the API, and the file of the API key in its container."""

    file: str
    gateway: str
    api_key: str


SIX = Form("docker-compose.yml", "gateway", "/keys/api_key")
SMALL = Form("docker-compose.small.yml", "gapless", "/keys/gateway/api_key")


@dataclass(frozen=True)
class Usage:
    """What a container uses: memory in MiB without the cache of files, and its share of one core in percent."""

    memory_mib: float
    cpu_percent: float


class ComposeProject:
    """`docker compose` with the profile of the sandbox, and others. The .env file of the checkout is ignored."""

    def __init__(self, form: Form = SIX, *, profiles: Sequence[str] = (), settings: Mapping[str, str] | None = None):
        """Raises `OSError` if no two ports in a row are free, one for each replica of the gateway."""
        self.form = form
        self.port = _two_free_ports()
        self.url = f"http://127.0.0.1:{self.port}"
        self.api_key = ""
        self._profiles = ["sandbox", *profiles]
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "DOCKER_HOST") if name in os.environ}
        self._environment = {**environment, "GAPLESS_PORT": str(self.port), **(settings or {})}

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

    def up(self, *services: str, scale: Mapping[str, int] | None = None) -> None:
        """Start everything, or only these services and what they need, and wait until every container is healthy."""
        counts = scale or {}
        if counts.get("gateway", 1) > 1:
            self._environment["GAPLESS_PORT"] = f"{self.port}-{self.port + 1}"
        scales = [word for name, count in counts.items() for word in ("--scale", f"{name}={count}")]
        self._compose("up", "--detach", *scales, *services)
        self.wait_until_healthy()
        self.api_key = self._compose("exec", "-T", self.form.gateway, "cat", self.form.api_key).strip()

    def change_to(self, form: Form) -> None:
        """Remove the containers of this form, and start the other one on the same volumes.

        The sandbox keeps running: it is the world outside, and has its state in memory.
        """
        ours = sorted({each["Service"] for each in self._containers()} - {"sandbox"})
        self._compose("rm", "--stop", "--force", *ours)
        self.form = form
        self._compose("up", "--detach", "--no-recreate")
        self.wait_until_healthy()
        self.api_key = self._compose("exec", "-T", form.gateway, "cat", form.api_key).strip()

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

    def has_image(self, image: str) -> bool:
        """Whether an image is here, or can be pulled."""
        return any(self._succeeds(*words, image) for words in (("image", "inspect"), ("pull", "--quiet")))

    def usage(self, samples: int) -> dict[str, Usage]:
        """What each container but the sandbox uses, by service: the mean of some samples, about two seconds apart."""
        names = {each["Name"]: each["Service"] for each in self._containers() if each["State"] == "running"}
        found: dict[str, list[Usage]] = {}
        for _ in range(samples):
            lines = self._docker("stats", "--no-stream", "--format", "json", *names).splitlines()
            for each in map(json.loads, lines):
                used = Usage(_mib(each["MemUsage"].partition(" /")[0]), float(each["CPUPerc"].rstrip("%")))
                found.setdefault(names[each["Name"]], []).append(used)
        return {
            name: Usage(_mean(used, lambda each: each.memory_mib), _mean(used, lambda each: each.cpu_percent))
            for name, used in found.items()
            if name != "sandbox"
        }

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
        port = 8080 if service == "gateway" else 8081
        lines = self._in(service, number, METRICS.format(port=port)).splitlines()
        return sum(int(float(line.split()[-1])) for line in lines if line.startswith(RECEIVED))

    def _in(self, service: str, number: int, program: str) -> str:
        return self._docker("exec", f"{PROJECT}-{service}-{number}", "python", "-c", program)

    def _containers(self, *services: str) -> list[dict[str, str]]:
        lines = self._compose("ps", "--all", "--format", "json", *services).splitlines()
        return [json.loads(line) for line in lines if line]

    def _compose(self, *words: str) -> str:
        profiles = [word for profile in self._profiles for word in ("--profile", profile)]
        project = ["--project-name", PROJECT, "--env-file", os.devnull, "--file", self.form.file]
        return self._docker("compose", *project, *profiles, *words)

    def _docker(self, *words: str, may_fail: bool = False) -> str:
        finished = self._run(words)
        if finished.returncode and not may_fail:
            raise RuntimeError(f"docker {' '.join(words)}: {finished.stderr.strip()[-2000:]}")
        return finished.stdout

    def _succeeds(self, *words: str) -> bool:
        return self._run(words).returncode == 0

    def _run(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["docker", *words], cwd=CHECKOUT, env=self._environment, capture_output=True, text=True, check=False
        )


def _two_free_ports() -> int:
    for _ in range(100):
        port = free_port()
        if port_is_free(port + 1):
            return port
    raise OSError("there are no two free ports in a row")


def _mib(text: str) -> float:
    number, unit = re.fullmatch(r"([0-9.]+)([A-Za-z]+)", text.strip()).groups()  # type: ignore[union-attr]
    return float(number) * IN_MIB[unit]


def _mean(usages: Sequence[Usage], of: Callable[[Usage], float]) -> float:
    return sum(map(of, usages)) / len(usages)


def _is_healthy(container: Mapping[str, str]) -> bool:
    """Whether a container is healthy. A step that runs once is healthy when it has succeeded."""
    if container["Service"] in ("keys", "prepare"):
        return container["State"] == "exited" and str(container["ExitCode"]) == "0"
    return container["State"] == "running" and container["Health"] in ("", "healthy")
