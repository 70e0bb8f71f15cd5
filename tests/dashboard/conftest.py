"""A browser, and an installation with a scanned library whose dashboard it opens.

All modules share them: conftest.py of the project runs these modules in one process.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from cli.task_runs import run_to_end
from gapless_client import Gapless
from gateway.dashboard.files import BUILT, INDEX
from harness.browser import PASSWORD, SIZE, Tab, chromium, require_built, run_until, tab_in
from harness.processes import Processes
from harness.trial import trial
from playwright.sync_api import Browser
from sandbox.worldmaking.shipped import SANDBOX
from scheduler.domain.task_table import TASKS

NO_SCHEDULE = {f"TASK_{task.name.upper()}_CRON": "by hand" for task in TASKS}
NARRATOR = "Imogen Readwell"
"""Reads the books that are added by hand, and no other. A list of these books is filtered by this name."""
BOOKS_BY_HAND = 60
HOSTILE = (
    '<img src=x onerror="document.title=1"> </title><script>document.title=2</script> \u202egnp.exe 😀 ' + "x" * 380
)
"""A title with markup, a script, text that changes its direction, an emoji, and no place to break."""


@dataclass
class Scanned:
    """An installation whose library was scanned and compared. Nothing is downloaded before a person asks for it."""

    url: str
    key: str
    library: Path
    api: httpx.Client
    client: Gapless
    processes: Processes

    def run(self, task: str) -> None:
        """Run a task, and wait until it has ended."""
        run_to_end(self.client, task)

    def run_until(self, task: str, condition: Callable[[], bool]) -> None:
        """Run a task again and again until the condition holds. Raises `TimeoutError` after three minutes."""
        run_until(self.client, [task], condition)

    def series_with_gaps(self) -> dict[str, str]:
        """The series with the most books that are missing and not searched yet."""
        series = self.api.get("/api/series", params={"sort": "-missing"}).json()["items"]
        return next(each for each in series if self.open_gaps(each["id"]))

    def open_gaps(self, series_id: str) -> list[dict[str, str]]:
        """The missing books of a series that are not searched yet."""
        address = f"/api/series/{series_id}/missing"
        found = self.api.get(address, params={"status": "identified", "limit": 200}).json()["items"]
        return list(found)

    def downloads_of(self, missing_ids: Iterable[str]) -> list[dict[str, str]]:
        """The newest download of each of these missing books."""
        found = self.api.get("/api/downloads", params={"missing_book_id": list(missing_ids)}).json()["items"]
        return list({each["missing_book_id"]: each for each in reversed(found)}.values())

    def missing(self, title: str) -> str:
        """The id of a missing book."""
        books = self.api.get("/api/books/missing", params={"limit": 200}).json()["items"]
        return str(next(book["id"] for book in books if book["title"] == title))


@pytest.fixture(scope="package")
def scanned() -> Iterator[Scanned]:
    """The small world after the scan of its library, the search for gaps and the check of every book."""
    require_built(BUILT / INDEX)
    settings = {**NO_SCHEDULE, "SERIES_AUTO_DOWNLOAD": "false", "AUTHOR_AUTO_DOWNLOAD": "false"}
    with trial(SANDBOX / "worlds" / "small.json", settings, preloaded=True) as installed:
        installed.wait_until_healthy()
        processes = installed.processes
        url, key = f"http://127.0.0.1:{processes.port}", processes.installation.api_key
        with (
            httpx.Client(base_url=url, headers={"X-Api-Key": key}, timeout=60) as api,
            closing(processes.api) as client,
        ):
            made = Scanned(url, key, processes.sandbox_folder / "library", api, client, processes)
            for task in ("library_scan", "series_completion", "library_check"):
                made.run(task)
            yield made


@dataclass
class Dashboard:
    """The installation with the scanned library, and the books that were added to it by hand."""

    url: str
    api: httpx.Client
    openid_url: str
    """The OpenID Connect provider of the sandbox."""
    books: list[str] = field(default_factory=list)

    def add_book(self, title: str, **fields: object) -> str:
        """Add a book by hand, as one that is owned elsewhere. Returns its id."""
        entry = {"title": title, "authors": ["L. Frank Baum"], "narrators": [NARRATOR], **fields}
        answer = self.api.post("/api/books", json=entry)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@pytest.fixture(scope="package")
def dashboard(scanned: Scanned) -> Dashboard:
    """The scanned library, a password, a series without books, and books of `NARRATOR` that were added by hand."""
    made = Dashboard(scanned.url, scanned.api, scanned.processes.sandbox_addresses["openid"])
    origin = {"Origin": scanned.url}
    scanned.api.post("/api/session/first-password", json={"password": PASSWORD}, headers=origin).raise_for_status()
    for number in range(1, BOOKS_BY_HAND + 1):
        made.books.append(made.add_book(f"Book {number:03}"))
    series = scanned.api.post("/api/series", json={"name": f"Oz {HOSTILE[:180]}", "authors": ["L. Frank Baum"]})
    assert series.status_code == 201, series.text
    return made


@pytest.fixture(scope="package")
def browser(dashboard: Dashboard) -> Iterator[Browser]:  # the installation starts before it
    """A browser that is closed before the tests of other folders run."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="package")
def session(browser: Browser, scanned: Scanned) -> Any:
    """The cookies of a browser that is signed in with the API key."""
    context = browser.new_context()
    answer = context.request.post(
        f"{scanned.url}/api/session", data={"api_key": scanned.key}, headers={"Origin": scanned.url}
    )
    assert answer.ok, answer.text()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="package")
def signed_in(browser: Browser, scanned: Scanned, session: Any) -> Iterator[Tab]:
    """The signed-in tab of all tests. A new one for each would start a process and compile the dashboard again."""
    context = browser.new_context(storage_state=session, viewport=SIZE, locale="en-GB", reduced_motion="reduce")
    yield tab_in(context, scanned.url)
    context.close()


@pytest.fixture
def tab(signed_in: Tab, session: Any) -> Iterator[Tab]:
    """A signed-in tab, as it was before the first test. No script fails in it, and nothing violates the policy."""
    signed_in.complaints.clear()
    yield signed_in
    signed_in.leave(session)
    assert signed_in.complaints == []
