"""The scan of the library, beside bare paging of the same items."""

import time
from pathlib import Path
from typing import Any

import httpx
from cli.api_client import Api

from bench.figures import Figure
from bench.measurement import Told, run_task, sandbox_settings, seconds_of

SECTION = "library scan"
PAGE = 500
DETAILS = 100
TURNS = 3
WITHIN_SECONDS = 90.0


def scanning(api: Api, settings_file: Path, told: Told) -> list[Figure]:
    """A first scan, which fetches every item's details, and a second that finds nothing changed."""
    rates = []
    for _ in range(2):
        run = run_task(api, "library_scan", told, within_seconds=WITHIN_SECONDS)
        rates.append(run.tally.processed / seconds_of(run))
    told("bare paging")
    pages = max(_paging(settings_file, details=False) for _ in range(TURNS))
    whole = _paging(settings_file, details=True)
    bare, fetched = f"pages of {PAGE} by httpx", f"these and the details by {DETAILS}"
    return [
        Figure(SECTION, "first", rates[0], "items/s", pages, bare),
        Figure(SECTION, "first, beside all that it fetches", rates[0], "items/s", whole, fetched),
        Figure(SECTION, "again, nothing changed", rates[1], "items/s", pages, bare),
    ]


def _paging(settings_file: Path, *, details: bool) -> float:
    """Items a second."""
    given = sandbox_settings(settings_file)
    headers = {"Authorization": f"Bearer {given['ABS_TOKEN']}"}
    with httpx.Client(base_url=given["ABS_URL"], headers=headers, timeout=60, trust_env=False) as client:
        library = client.get("/api/libraries").raise_for_status().json()["libraries"][0]["id"]
        began, items, page = time.perf_counter(), 0, 0
        while rows := _page(client, f"/api/libraries/{library}/items", page):
            items, page = items + len(rows), page + 1
            for start in range(0, len(rows) if details else 0, DETAILS):
                ids = [row["id"] for row in rows[start : start + DETAILS]]
                client.post("/api/items/batch/get", json={"libraryItemIds": ids}).raise_for_status().json()
        return items / (time.perf_counter() - began)


def _page(client: httpx.Client, path: str, number: int) -> list[dict[str, Any]]:
    answer = client.get(path, params={"limit": PAGE, "page": number}).raise_for_status()
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows
