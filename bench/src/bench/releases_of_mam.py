"""How fast the releases of a search at MyAnonamouse are parsed, and a search is answered from the cache."""

import json
import statistics
import time
from collections.abc import Mapping

import httpx
from embedded.process import LOOPBACK
from harness.processes import Processes
from mam_search.adapters.mam.search_page import page_of
from sandbox.mam.catalogue import Catalogue
from sandbox.mam.search_query import from_pairs, parse_search
from sandbox.world import World
from shared.contracts.mam.search import MamSearch

from bench.figures import Figure
from bench.measurement import NotMeasured

SECTION = "releases of MyAnonamouse"
PAGES, CALLS = 60, 40
SEARCH = MamSearch()


def measure_parsing(world: World) -> list[Figure]:
    """Releases parsed a second from a page of 100, compared with `json.loads` of the same bytes."""
    offers = [offer for offer in world.offers if offer.indexer == "mam"]
    tracker = Catalogue(offers, download_hash=lambda _: "", info_hash=lambda _: "")
    query = [("perpage", "100"), ("isbn", "1"), ("mediaInfo", "1"), ("tor[main_cat][0]", "13")]
    body = json.dumps(tracker.answer(parse_search(from_pairs(query)))).encode()
    rows = len(page_of(body, SEARCH, _ignore).releases)
    if not rows:
        raise NotMeasured("the world has no releases at MyAnonamouse")
    parsing, decoding = [], []
    for _ in range(PAGES):
        started = time.perf_counter()
        page_of(body, SEARCH, _ignore)
        parsing.append(time.perf_counter() - started)
        started = time.perf_counter()
        json.loads(body)
        decoding.append(time.perf_counter() - started)
    rate, reference = rows / statistics.median(parsing), rows / statistics.median(decoding)
    return [Figure(SECTION, "releases parsed", rate, "/s", reference, "json.loads of the same bytes")]


def measure_cached_search(processes: Processes) -> list[Figure]:
    """A search that was sent before, over the API, compared with the list of the genres."""
    headers = {"X-Api-Key": processes.installation.api_key}
    address = f"http://{LOOPBACK}:{processes.port}"
    with httpx.Client(base_url=address, headers=headers, timeout=60, trust_env=False) as client:
        reference = statistics.median(_milliseconds(client, "/api/genres", {}))
        found = statistics.median(_milliseconds(client, "/api/releases/search/mam", {"text": "oz", "page_size": 20}))
    return [Figure(SECTION, "search answered from the cache, median", found, "ms", reference, "list of the genres")]


def _milliseconds(client: httpx.Client, path: str, query: Mapping[str, str | int]) -> list[float]:
    """The duration of each call after the first. Raises `NotMeasured` if a response is an error."""
    durations = []
    for _ in range(CALLS + 1):
        started = time.perf_counter()
        response = client.get(path, params=query)
        durations.append(1000 * (time.perf_counter() - started))
        if response.status_code != 200:
            raise NotMeasured(f"{path} failed with status {response.status_code}: {response.text[:200]}")
    return durations[1:]


def _ignore(_field: str, _value: str) -> None:
    """The formats of the stand-in are known."""
