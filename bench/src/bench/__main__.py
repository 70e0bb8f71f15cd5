"""`make bench`: measures, prints the table and writes bench.json. COMPARE=old.json compares with another run."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import SubprocessError

import psycopg
from cli.api_client import ApiProblem
from embedded.process import CannotStart
from harness.trial import Trial, trial
from httpx import HTTPError
from rich.console import Console
from sandbox.worldmaking.shipped import SANDBOX

from bench.book_knowledge import book_knowledge
from bench.enriching import enriching
from bench.figures import Figure, Report, show, values_of
from bench.grabbing import grabbing
from bench.loading import WATCHED, loading
from bench.machine import facts, versions
from bench.measurement import NotMeasured, Told
from bench.scanning import scanning
from bench.starting import memory_of_processes, one_process, six_processes_again

WORLD = SANDBOX / "worlds" / "large.json"
WRITTEN = Path("bench.json")
FAILURES = (NotMeasured, ApiProblem, CannotStart, RuntimeError, OSError, SubprocessError, HTTPError, psycopg.Error)
SETTINGS = {"LOG_LEVEL": "WARNING", "RATE_LIMIT_PER_KEY": "100000000", "RATE_LIMIT_PER_ADDRESS": "100000000"}
"""Rate limits are so high that they do not refuse a benchmark."""


def main() -> int:
    """0 when everything was measured, 1 when something was left out, 2 when COMPARE cannot be read."""
    console, began = Console(), time.monotonic()
    compare = os.environ.get("COMPARE")
    try:
        before = values_of(Path(compare)) if compare else {}
    except (OSError, ValueError) as error:
        console.print(f"COMPARE: {error}. Example: make bench COMPARE=bench.json", markup=False)
        return 2
    report = Report(facts(), versions())
    with console.status("starting") as status, tempfile.TemporaryDirectory(prefix="gapless-bench-") as name:

        def told(words: str) -> None:
            status.update(f"{time.monotonic() - began:4.0f} s  {words}")

        folder = Path(name)
        folder.chmod(0o711)
        _measure(report, folder, told, console)
    show(console, report, before)
    report.write(WRITTEN)
    console.print(f"The figures are in {WRITTEN}. It took {time.monotonic() - began:.0f} s.", highlight=False)
    return 1 if report.left_out else 0


def _measure(report: Report, folder: Path, told: Told, console: Console) -> None:
    """Measure everything in order. A part that cannot be measured is reported and left out."""

    def take(name: str, measure: Callable[[], list[Figure]]) -> None:
        began = time.monotonic()
        try:
            report.figures += measure()
        except FAILURES as error:
            report.left_out.append(f"{name}: {error}")
        console.print(f"{name}: {time.monotonic() - began:.0f} s", highlight=False)

    take("book knowledge", lambda: book_knowledge(told))
    told("starting six processes on a library of 3,000 books")
    with trial(WORLD, SETTINGS, on_disk=True) as installed:
        processes = installed.processes
        take("start-up, six processes", lambda: six_processes_again(processes, told))
        take("memory, idle", lambda: memory_of_processes(processes, "idle"))
        _work(installed, folder, told, take)
        for part in WATCHED:
            processes.kill(part)
        take("one process", lambda: one_process(folder / "one", processes.settings_file, told))
    told("starting six processes with providers that know nothing")
    take("providers that know nothing", lambda: enriching(WORLD, SETTINGS, folder, told))


def _work(installed: Trial, folder: Path, told: Told, take: Callable[[str, Callable[[], list[Figure]]], None]) -> None:
    processes = installed.processes
    api, settings_file = processes.api, processes.settings_file
    take("library scan", lambda: scanning(api, settings_file, told))
    take("wanted to grabbed", lambda: grabbing(processes, told))
    take("memory, after work", lambda: memory_of_processes(processes, "after all this"))
    for part in set(processes.names()[2:]) - set(WATCHED):  # what is still to be done would be done meanwhile
        processes.kill(part)
    take("load", lambda: loading(processes, folder, told))
    api.close()


if __name__ == "__main__":
    sys.exit(main())
