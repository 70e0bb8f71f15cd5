"""The checks of the compose files, by name. Each starts its own installation, and returns what is wrong."""

import json
import ssl
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from embedded.process import free_port
from provisioning.services import PARTS
from rich.console import Console
from sandbox.world import World

from tests.compose.compose_project import SMALL, ComposeProject
from tests.compose.cycles import cycle_with_kills

Check = Callable[[World, Console], list[str]]
REPLICAS = 3
SETTLED_SECONDS = 60.0
"""After a cycle the services return freed memory to the system within this time."""
SAMPLES = 20
SERVICES_MIB, ALL_MIB = 200.0, 350.0
"""The goals of the small form, idle: the container of the services, and everything."""


def killing(part: str) -> Check:
    """Kill a part of the six containers during a cycle."""

    def check(world: World, _console: Console) -> list[str]:
        with ComposeProject() as project:
            project.up(scale={"mam-search": REPLICAS})
            return cycle_with_kills(project, world, part, {"mam-search": REPLICAS - 1})

    return check


def small(world: World, console: Console) -> list[str]:
    """Measure the small form when it is idle, and kill its one container during a cycle."""
    with ComposeProject(SMALL) as project:
        project.up()
        used = _idle(project, console, "small form")
        found = cycle_with_kills(project, world, "gapless", {})
        _idle(project, console, "small form after two cycles")
    of_services, of_all = used["gapless"], sum(used.values())
    return found + [
        f"{words}: {value:.0f} MiB, not at most {limit:.0f}"
        for words, value, limit in (
            ("the services use", of_services, SERVICES_MIB),
            ("everything uses", of_all, ALL_MIB),
        )
        if value > limit
    ]


def profiles(_world: World, console: Console) -> list[str]:
    """Start the profiles, as far as their images can be had, and use what they add."""
    tls, prometheus, root = free_port(), free_port(), ssl.create_default_context()
    root.check_hostname, root.verify_mode = False, ssl.CERT_NONE
    settings = {"TLS_PORT": str(tls), "TLS_HTTP_PORT": str(free_port()), "PROMETHEUS_PORT": str(prometheus)}
    images = {"caddy": "caddy:2", "prometheus": "prom/prometheus:v3.5.0", "grafana": "grafana/grafana:12.2.0"}
    found = []
    with ComposeProject(profiles=["tls", "observability"], settings=settings) as project:
        here = [name for name, image in images.items() if project.has_image(image)]
        missing = sorted(images.keys() - set(here))
        console.print(f"not checked, because their images cannot be had here: {', '.join(missing) or 'none'}")
        project.up("sandbox", *(part.name for part in PARTS), *here)
        if "caddy" in here:
            found += _through_caddy(f"https://localhost:{tls}", project.api_key, root)
        if "prometheus" in here:
            found += _read_by_prometheus(f"http://127.0.0.1:{prometheus}")
    return found


CHECKS: dict[str, Check] = {
    **{part.name: killing(part.name) for part in PARTS},
    "nats": killing("nats"),
    "postgres": killing("postgres"),
    "small": small,
    "profiles": profiles,
}


def _idle(project: ComposeProject, console: Console, name: str) -> dict[str, float]:
    """The memory of each container when nothing happens, in MiB. Prints it with the share of one core."""
    time.sleep(SETTLED_SECONDS)
    used = project.usage(SAMPLES)
    for service, each in used.items():
        console.print(f"{name}, {service}: {each.memory_mib:.0f} MiB, {each.cpu_percent:.2f} % of a core")
    memory, cpu = sum(each.memory_mib for each in used.values()), sum(each.cpu_percent for each in used.values())
    console.print(f"{name}, everything: {memory:.0f} MiB, {cpu:.2f} % of a core")
    return {service: each.memory_mib for service, each in used.items()}


def _through_caddy(url: str, api_key: str, context: ssl.SSLContext) -> list[str]:
    found = []
    if _get(f"{url}/api/books", api_key, context)["items"]:
        found.append("Caddy: the list of books is not empty at the start")
    with _open(f"{url}/api/events", api_key, context) as stream:
        if stream.readline() != b": listening\n":
            found.append("Caddy: the event stream does not begin")
    return found


def _read_by_prometheus(url: str) -> list[str]:
    """Wait until Prometheus has read each service once."""
    deadline, health = time.monotonic() + 120.0, []
    while time.monotonic() < deadline:
        targets = json.loads(urllib.request.urlopen(f"{url}/api/v1/targets", timeout=10).read())["data"]
        health = [each["health"] for each in targets["activeTargets"]]
        if health == ["up"] * len(PARTS):
            rules = json.loads(urllib.request.urlopen(f"{url}/api/v1/rules", timeout=10).read())["data"]["groups"]
            return [] if rules else ["Prometheus: no rules are loaded"]
        time.sleep(2.0)
    return [f"Prometheus: the services are {health}"]


def _get(url: str, api_key: str, context: ssl.SSLContext | None = None) -> Any:
    with _open(url, api_key, context) as response:
        return json.loads(response.read())


def _open(url: str, api_key: str, context: ssl.SSLContext | None = None) -> Any:
    request = urllib.request.Request(url, headers={"X-Api-Key": api_key})
    return urllib.request.urlopen(request, timeout=30, context=context)
