"""The start-up time of the services and their memory."""

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
from cli.connection import RETRY_SECONDS
from embedded.process import LOOPBACK, free_port, last_lines
from gapless_client import ApiProblem, Gapless
from harness.processes import Processes
from provisioning.services import PARTS

from bench.children import python, wait_until
from bench.figures import Figure
from bench.measurement import NotMeasured, ShowProgress

START, MEMORY, IDLE = "start-up to all healthy", "resident memory", "processor time, idle"
SERVERS = {"postgres", "nats-server"}
IDLE_SECONDS = 60.0
REFERENCE_SIX = "six interpreters at once that only import the same modules"
REFERENCE_ONE = "Postgres and NATS alone, and an interpreter that imports the same modules"
REFERENCE_MEMORY = "an interpreter that only imports the service"
MIB = 2**20


def wait_until_healthy(api: Gapless, log: Callable[[str], Path], within_seconds: float = 90.0) -> None:
    """Wait until every service answers. Raises `NotMeasured` with the end of the log of a service that does not."""
    deadline = time.monotonic() + within_seconds
    while silent := _silent(api):
        if time.monotonic() > deadline:
            log_end = last_lines(log(silent[0]), 5)
            raise NotMeasured(f"{', '.join(silent)}: no answer after {within_seconds:g} s. The log ends: {log_end}")
        time.sleep(0.05)


def _silent(api: Gapless) -> list[str]:
    """The services that do not answer. While the gateway does not, only the gateway."""
    try:
        return [state.service for state in api.system.get_diagnostics().services if state.report is None]
    except ApiProblem:
        return ["gateway"]


def measure_restart(processes: Processes, show_progress: ShowProgress) -> list[Figure]:
    """The time to start all six services after they were killed, with the same database and broker.

    The reference is measured while none of them runs.
    """
    show_progress("start-up: six processes")
    for part in PARTS:
        processes.kill(part.name)
    reference = _import_all()
    started = time.monotonic()
    for part in PARTS:
        processes.restart(part.name)
    api = processes.api
    try:
        wait_until_healthy(api, processes.log)
    finally:
        api.close()
    return [Figure(START, "six processes", time.monotonic() - started, "s", reference, REFERENCE_SIX)]


def measure_memory(processes: Processes, when: str) -> list[Figure]:
    """The memory of the process of each service, and the sum."""
    figures = []
    for part in PARTS:
        memory = resident(processes.pid(part.name))
        figures.append(
            Figure(MEMORY, f"{part.name}, {when}", memory, "MiB", _import_memory(part.role), REFERENCE_MEMORY)
        )
    total = sum(each.value for each in figures)
    figures.append(Figure(MEMORY, f"all six, {when}", total, "MiB"))
    everything = total + servers_memory(os.getpid())
    return [*figures, Figure(MEMORY, f"all six with Postgres and NATS, {when}", everything, "MiB")]


def measure_one_process(folder: Path, settings_file: Path, show_progress: ShowProgress) -> list[Figure]:
    """The start-up of all services in one process, first in an empty folder and then in the same folder again."""
    figures = []
    for name in ("one process, in a new folder", "one process, second start"):
        show_progress(f"start-up: {name}")
        reference = _start_servers(folder.with_name("servers"))
        with _one_process(folder, settings_file) as (api, process, started):
            wait_until_healthy(api, lambda _: folder / "up.log")
            figures.append(Figure(START, name, time.monotonic() - started, "s", reference, REFERENCE_ONE))
            memory = resident(process.pid)
            everything = memory + servers_memory(process.pid)
    show_progress("one process: nothing to do for a minute")
    with _one_process(folder, settings_file) as (api, process, _):
        wait_until_healthy(api, lambda _: folder / "up.log")
        time.sleep(IDLE_SECONDS)
        before = processor_seconds(process.pid)
        time.sleep(IDLE_SECONDS)
        share = (processor_seconds(process.pid) - before) / IDLE_SECONDS
    return [
        *figures,
        Figure(MEMORY, "one process, idle", memory, "MiB"),
        Figure(MEMORY, "one process with Postgres and NATS, idle", everything, "MiB"),
        Figure(IDLE, "one process with Postgres and NATS", 100 * share, "% of a core"),
    ]


def servers_memory(pid: int) -> float:
    """The memory in MiB of the Postgres and NATS that a process started. What processes share is counted once."""
    servers = [each for each in psutil.Process(pid).children(recursive=True) if each.name() in SERVERS]
    if not servers:
        raise NotMeasured(f"process {pid} has no Postgres and no NATS")
    return sum(each.memory_full_info().pss for each in servers) / MIB


def processor_seconds(pid: int) -> float:
    """The processor time of a process and of all processes that it started."""
    process = psutil.Process(pid)
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return sum(each.user + each.system for each in times)


@contextmanager
def _one_process(folder: Path, settings_file: Path) -> Iterator[tuple[Gapless, subprocess.Popen[bytes], float]]:
    """Run `gapless up` in its own folder, and wait until it has an API key."""
    port, log, secrets = free_port(), folder / "up.log", folder / "data" / "secrets.json"
    folder.mkdir(mode=0o711, exist_ok=True)
    environment = {
        "PATH": os.defpath, "LC_ALL": "C.UTF-8", "GAPLESS_DATA": str(folder / "data"), "LOG_LEVEL": "WARNING",
        "GAPLESS_SETTINGS_FILE": str(settings_file), "HEALTH_HOST": LOOPBACK, "HEALTH_PORT": str(port),
    }  # fmt: skip
    started = time.monotonic()
    with python(["-m", "embedded.up"], environment, log, cwd=folder) as process:
        wait_until(secrets.exists, process, log)
        api = Gapless(
            f"http://{LOOPBACK}:{port}", json.loads(secrets.read_text())["api_key"], retry_seconds=RETRY_SECONDS
        )
        try:
            yield api, process, started
        finally:
            api.close()


def _import_all() -> float:
    """Seconds until six interpreters, started at once, have each imported a service.

    Each runs in a separate session, as the services do, because Linux divides a busy machine among sessions.
    """
    started = time.monotonic()
    commands = [[sys.executable, "-c", f"import {part.role}.app"] for part in PARTS]
    interpreters = [subprocess.Popen(command, start_new_session=True) for command in commands]
    for each in interpreters:
        each.wait()
    return time.monotonic() - started


def _start_servers(folder: Path) -> float:
    """Seconds until an interpreter has imported all services and started only Postgres and NATS in a folder."""
    folder.mkdir(mode=0o711, exist_ok=True)
    program = (
        "import sys, time, pathlib; from embedded.installation import Installation\n"
        "with Installation(pathlib.Path(sys.argv[1])): print(time.monotonic())"
    )
    started = time.monotonic()
    command = [sys.executable, "-c", program, str(folder / "data")]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=90, start_new_session=True)
    return float(result.stdout) - started


def resident(pid: int) -> float:
    """The memory of a process in MiB. Raises `NotMeasured` if the process has ended."""
    resident_mib = psutil.Process(pid).memory_info().rss / MIB
    if not resident_mib:
        raise NotMeasured(f"process {pid} has ended")
    return resident_mib


@cache
def _import_memory(module: str) -> float:
    """The memory in MiB of an interpreter that only imports the same modules."""
    program = f"import {module}.__main__, psutil; print(psutil.Process().memory_info().rss)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    return int(result.stdout) / MIB
