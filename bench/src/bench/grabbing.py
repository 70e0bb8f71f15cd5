"""From a run's start until every wanted book with a good release is grabbed, beside bare searches."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
from cli.api_client import Api
from harness.processes import Processes
from shared.contracts.library.missing_books import MissingBook

from bench.figures import Figure
from bench.measurement import NotMeasured, Told, TookTooLong, run_task, sandbox_settings, seconds_of
from bench.starting import wait_until_healthy

SECTION = "wanted to grabbed"
GAPS_WITHIN_SECONDS = 60.0
SEARCH_WITHIN_SECONDS = 100.0
SEARCHES = 100


def grabbing(processes: Processes, told: Told) -> list[Figure]:
    """Gaps of series make books wanted; each is searched at two indexers, judged, and handed to the client."""
    with closing(processes.api) as api, _wanted_books(processes, api, told) as gaps_per_second:
        missing = list(api.missing_books())
        if not missing:
            raise NotMeasured("no book is missing, so nothing is wanted")
        run = run_task(api, "wanted_search", told, within_seconds=SEARCH_WITHIN_SECONDS)
        grabbed = sum(1 for each in api.downloads() if each.info_hash is not None)
    told("bare searches")
    best, seconds = _searching(processes.settings_file, missing), seconds_of(run)
    return [
        Figure(SECTION, "series looked through", gaps_per_second, "series/s"),
        Figure(SECTION, "wanted", run.tally.processed / seconds, "books/s", best, "one search at a time at Prowlarr"),
        Figure(SECTION, "grabbed", grabbed / seconds, "releases/s"),
        Figure(SECTION, "grabbed in all", grabbed, "releases"),
    ]


@contextmanager
def _wanted_books(processes: Processes, api: Api, told: Told) -> Iterator[float]:
    """Series looked through a second. What is found in a minute is enough; the looking then rests meanwhile."""
    try:
        run = run_task(api, "series_completion", told, within_seconds=GAPS_WITHIN_SECONDS)
    except TookTooLong as cut_off:
        processes.kill("metadata")
        try:
            yield cut_off.run.tally.processed / GAPS_WITHIN_SECONDS
        finally:
            processes.restart("metadata")
            wait_until_healthy(api, processes.log)
    else:
        yield run.tally.processed / seconds_of(run)


def _searching(settings_file: Path, missing: list[MissingBook]) -> float:
    """Searches a second at Prowlarr's stand-in, one after the other."""
    given = sandbox_settings(settings_file)
    headers = {"X-Api-Key": given["PROWLARR_API_KEY"]}
    asked = missing[:SEARCHES]
    with httpx.Client(base_url=given["PROWLARR_URL"], headers=headers, timeout=30, trust_env=False) as client:
        began = time.perf_counter()
        for each in asked:
            client.get("/api/v1/search", params={"query": each.title, "categories": 3030}).raise_for_status()
        return len(asked) / (time.perf_counter() - began)
