"""The scan of the library, compared with fetching the same pages by httpx."""

import time
from pathlib import Path
from typing import Any

import httpx
from gapless_client import Gapless

from bench.figures import Figure
from bench.measurement import ShowProgress, run_task, sandbox_settings, seconds_of

SECTION = "library scan"
PAGE = 500
DETAILS = 100
TURNS = 3
WITHIN_SECONDS = 90.0


def measure_scan(api: Gapless, settings_file: Path, show_progress: ShowProgress) -> list[Figure]:
    """A first scan, which fetches the details of every item, and a second scan without changes."""
    rates = []
    for _ in range(2):
        run = run_task(api, "library_scan", show_progress, within_seconds=WITHIN_SECONDS)
        rates.append(run.tally.processed / seconds_of(run))
    show_progress("pages without Gapless")
    pages = max(_items_per_second(settings_file, details=False) for _ in range(TURNS))
    whole = _items_per_second(settings_file, details=True)
    bare, fetched = f"pages of {PAGE} by httpx", f"these pages and the details by {DETAILS}"
    return [
        Figure(SECTION, "first", rates[0], "items/s", pages, bare),
        Figure(SECTION, "first, compared with all its requests", rates[0], "items/s", whole, fetched),
        Figure(SECTION, "again, nothing changed", rates[1], "items/s", pages, bare),
    ]


def _items_per_second(settings_file: Path, *, details: bool) -> float:
    """The rate at which httpx fetches the items, with or without their details."""
    settings = sandbox_settings(settings_file)
    headers = {"Authorization": f"Bearer {settings['ABS_TOKEN']}"}
    with httpx.Client(base_url=settings["ABS_URL"], headers=headers, timeout=60, trust_env=False) as client:
        library = client.get("/api/libraries").raise_for_status().json()["libraries"][0]["id"]
        started, items, page = time.perf_counter(), 0, 0
        while rows := _page(client, f"/api/libraries/{library}/items", page):
            items, page = items + len(rows), page + 1
            for start in range(0, len(rows) if details else 0, DETAILS):
                ids = [row["id"] for row in rows[start : start + DETAILS]]
                client.post("/api/items/batch/get", json={"libraryItemIds": ids}).raise_for_status().json()
        return items / (time.perf_counter() - started)


def _page(client: httpx.Client, path: str, number: int) -> list[dict[str, Any]]:
    response = client.get(path, params={"limit": PAGE, "page": number}).raise_for_status()
    rows: list[dict[str, Any]] = response.json()["results"]
    return rows
