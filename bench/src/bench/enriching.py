"""The completion task and a full dry refresh with providers that know nothing, beside their bare requests."""

import json
import time
from pathlib import Path

import httpx
from cli.api_client import Api
from harness.trial import trial

from bench.figures import Figure
from bench.measurement import Told, run_task, sandbox_settings, seconds_of

SECTION = "providers that know nothing"
BARE_REQUESTS = 400
WITHIN_SECONDS = 600.0
AT_ANY_PACE = {"AUDIBLE_INTERVAL": "0", "HARDCOVER_INTERVAL": "0"}


def enriching(world: Path, settings: dict[str, str], folder: Path, told: Told) -> list[Figure]:
    """Series and books a second in an installation of its own on this world, whose providers' records are taken out."""
    emptied = folder / "empty-providers.json"
    emptied.write_text(json.dumps(json.loads(world.read_text("utf-8")) | {"providers": {}}), "utf-8")
    with trial(emptied, settings | AT_ANY_PACE, on_disk=True) as installed:
        api, stand_ins = installed.processes.api, StandIns(installed.processes.settings_file)
        run_task(api, "library_scan", told, within_seconds=WITHIN_SECONDS)
        figures = [
            _measured(api, stand_ins, told, "series_completion", "series/s"),
            _measured(api, stand_ins, told, "metadata_full_refresh", "books/s", dry_run=True),
        ]
        api.close()
    return figures


class StandIns:
    """The stand-ins of both providers, asked without Gapless."""

    def __init__(self, settings_file: Path) -> None:
        given = sandbox_settings(settings_file)
        token = {"Authorization": f"Bearer {given['HARDCOVER_TOKEN']}"}
        self._audible = httpx.Client(base_url=given["AUDIBLE_URL"], timeout=60, trust_env=False)
        self._hardcover = httpx.Client(base_url=given["HARDCOVER_URL"], headers=token, timeout=60, trust_env=False)

    def forget(self) -> None:
        """Reset the counter of requests."""
        for client in (self._audible, self._hardcover):
            client.delete("/_sandbox/requests").raise_for_status()

    def counted(self) -> int:
        """The requests since then."""
        asked = [client.get("/_sandbox/requests").raise_for_status() for client in (self._audible, self._hardcover)]
        return sum(len(each.json()) for each in asked)

    def bare_rate(self) -> float:
        """Requests a second, to each in turn."""
        query = 'query { search(query: "nothing at all", query_type: "Book") { error ids results } }'
        began = time.perf_counter()
        for _ in range(BARE_REQUESTS // 2):
            self._audible.get("/1.0/catalog/products", params={"title": "nothing at all"}).raise_for_status()
            self._hardcover.post("/v1/graphql", json={"query": query}).raise_for_status()
        return BARE_REQUESTS / (time.perf_counter() - began)


def _measured(api: Api, stand_ins: StandIns, told: Told, task: str, unit: str, *, dry_run: bool = False) -> Figure:
    stand_ins.forget()
    parameters = {"dry_run": True} if dry_run else {}
    run = run_task(api, task, told, within_seconds=WITHIN_SECONDS, parameters=parameters)
    requests = stand_ins.counted()
    best = stand_ins.bare_rate() * run.tally.processed / max(1, requests)
    rate = run.tally.processed / seconds_of(run)
    return Figure(SECTION, task, rate, unit, best, f"its {requests} requests by httpx")
