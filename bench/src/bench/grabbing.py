"""The time from the start of a run until every wanted book with a good release is grabbed."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
from cli.api_client import Api
from harness.processes import Processes
from shared.contracts.library.missing_books import MissingBook

from bench.figures import Figure
from bench.measurement import NotMeasured, ShowProgress, TookTooLong, run_task, sandbox_settings, seconds_of
from bench.starting import wait_until_healthy

SECTION = "wanted to grabbed"
GAPS_WITHIN_SECONDS = 60.0
SEARCH_WITHIN_SECONDS = 100.0
SEARCHES = 100


def measure_grabs(processes: Processes, show_progress: ShowProgress) -> list[Figure]:
    """Find the gaps of series, search each wanted book at two indexers, judge the releases and grab the best."""
    with closing(processes.api) as api, _wanted_books(processes, api, show_progress) as gaps_per_second:
        missing = list(api.missing_books())
        if not missing:
            raise NotMeasured("no book is missing, so nothing is wanted")
        run = run_task(api, "wanted_search", show_progress, within_seconds=SEARCH_WITHIN_SECONDS)
        grabbed = sum(1 for each in api.downloads() if each.info_hash is not None)
    show_progress("searches without Gapless")
    reference, seconds = _searches_per_second(processes.settings_file, missing), seconds_of(run)
    return [
        Figure(SECTION, "series searched for gaps", gaps_per_second, "series/s"),
        Figure(
            SECTION,
            "wanted",
            run.tally.processed / seconds,
            "books/s",
            reference,
            "searches at Prowlarr, one after another",
        ),
        Figure(SECTION, "grabbed", grabbed / seconds, "releases/s"),
        Figure(SECTION, "grabbed in total", grabbed, "releases"),
    ]


@contextmanager
def _wanted_books(processes: Processes, api: Api, show_progress: ShowProgress) -> Iterator[float]:
    """Yield the number of series that are searched for gaps per second.

    The gaps found in a minute are enough. If the task takes longer, metadata is stopped until the end of the context.
    """
    try:
        run = run_task(api, "series_completion", show_progress, within_seconds=GAPS_WITHIN_SECONDS)
    except TookTooLong as cut_off:
        processes.kill("metadata")
        try:
            yield cut_off.run.tally.processed / GAPS_WITHIN_SECONDS
        finally:
            processes.restart("metadata")
            wait_until_healthy(api, processes.log)
    else:
        yield run.tally.processed / seconds_of(run)


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
