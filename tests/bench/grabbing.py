"""From a run's start until every wanted book with a good release is grabbed, beside bare searches."""

import time
from pathlib import Path

import httpx
from gateway.cycle.client import Api
from shared.contracts.library.missing_books import MissingBook

from tests.bench.figures import Figure
from tests.bench.tasks import NotMeasured, Told, run_task, sandbox_settings, seconds_of

SECTION = "wanted to grabbed"
GAPS_WITHIN_SECONDS = 100.0
SEARCH_WITHIN_SECONDS = 100.0
SEARCHES = 100


def grabbing(api: Api, settings_file: Path, told: Told) -> list[Figure]:
    """Find the gaps of the series, then search them all: each is searched at two indexers, judged, and handed to the client."""
    gaps = run_task(api, "series_completion", told, within_seconds=GAPS_WITHIN_SECONDS)
    missing = list(api.missing_books())
    if not missing:
        raise NotMeasured("no book is missing, so nothing is wanted")
    run = run_task(api, "wanted_search", told, within_seconds=SEARCH_WITHIN_SECONDS)
    told("bare searches")
    best = _searching(settings_file, missing)
    grabbed = sum(1 for each in api.downloads() if each.info_hash is not None)
    seconds = seconds_of(run)
    return [
        Figure(SECTION, "series looked through for gaps", gaps.tally.processed / seconds_of(gaps), "series/s"),
        Figure(SECTION, "wanted", run.tally.processed / seconds, "books/s", best, "one search at a time at Prowlarr"),
        Figure(SECTION, "grabbed", grabbed / seconds, "releases/s"),
        Figure(SECTION, "grabbed in all", grabbed, "releases"),
    ]


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
