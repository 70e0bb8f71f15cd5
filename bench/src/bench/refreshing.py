"""Full dry refreshes of a library that the providers know: a first one, and a second one from the cached answers."""

from pathlib import Path

import httpx
from harness.processes import Processes
from harness.trial import trial
from sandbox.providers.registry import PROVIDERS

from bench.figures import Figure
from bench.measurement import ShowProgress, run_task, seconds_of
from bench.starting import resident

SECTION = "metadata refresh"
BOOKS = 50_000
"""The library for which the time is extrapolated: a second refresh costs the same for each book."""
SCAN_WITHIN_SECONDS = 300.0
WITHIN_SECONDS = 900.0
"""The first run must end, so that the second one finds every answer in the cache."""
NO_RATE_LIMIT = {
    f"{name}_INTERVAL": "0" for name in ("AUDIBLE", "HARDCOVER", "AUDNEXUS", "GOODREADS", "CUSTOM_PROVIDERS")
}


def measure_refresh(world: Path, settings: dict[str, str], show_progress: ShowProgress) -> list[Figure]:
    """Two full dry refreshes and a daily one, in a separate installation on `world`."""
    with trial(world, settings | NO_RATE_LIMIT, on_disk=True) as installed:
        processes, api = installed.processes, installed.processes.api
        stand_ins = ProviderRequests(processes)
        run_task(api, "library_scan", show_progress, within_seconds=SCAN_WITHIN_SECONDS)
        figures: list[Figure] = []
        for name in ("first", "second"):
            stand_ins.reset()
            run = run_task(
                api, "metadata_full_refresh", show_progress, within_seconds=WITHIN_SECONDS,
                parameters={"dry_run": True},
            )  # fmt: skip
            rate, per_book = run.tally.processed / seconds_of(run), stand_ins.count() / max(1, run.tally.processed)
            figures += [
                Figure(SECTION, f"{name} full dry run", rate, "books/s"),
                Figure(SECTION, f"{name} full dry run, requests to providers", per_book, "per book"),
            ]
        extrapolated = f"second full dry run of {BOOKS:,} books, extrapolated"
        figures.append(Figure(SECTION, extrapolated, BOOKS / rate / 60, "min"))
        daily = run_task(
            api, "metadata_daily", show_progress, within_seconds=WITHIN_SECONDS, parameters={"dry_run": True}
        )
        figures.append(Figure(SECTION, "daily dry run", seconds_of(daily), "s"))
        figures.append(Figure(SECTION, "memory of the service", resident(processes.pid("metadata")), "MiB"))
        api.close()
    return figures


class ProviderRequests:
    """The requests that reach the stand-ins of the providers."""

    def __init__(self, processes: Processes) -> None:
        names = {name for each in PROVIDERS for name in each.served()}
        addresses = processes.sandbox_addresses
        self._addresses = sorted({address for name, address in addresses.items() if name in names})

    def reset(self) -> None:
        """Set the number of requests to zero."""
        for address in self._addresses:
            httpx.delete(f"{address}/_sandbox/requests", timeout=60, trust_env=False).raise_for_status()

    def count(self) -> int:
        """The number of requests since the last reset."""
        answers = [
            httpx.get(f"{address}/_sandbox/requests/number", timeout=60, trust_env=False) for address in self._addresses
        ]
        return sum(each.raise_for_status().json()["requests"] for each in answers)
