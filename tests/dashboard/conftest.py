"""A browser, and installations whose dashboard it opens: one with books added by hand, one with a scanned library.

All modules share them: conftest.py of the project runs these modules in one process.
"""

import base64
import json
import os
import shutil
import time
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
from harness.processes import Processes
from harness.trial import trial
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from sandbox.worldmaking.shipped import SANDBOX
from scheduler.domain.task_table import TASKS

PASSWORD = "a password for tests"
NO_SCHEDULE = {f"TASK_{task.name.upper()}_CRON": "by hand" for task in TASKS}
AXE = Path(__file__).parents[2] / "dashboard" / "node_modules" / "axe-core" / "axe.min.js"
HOSTILE = (
    '<img src=x onerror="document.title=1"> </title><script>document.title=2</script> \u202egnp.exe 😀 ' + "x" * 380
)
"""A title with markup, a script, text that changes its direction, an emoji, and no place to break."""
WAIT_MILLISECONDS = 60_000
expect.set_options(timeout=WAIT_MILLISECONDS)
PICTURE_QUALITY = 75
WIDTHS = {"phone": 360, "wide": 1440}


@dataclass
class Dashboard:
    """A running gateway with some books, and its address."""

    url: str
    api: httpx.Client
    openid_url: str
    """The OpenID Connect provider of the sandbox."""
    books: list[str] = field(default_factory=list)

    def add_book(self, title: str, **fields: object) -> str:
        """Add a book by hand, as one that is owned elsewhere. Returns its id."""
        answer = self.api.post("/api/books", json={"title": title, "authors": ["L. Frank Baum"], **fields})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


def require_built_dashboard() -> None:
    """Fail if the dashboard was not built."""
    if not (BUILT / INDEX).is_file() or not AXE.is_file():
        pytest.fail("the dashboard was not built: run `make dashboard`", pytrace=False)


@pytest.fixture(scope="package")
def dashboard() -> Iterator[Dashboard]:
    """An installation that was never signed in to, with 120 books and one series."""
    require_built_dashboard()
    with trial(SANDBOX / "worlds" / "small.json", NO_SCHEDULE, preloaded=True) as installed:
        installed.wait_until_healthy()
        processes = installed.processes
        url = f"http://127.0.0.1:{processes.port}"
        with httpx.Client(base_url=url, headers={"X-Api-Key": processes.installation.api_key}, timeout=60) as api:
            made = Dashboard(url, api, processes.sandbox_addresses["openid"])
            for number in range(1, 121):
                made.books.append(made.add_book(f"Book {number:03}"))
            series = api.post("/api/series", json={"name": f"Oz {HOSTILE[:180]}", "authors": ["L. Frank Baum"]})
            assert series.status_code == 201, series.text
            yield made


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
        """Run a task again and again until the condition holds. Raises `TimeoutError` after a minute."""
        deadline = time.monotonic() + WAIT_MILLISECONDS / 1000
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{task} did not lead to it within a minute")
            self.run(task)

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
    require_built_dashboard()
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


@pytest.fixture(scope="package")
def browser(dashboard: Dashboard, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The Chromium of the system. As root it has no sandbox.

    Playwright runs an event loop in this thread. The installations, which start with another, are there before it, and
    the browser is closed before the tests of other folders run.
    """
    if any("scanned" in getattr(item, "fixturenames", ()) for item in request.session.items):
        request.getfixturevalue("scanned")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield started
        started.close()


@dataclass
class Tab:
    """A page of the dashboard, and what the browser complained about."""

    page: Page
    url: str
    complaints: list[str]

    def open(self, path: str) -> None:
        """Open a page, and wait until it has loaded what it shows."""
        self.page.goto(self.url + path)
        self.page.locator("main").wait_for()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is loading."""
        self.page.wait_for_function(
            "() => document.querySelector('h1')"
            " && !document.querySelector('[aria-busy=true], [role=status] [class*=spinner]')"
        )

    def picture(self, name: str) -> None:
        """Write what the tab shows as an image for the documentation, if SCREENSHOTS names a folder."""
        folder = os.environ.get("SCREENSHOTS")
        if not folder:
            return
        session = self.page.context.new_cdp_session(self.page)
        shown = session.send("Page.captureScreenshot", {"format": "webp", "quality": PICTURE_QUALITY})
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, f"{name}.webp").write_bytes(base64.b64decode(shown["data"]))


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until the condition holds. Raises `TimeoutError` after a minute."""
    deadline = time.monotonic() + WAIT_MILLISECONDS / 1000
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the condition did not hold within a minute")
        time.sleep(0.1)


def signed_in(browser: Browser, scanned: Scanned) -> Any:
    """The cookies of a browser that is signed in with the API key."""
    context = browser.new_context()
    answer = context.request.post(
        f"{scanned.url}/api/session", data={"api_key": scanned.key}, headers={"Origin": scanned.url}
    )
    assert answer.ok, answer.text()
    state = context.storage_state()
    context.close()
    return state


def tab_in(context: BrowserContext, url: str) -> Tab:
    """A new tab that records errors of scripts and violations of the content policy."""
    page = context.new_page()
    tab = Tab(page, url, [])

    def record(message: ConsoleMessage) -> None:
        # A refused call is shown on the page; the browser reports it in the console too.
        if message.type == "error" and "Failed to load resource" not in message.text:
            tab.complaints.append(message.text)

    page.on("console", record)
    page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    page.set_default_timeout(WAIT_MILLISECONDS)
    return tab


@pytest.fixture(scope="package")
def session(browser: Browser, dashboard: Dashboard) -> dict[str, object]:
    """The cookies of a browser in which a person has set the first password."""
    context = browser.new_context(locale="en-GB")
    tab = tab_in(context, dashboard.url)
    tab.page.goto(dashboard.url)
    tab.page.get_by_label("Password, at least 10 characters").fill("short")
    tab.page.get_by_role("button", name="Set the password").click()
    expect(tab.page.get_by_role("alert")).to_contain_text("at least 10 characters")
    tab.page.get_by_label("Password, at least 10 characters").fill(PASSWORD)
    tab.page.get_by_label("The same password again").fill(PASSWORD)
    tab.page.get_by_role("button", name="Set the password").click()
    expect(tab.page.get_by_role("heading", level=1, name="Home")).to_be_visible()
    assert tab.complaints == []
    state = context.storage_state()
    context.close()
    return dict(state)


@pytest.fixture
def tab(browser: Browser, dashboard: Dashboard, session: dict[str, object]) -> Iterator[Tab]:
    """A signed-in tab. No script fails in it, and nothing violates the content policy."""
    context = browser.new_context(storage_state=session, viewport={"width": 1440, "height": 900}, locale="en-GB")  # type: ignore[arg-type]
    made = tab_in(context, dashboard.url)
    yield made
    context.close()
    assert made.complaints == []


def violations(tab: Tab) -> list[str]:
    """What axe finds wrong on the page."""
    tab.page.evaluate(AXE.read_text("utf-8"))
    result = tab.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {each['help']}: {json.dumps([node['html'][:200] for node in each['nodes']])}"
        for each in result["violations"]
    ]
