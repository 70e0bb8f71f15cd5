"""How long the services take to answer, and what they hold in memory."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psutil
from cli.api_client import Api, ApiProblem
from embedded.process import LOOPBACK, free_port, last_lines
from harness.processes import Processes
from provisioning.services import PARTS

from bench.children import python, wait_until
from bench.figures import Figure
from bench.measurement import NotMeasured, Told

START, MEMORY = "start-up to all healthy", "resident memory"
BESIDE_SIX = "six interpreters at once that import the same and end"
BESIDE_ONE = "Postgres and NATS alone, and an interpreter that imports the same"
BESIDE_MEMORY = "an interpreter that imported it"
GOAL = "the goal"
GOAL_SIX, GOAL_ONE = 600.0, 170.0
"""MiB, idle."""
MIB = 2**20


def wait_until_healthy(api: Api, log: Callable[[str], Path], within_seconds: float = 90.0) -> None:
    """Return when every service answers for itself. Raises NotMeasured with the end of the log of one that does not."""
    deadline = time.monotonic() + within_seconds
    while silent := _silent(api):
        if time.monotonic() > deadline:
            said = last_lines(log(silent[0]), 5)
            raise NotMeasured(f"{', '.join(silent)}: no answer after {within_seconds:g} s. The log ends: {said}")
        time.sleep(0.05)


def _silent(api: Api) -> list[str]:
    """The services that do not answer; the gateway, while it does not."""
    try:
        return [state.service for state in api.diagnostics().services if state.report is None]
    except ApiProblem:
        return ["gateway"]


def six_processes_again(processes: Processes, told: Told) -> list[Figure]:
    """All six services killed and started again, with the database and broker they had.

    What is best is measured between, while none of them runs.
    """
    told("start-up: six processes")
    for part in PARTS:
        processes.kill(part.name)
    best = _importing_all()
    began = time.monotonic()
    for part in PARTS:
        processes.restart(part.name)
    api = processes.api
    try:
        wait_until_healthy(api, processes.log)
    finally:
        api.close()
    return [Figure(START, "six processes", time.monotonic() - began, "s", best, BESIDE_SIX)]


def memory_of_processes(processes: Processes, when: str) -> list[Figure]:
    """Each service's own process."""
    figures = []
    for part in PARTS:
        held = resident(processes.pid(part.name))
        figures.append(Figure(MEMORY, f"{part.name}, {when}", held, "MiB", _floor(part.role), BESIDE_MEMORY))
    whole = sum(each.value for each in figures)
    return [*figures, Figure(MEMORY, f"all six, {when}", whole, "MiB", GOAL_SIX, GOAL)]


def one_process(folder: Path, settings_file: Path, told: Told) -> list[Figure]:
    """All services in one process, with an empty folder and then with the one it left."""
    figures = []
    for name in ("one process, in a new folder", "one process, again"):
        told(f"start-up: {name}")
        best = _installing(folder.with_name("servers"))
        with _up(folder, settings_file) as (api, process, began):
            wait_until_healthy(api, lambda _: folder / "up.log")
            figures.append(Figure(START, name, time.monotonic() - began, "s", best, BESIDE_ONE))
            held = resident(process.pid)
    return [*figures, Figure(MEMORY, "one process, idle", held, "MiB", GOAL_ONE, GOAL)]


@contextmanager
def _up(folder: Path, settings_file: Path) -> Iterator[tuple[Api, subprocess.Popen[bytes], float]]:
    """Run `gapless up` in its own folder, and wait until it has an API key."""
    port, log, secrets = free_port(), folder / "up.log", folder / "data" / "secrets.json"
    folder.mkdir(mode=0o711, exist_ok=True)
    environment = {
        "PATH": os.defpath, "LC_ALL": "C.UTF-8", "GAPLESS_DATA": str(folder / "data"), "LOG_LEVEL": "WARNING",
        "GAPLESS_SETTINGS_FILE": str(settings_file), "HEALTH_HOST": LOOPBACK, "HEALTH_PORT": str(port),
    }  # fmt: skip
    began = time.monotonic()
    with python(["-m", "embedded.up"], environment, log, cwd=folder) as process:
        wait_until(secrets.exists, process, log)
        api = Api(f"http://{LOOPBACK}:{port}", json.loads(secrets.read_text())["api_key"])
        try:
            yield api, process, began
        finally:
            api.close()


def _importing_all() -> float:
    """Seconds until six interpreters, started at once, have each imported a service.

    Each is a session of its own, as the services are: Linux shares a busy machine among sessions.
    """
    began = time.monotonic()
    commands = [[sys.executable, "-c", f"import {part.role}.app"] for part in PARTS]
    started = [subprocess.Popen(command, start_new_session=True) for command in commands]
    for each in started:
        each.wait()
    return time.monotonic() - began


def _installing(folder: Path) -> float:
    """Seconds until an interpreter has imported all services and started Postgres and NATS in a folder, and no more."""
    folder.mkdir(mode=0o711, exist_ok=True)
    program = (
        "import sys, time, pathlib; from embedded.installation import Installation\n"
        "with Installation(pathlib.Path(sys.argv[1])): print(time.monotonic())"
    )
    began = time.monotonic()
    command = [sys.executable, "-c", program, str(folder / "data")]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=90, start_new_session=True)
    return float(told.stdout) - began


def resident(pid: int) -> float:
    """MiB of one process; of one that has ended there is nothing to tell."""
    held = psutil.Process(pid).memory_info().rss / MIB
    if not held:
        raise NotMeasured(f"process {pid} has ended")
    return held


@cache
def _floor(module: str) -> float:
    """MiB that an interpreter holds which only imported the same code."""
    program = f"import {module}.__main__, psutil; print(psutil.Process().memory_info().rss)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    return int(told.stdout) / MIB
