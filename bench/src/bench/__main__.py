"""`make bench`: measures, prints the table and writes bench.json. COMPARE=old.json compares with another run."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path
from subprocess import SubprocessError

import psycopg
from embedded.process import CannotStart
from gapless_client import ApiProblem
from harness.trial import Trial, trial
from httpx import HTTPError
from rich.console import Console
from sandbox.validation import load
from sandbox.worldmaking.shipped import SANDBOX

from bench.book_knowledge import measure_book_knowledge
from bench.browsing import measure_browsing
from bench.deciding import measure_decisions
from bench.empty_providers import measure_empty_providers
from bench.figures import Figure, Report, show, values_of
from bench.grabbing import measure_grabs
from bench.importing import measure_imports
from bench.loading import WATCHED, measure_load
from bench.machine import facts, versions
from bench.measurement import NotMeasured, ShowProgress
from bench.messy_library import measure_messy_libraries
from bench.packs.measuring import measure_packs
from bench.polling import measure_polls
from bench.reading_pages import measure_pages
from bench.refreshing import measure_refresh
from bench.releases_of_mam import measure_cached_search, measure_parsing
from bench.scale import measure_scale
from bench.scanning import measure_scan
from bench.scraping import measure_scrapes
from bench.searching_guides import measure_guides
from bench.starting import measure_memory, measure_one_process, measure_restart

WORLD = SANDBOX / "worlds" / "large.json"
REPORT = Path("bench.json")
FAILURES = (NotMeasured, ApiProblem, CannotStart, RuntimeError, OSError, SubprocessError, HTTPError, psycopg.Error)
SETTINGS = {"LOG_LEVEL": "WARNING", "RATE_LIMIT_PER_KEY": "100000000", "RATE_LIMIT_PER_ADDRESS": "100000000"}
"""Rate limits are so high that they do not refuse a benchmark."""
Take = Callable[[str, Callable[[], list[Figure]]], None]
"""Takes the figures of a part of this name, or reports why it could not be measured."""


def main() -> int:
    """The exit status: 0 if everything was measured, 1 if a part or a goal was not, 2 if COMPARE cannot be read."""
    parser = argparse.ArgumentParser("python -m bench", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=GROUPS, help="measure only this, and write no report; may be repeated"
    )
    only = parser.parse_args().only
    console, started = Console(), time.monotonic()
    compare = os.environ.get("COMPARE")
    try:
        before = values_of(Path(compare)) if compare else {}
    except (OSError, ValueError) as error:
        console.print(f"COMPARE: {error}. Example: make bench COMPARE=bench.json", markup=False)
        return 2
    report = Report(facts(), versions(), partial=bool(only))
    with console.status("starting") as status, tempfile.TemporaryDirectory(prefix="gapless-bench-") as name:

        def show_progress(message: str) -> None:
            status.update(f"{time.monotonic() - started:4.0f} s  {message}")

        folder = Path(name)
        folder.chmod(0o711)
        _measure(only or list(GROUPS), report, folder, show_progress, console)
    show(console, report, before)
    if only:
        return 1 if report.not_measured else 0
    report.write(REPORT)
    console.print(f"The figures are in {REPORT}. It took {time.monotonic() - started:.0f} s.", highlight=False)
    return 1 if report.not_measured or report.goals_not_measured() else 0


def _measure(
    groups: Collection[str], report: Report, folder: Path, show_progress: ShowProgress, console: Console
) -> None:
    """Measure these groups in order. Report each part that cannot be measured, and continue."""

    def take(name: str, measure: Callable[[], list[Figure]]) -> None:
        started = time.monotonic()
        try:
            report.figures += measure()
        except FAILURES as error:
            report.not_measured.append(f"{name}: {error}")
        console.print(f"{name}: {time.monotonic() - started:.0f} s", highlight=False)

    for name, measure_group in GROUPS.items():
        if name in groups:
            measure_group(take, folder, show_progress)


def _measure_parts(take: Take, folder: Path, show_progress: ShowProgress) -> None:
    show_progress("parsing releases of MyAnonamouse")
    take("releases of MyAnonamouse", lambda: measure_parsing(load(WORLD)))
    take("decisions", lambda: measure_decisions(load(WORLD)))
    take("book knowledge", lambda: measure_book_knowledge(show_progress))
    show_progress("checking messy libraries")
    take("messy libraries", measure_messy_libraries)
    show_progress("judging packs")
    take("packs", measure_packs)
    show_progress("polling the download client")
    take("poll of the download client", measure_polls)
    show_progress("placing books in the library")
    take("imports", lambda: measure_imports(folder))
    take("pages", lambda: measure_pages(show_progress))


def _measure_services(take: Take, folder: Path, show_progress: ShowProgress) -> None:
    show_progress("starting six processes on a library of 3,000 books")
    with trial(WORLD, SETTINGS, on_disk=True) as installed:
        processes = installed.processes
        take("start-up, six processes", lambda: measure_restart(processes, show_progress))
        take("memory, idle", lambda: measure_memory(processes, "idle"))
        _measure_work(installed, folder, show_progress, take)
        for part in WATCHED:
            processes.kill(part)
        take("one process", lambda: measure_one_process(folder / "one", processes.settings_file, show_progress))


def _measure_providers(take: Take, folder: Path, show_progress: ShowProgress) -> None:
    show_progress("starting six processes with providers that know nothing")
    take("providers that know nothing", lambda: measure_empty_providers(WORLD, SETTINGS, folder, show_progress))
    show_progress("starting six processes with providers that know every book")
    take("metadata refresh", lambda: measure_refresh(WORLD, SETTINGS, show_progress))


def _measure_metrics(take: Take, _folder: Path, show_progress: ShowProgress) -> None:
    take("scrapes", lambda: measure_scrapes(show_progress))


def _measure_dashboard(take: Take, _folder: Path, show_progress: ShowProgress) -> None:
    take("dashboard", lambda: measure_browsing(SETTINGS, show_progress))


def _measure_scale(take: Take, _folder: Path, show_progress: ShowProgress) -> None:
    take("one library", lambda: measure_scale(SETTINGS, show_progress))


def _measure_work(installed: Trial, folder: Path, show_progress: ShowProgress, take: Take) -> None:
    processes = installed.processes
    api, settings_file = processes.api, processes.settings_file
    take("library scan", lambda: measure_scan(api, settings_file, show_progress))
    take("wanted to grabbed", lambda: measure_grabs(processes, show_progress))
    take("search from the cache", lambda: measure_cached_search(processes))
    take("guides", lambda: measure_guides(processes, show_progress))
    take("memory, after work", lambda: measure_memory(processes, "after the work"))
    for part in set(processes.names()[2:]) - set(WATCHED):  # their remaining work would disturb the load
        processes.kill(part)
    take("load", lambda: measure_load(processes, folder, show_progress))
    api.close()


GROUPS: dict[str, Callable[[Take, Path, ShowProgress], None]] = {
    "parts": _measure_parts,
    "services": _measure_services,
    "providers": _measure_providers,
    "metrics": _measure_metrics,
    "dashboard": _measure_dashboard,
    "scale": _measure_scale,
}
"""What is measured, in this order. Each group except the first starts an installation."""


if __name__ == "__main__":
    sys.exit(main())
