"""The completion task and a full dry refresh with empty providers, compared with the same requests sent by httpx."""

import json
import time
from pathlib import Path

import httpx
from gapless_client import Gapless
from harness.trial import trial

from bench.figures import Figure
from bench.measurement import ShowProgress, measure_task, run_task, sandbox_settings

SECTION = "providers that know nothing"
REFERENCE_REQUESTS = 400
SCAN_WITHIN_SECONDS = 300.0
WITHIN_SECONDS = 60.0
"""A task that takes longer is cancelled, because its rate does not change."""
NO_RATE_LIMIT = {"AUDIBLE_INTERVAL": "0", "HARDCOVER_INTERVAL": "0"}


def measure_empty_providers(
    world: Path, settings: dict[str, str], folder: Path, show_progress: ShowProgress
) -> list[Figure]:
    """Series and books per second in a separate installation on `world`, without the records of the providers."""
    emptied = folder / "empty-providers.json"
    emptied.write_text(json.dumps(json.loads(world.read_text("utf-8")) | {"providers": {}}), "utf-8")
    with trial(emptied, settings | NO_RATE_LIMIT, on_disk=True) as installed:
        api, stand_ins = installed.processes.api, StandIns(installed.processes.settings_file)
        run_task(api, "library_scan", show_progress, within_seconds=SCAN_WITHIN_SECONDS)
        figures = [
            _measure(api, stand_ins, show_progress, "series_completion", "series/s"),
            _measure(api, stand_ins, show_progress, "metadata_full_refresh", "books/s", dry_run=True),
        ]
        api.close()
    return figures


class StandIns:
    """Direct access to the stand-ins of both providers."""

    def __init__(self, settings_file: Path) -> None:
        settings = sandbox_settings(settings_file)
        token = {"Authorization": f"Bearer {settings['HARDCOVER_TOKEN']}"}
        self._audible = httpx.Client(base_url=settings["AUDIBLE_URL"], timeout=60, trust_env=False)
        self._hardcover = httpx.Client(base_url=settings["HARDCOVER_URL"], headers=token, timeout=60, trust_env=False)

    def reset_counter(self) -> None:
        """Set the number of requests to zero."""
        for client in (self._audible, self._hardcover):
            client.delete("/_sandbox/requests").raise_for_status()

    def requests(self) -> int:
        """The number of requests since the last reset."""
        responses = [client.get("/_sandbox/requests").raise_for_status() for client in (self._audible, self._hardcover)]
        return sum(len(each.json()) for each in responses)

    def requests_per_second(self) -> float:
        """The rate of requests that are sent one after another, to each provider in turn."""
        query = 'query { search(query: "nothing at all", query_type: "Book") { error ids results } }'
        started = time.perf_counter()
        for _ in range(REFERENCE_REQUESTS // 2):
            self._audible.get("/1.0/catalog/products", params={"title": "nothing at all"}).raise_for_status()
            self._hardcover.post("/v1/graphql", json={"query": query}).raise_for_status()
        return REFERENCE_REQUESTS / (time.perf_counter() - started)


def _measure(
    api: Gapless, stand_ins: StandIns, show_progress: ShowProgress, task: str, unit: str, *, dry_run: bool = False
) -> Figure:
    stand_ins.reset_counter()
    parameters = {"dry_run": True} if dry_run else {}
    progress = measure_task(api, task, show_progress, within_seconds=WITHIN_SECONDS, parameters=parameters)
    requests = stand_ins.requests()
    reference = stand_ins.requests_per_second() * progress.run.tally.processed / max(1, requests)
    return Figure(SECTION, task, progress.rate, unit, reference, f"its {requests} requests by httpx")
