"""Three replicas of mam-search, each a whole process: what is killed is done elsewhere, and nothing is spent twice."""

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from typing import Any

import httpx
import psutil
import pytest
from cli.task_runs import follow_run, start_task
from gapless_client.models import RunStatus
from harness.trial import Trial, trial
from sandbox.worldmaking.shipped import SANDBOX

REPLICAS = ("mam-search", "mam-search#2", "mam-search#3")
PAGE_SECONDS, REQUEST_SECONDS = 0.4, 0.3
PAGES, PAGES_BETWEEN_KILLS = 16, 3
GOES_ON_WITHIN_SECONDS = 120.0
SETTINGS = {
    "MAM_PAGE_SECONDS": str(PAGE_SECONDS),
    "MAM_RATE_LIMIT": str(REQUEST_SECONDS),
    "MAM_CRAWL_MAX_PAGES": str(PAGES),
    # The account of the world can afford it once, and its buffer is smaller.
    "MAM_UPLOAD_CREDIT_GB": "50",
    "MAM_UPLOAD_CREDIT_BELOW_GIB": "1000",
    "MAM_POINTS_KEPT": "0",
}
STORE = "/json/bonusBuy.php"
JSON_PATHS = ("/tor/", "/json/", "/jsonLoad.php")


@pytest.fixture(scope="module")
def installed() -> Iterator[Trial]:
    """An installation with three replicas of mam-search."""
    with trial(SANDBOX / "worlds" / "small.json", SETTINGS, preloaded=True) as made:
        for name in REPLICAS[1:]:
            made.processes.start(name)
        yield made


@pytest.mark.needs("chromium")
def test_a_crawl_goes_on_elsewhere_whatever_is_killed_at_one_pace_and_without_repeats(installed: Trial) -> None:
    site, chance, seed = Site(installed), random.Random(), random.getrandbits(32)
    chance.seed(seed)
    site.forget()
    paused: list[float] = []
    repeated = 0
    with closing(installed.processes.api) as api, searching(installed):
        run = start_task(api, "mam_scraping")
        for kill in (kill_replica, kill_browser, kill_replica):
            site.wait_for_pages(PAGES_BETWEEN_KILLS)
            time.sleep(chance.uniform(0.0, 2 * PAGE_SECONDS))
            read_before = len(site.pages())
            began = time.monotonic()
            repeated += kill(installed)
            site.wait_for_pages(1, after=read_before)
            paused.append(time.monotonic() - began)
        ended = follow_run(api, run.id)
    pages, requests = site.pages(), site.requests()
    sys.stdout.write(f"seed {seed}: the next page {', '.join(f'{each:.1f}' for each in paused)} s after each kill\n")

    assert ended.status is RunStatus.COMPLETED, (seed, ended.problems)
    assert max(paused) <= GOES_ON_WITHIN_SECONDS, (seed, paused)
    counted = Counter(f"{each['path']}?{each['query']}" for each in pages)
    assert sum(counted.values()) - len(counted) <= repeated, (seed, counted)
    assert site.traffic()["greatest_in_flight"] == 1, seed
    assert_pace(pages, PAGE_SECONDS)
    assert_pace([each for each in requests if each["path"].startswith(JSON_PATHS)], REQUEST_SECONDS)
    assert not any("login" in each["path"] for each in requests), "a session value was lost"
    access = get(installed, "/api/account/access")
    assert {each["kind"]: each["state"] for each in access["sessions"]} == {"api": "ok", "browser": "ok"}


def test_a_purchase_during_which_every_replica_is_killed_is_sent_once(installed: Trial) -> None:
    site = Site(installed)
    site.slow_down(STORE, seconds=4.0)
    with closing(installed.processes.api) as api:
        run = start_task(api, "account_care")
        site.wait_for_one_in_progress(seconds=1.0)
        for name in REPLICAS:
            installed.processes.kill(name)
        for name in REPLICAS:
            installed.processes.start(name)
        ended = follow_run(api, run.id)

    assert ended.status is RunStatus.COMPLETED, ended.problems
    assert [each["query"].split("&_=")[0] for each in site.requests() if each["path"] == STORE] == [
        "spendtype=upload&amount=50"
    ]
    (entry,) = get(installed, "/api/account/spending")["items"]
    assert (entry["kind"], entry["state"]) == ("upload", "requested")


class Site:
    """The stand-in of MyAnonamouse, as it was asked."""

    def __init__(self, installed: Trial) -> None:
        self._url = f"{installed.processes.sandbox_addresses['mam']}/_sandbox"

    def requests(self) -> list[dict[str, Any]]:
        """The requests that were answered, oldest first."""
        found: list[dict[str, Any]] = httpx.get(f"{self._url}/requests", timeout=60).raise_for_status().json()
        return found

    def pages(self) -> list[dict[str, Any]]:
        """The requests for pages of the crawl."""
        return [each for each in self.requests() if each["path"].startswith(("/guides", "/f/"))]

    def traffic(self) -> dict[str, Any]:
        """The figures of the pace."""
        found: dict[str, Any] = httpx.get(f"{self._url}/traffic", timeout=60).raise_for_status().json()
        return found

    def forget(self) -> None:
        """Forget all requests."""
        for figures in ("requests", "traffic"):
            httpx.delete(f"{self._url}/{figures}", timeout=60).raise_for_status()

    def slow_down(self, path: str, *, seconds: float) -> None:
        """Answer the next request of this path late."""
        outcome = {"kind": "slow", "path": path, "times": 1, "delay_seconds": seconds}
        httpx.post(f"{self._url}/outcomes", json=outcome, timeout=60).raise_for_status()

    def wait_for_pages(self, more: int, *, after: int | None = None) -> None:
        """Wait until that many more pages were requested."""
        wanted = (len(self.pages()) if after is None else after) + more
        until(lambda: len(self.pages()) >= wanted, f"{more} more pages")

    def wait_for_one_in_progress(self, *, seconds: float) -> None:
        """Wait until one request has been in progress for so long."""
        since = time.monotonic()

        def long_enough() -> bool:
            nonlocal since
            if not self.traffic()["in_flight"]:
                since = time.monotonic()
            return time.monotonic() - since >= seconds

        until(long_enough, "a request in progress")


def kill_replica(installed: Trial) -> int:
    """Kill the replica whose browser runs, and check that its browser ends with it. The page may be read again."""
    name, browser = reader(installed)
    installed.processes.kill(name)
    until(lambda: not any(map(is_running, browser)), "the browser to end with its service")
    installed.processes.start(name)
    return 1


def kill_browser(installed: Trial) -> int:
    """Kill the browser, but not its service. Its page is not read again in this crawl."""
    _name, browser = reader(installed)
    for each in browser:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    return 0


def reader(installed: Trial) -> tuple[str, list[psutil.Process]]:
    """The replica whose browser runs, and the processes of the browser."""
    found: list[tuple[str, list[psutil.Process]]] = []

    def running() -> bool:
        for name in REPLICAS:
            children = psutil.Process(installed.processes.pid(name)).children(recursive=True)
            if any("chrom" in each.name() for each in children if is_running(each)):
                found[:] = [(name, children)]
        return bool(found)

    until(running, "a browser")
    return found[0]


def is_running(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


@contextmanager
def searching(installed: Trial) -> Iterator[None]:
    """Search for one thing after another, as persons do. Some searches fail while a replica is killed."""
    stop = threading.Event()

    def search() -> None:
        number = 0
        while not stop.wait(0.2):
            number += 1
            with suppress(httpx.HTTPError):
                get(installed, f"/api/releases/search/mam?text=oz {number}")

    thread = threading.Thread(target=search, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def get(installed: Trial, path: str) -> Any:
    key = {"X-Api-Key": installed.processes.installation.api_key}
    url = f"http://127.0.0.1:{installed.processes.port}{path}"
    return httpx.get(url, headers=key, timeout=60).raise_for_status().json()


def assert_pace(requests: list[dict[str, Any]], seconds: float) -> None:
    """Check the pace of one kind of request. One may arrive later than it was sent, so the whole is judged."""
    times = sorted(datetime.fromisoformat(each["at"]) for each in requests)
    assert len(times) >= 3
    assert len(times) <= 2 + (times[-1] - times[0]).total_seconds() / seconds


def until(condition: Any, what: str, *, seconds: float = 300.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds:g} s for {what}"
        time.sleep(0.05)
