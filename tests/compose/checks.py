"""The checks of the compose files, by name. Each starts its own installation, and returns what is wrong."""

import json
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from embedded.process import free_port
from provisioning.services import PARTS
from rich.console import Console
from sandbox.world import World

from tests.compose.compose_project import SIX, SMALL, ComposeProject, Form
from tests.compose.cycles import CYCLE_WITHIN_SECONDS, cycle, cycle_with_kills, faults

Check = Callable[[World, Console], list[str]]
REPLICAS = 3
SETTLED_SECONDS = 60.0
"""After a cycle the services return freed memory to the system within this time."""
SAMPLES = 20
SERVICES_MIB, ALL_MIB = 200.0, 350.0
"""The goals of the small form, idle: the container of the services, and everything."""
STORED = (
    "/api/books",
    "/api/books/missing",
    "/api/downloads",
    "/api/metadata/corrections",
    "/api/series",
    "/api/system/keys",
)
"""Lists that must be the same after a change of the form."""


def killing(part: str) -> Check:
    """Kill a part of the six containers during a cycle."""

    def check(world: World, _console: Console) -> list[str]:
        with ComposeProject() as project:
            project.up(scale={"mam-search": REPLICAS})
            return cycle_with_kills(project, world, part, {"mam-search": REPLICAS - 1})

    return check


def scaling(world: World, _console: Console) -> list[str]:
    """Run a cycle with two replicas of each service."""
    with ComposeProject() as project:
        project.up(scale={part.name: 2 for part in PARTS})
        return faults(project, world, cycle(project), {part.name: 2 for part in PARTS})


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


def changing(world: World, console: Console) -> list[str]:
    """Change from six containers to the small form during a cycle, and back, and compare what is stored."""
    with ComposeProject(SIX) as project:
        project.up()
        _idle(project, console, "six containers")
        found = _changed_while_working(project, SMALL)
        found += faults(project, world, cycle(project), {})
        before = _stored(project)
        project.change_to(SIX)
        found += [f"{path} is different after the change to six containers" for path in _differing(project, before)]
        found += faults(project, world, cycle(project), {})
    return found


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
    "scale": scaling,
    "small": small,
    "change": changing,
    "profiles": profiles,
}


def _changed_while_working(project: ComposeProject, form: Form) -> list[str]:
    """Change the form while a cycle runs. The key must be the same, and the runs must end."""
    key = project.api_key
    running = threading.Thread(target=_cycle_until_cut_off, args=(project,), daemon=True)
    running.start()
    running.join(10.0)
    project.change_to(form)
    running.join(CYCLE_WITHIN_SECONDS)
    return [] if project.api_key == key else ["the API key is another one"]


def _cycle_until_cut_off(project: ComposeProject) -> None:
    """A cycle that ends with an error if the services are away for too long, as that of a person would."""
    try:
        cycle(project)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the next cycle shows whether anything was lost
        Console(stderr=True).print(f"the cycle ended with {type(error).__name__}", highlight=False)


def _stored(project: ComposeProject) -> dict[str, Any]:
    return {path: _get(f"{project.url}{path}?limit=200", project.api_key) for path in STORED}


def _differing(project: ComposeProject, before: dict[str, Any]) -> list[str]:
    after = _stored(project)
    return [path for path in STORED if _ids(before[path]) != _ids(after[path])]


def _ids(answer: Any) -> list[str]:
    """The identity and the state of each item. Times of last use may differ."""
    items = answer["items"] if isinstance(answer, dict) else answer
    return sorted(f"{each['id']} {each.get('status')} {each.get('title')}" for each in items)


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
