"""The time from the start of a run until every wanted book with a good release is grabbed."""

import time
from contextlib import closing
from pathlib import Path

import httpx
from gapless_client import every
from gapless_client.models import MissingBook
from harness.processes import Processes

from bench.figures import Figure
from bench.measurement import NotMeasured, ShowProgress, measure_task, run_task, sandbox_settings

SECTION = "wanted to grabbed"
CHECK_WITHIN_SECONDS = 300.0
"""A scan starts a check of the library. Another check ends after it, so that neither disturbs the measurement."""
GAPS_WITHIN_SECONDS = 60.0
SEARCH_WITHIN_SECONDS = 40.0
"""A run that takes longer is cancelled, because its rate does not change."""
SEARCHES = 100


def measure_grabs(processes: Processes, show_progress: ShowProgress) -> list[Figure]:
    """Find the gaps of series, search each wanted book at two indexers, judge the releases and grab the best."""
    with closing(processes.api) as api:
        run_task(api, "library_check", show_progress, within_seconds=CHECK_WITHIN_SECONDS)
        gaps = measure_task(api, "series_completion", show_progress, within_seconds=GAPS_WITHIN_SECONDS)
        missing = list(every(api.books.list_missing_books, sort="identified_at"))
        if not missing:
            raise NotMeasured("no book is missing, so nothing is wanted")
        show_progress("searches without Gapless")
        reference = _searches_per_second(processes.settings_file, missing)
        search = measure_task(api, "wanted_search", show_progress, within_seconds=SEARCH_WITHIN_SECONDS)
        grabbed = sum(1 for each in every(api.downloads.list, sort="created_at") if each.info_hash is not None)
    return [
        Figure(SECTION, "series searched for gaps", gaps.rate, "series/s"),
        Figure(SECTION, "wanted", search.rate, "books/s", reference, "searches at Prowlarr, one after another"),
        Figure(SECTION, "grabbed", grabbed / search.seconds, "releases/s"),
        Figure(SECTION, "grabbed in total", grabbed, "releases"),
    ]


def _searches_per_second(settings_file: Path, missing: list[MissingBook]) -> float:
    """The rate of searches at the stand-in of Prowlarr, one after another."""
    settings = sandbox_settings(settings_file)
    headers = {"X-Api-Key": settings["PROWLARR_API_KEY"]}
    books = missing[:SEARCHES]
    with httpx.Client(base_url=settings["PROWLARR_URL"], headers=headers, timeout=30, trust_env=False) as client:
        started = time.perf_counter()
        for book in books:
            client.get("/api/v1/search", params={"query": book.title, "categories": 3030}).raise_for_status()
        return len(books) / (time.perf_counter() - started)
