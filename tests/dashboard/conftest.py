"""A browser, and installations whose dashboard it opens: one with a scanned library, one without settings.

All modules share them: conftest.py of the project runs these modules in one process.
"""

import base64
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from cli.task_runs import run_to_end
from demo.demo import DEMO_SETTINGS
from demo.sandbox_process import sandbox_process
from embedded.folder import passing_folder
from gapless_client import Gapless
from gateway.dashboard.files import BUILT, INDEX
from harness.processes import Processes
from harness.trial import trial
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect, sync_playwright
from sandbox.worldmaking.shipped import SANDBOX
from scheduler.domain.task_table import TASKS

PASSWORD = "a password for tests"
NO_SCHEDULE = {f"TASK_{task.name.upper()}_CRON": "by hand" for task in TASKS}
AXE = Path(__file__).parents[2] / "dashboard" / "node_modules" / "axe-core" / "axe.min.js"
NARRATOR = "Imogen Readwell"
"""Reads the books that are added by hand, and no other. A list of these books is filtered by this name."""
BOOKS_BY_HAND = 60
HOSTILE = (
    '<img src=x onerror="document.title=1"> </title><script>document.title=2</script> \u202egnp.exe 😀 ' + "x" * 380
)
"""A title with markup, a script, text that changes its direction, an emoji, and no place to break."""
WAIT_MILLISECONDS = 60_000
RUNS_WITHIN_SECONDS = 180
expect.set_options(timeout=WAIT_MILLISECONDS)
PICTURE_QUALITY = 75
SIZE: ViewportSize = {"width": 1440, "height": 900}
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
"""The rules of axe whose result depends on the colours of the theme."""
FORMS: list[tuple[str, int, list[str]]] = [
    ("light", 360, []),
    ("dark", 360, COLOUR_RULES),
    ("dark", 1440, COLOUR_RULES),
    ("light", 1440, []),
]
"""The themes and widths in which a page is checked, and by which rules; none: by all of them.

Light and dark differ only in colours, so the second of them is checked for these.
"""
GO = "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')) }"


ENTERED = {
    "ABS_URL", "ABS_TOKEN", "DOWNLOAD_PATH", "LIBRARY_PATH", "QBITTORRENT_URL", "QBITTORRENT_USERNAME",
    "QBITTORRENT_PASSWORD", "MAM_SESSION", "PROWLARR_URL", "PROWLARR_API_KEY", "HARDCOVER_TOKEN",
}  # fmt: skip
"""What the person enters. The environment only has the addresses of the sandbox in the place of public sites."""


def require_built_dashboard() -> None:
    """Fail if the dashboard was not built."""
    if not (BUILT / INDEX).is_file() or not AXE.is_file():
        pytest.fail("the dashboard was not built: run `make dashboard`", pytrace=False)


def run_until(client: Gapless, tasks: Sequence[str], condition: Callable[[], bool]) -> None:
    """Run the tasks again and again until the condition holds. Raises `TimeoutError` after three minutes."""
    deadline = time.monotonic() + RUNS_WITHIN_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{', '.join(tasks)} did not lead to it within {RUNS_WITHIN_SECONDS} s")
        for task in tasks:
            run_to_end(client, task)


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


@dataclass
class Unconfigured:
    """A running installation whose services wait for settings, and the values that they need."""

    processes: Processes
    values: dict[str, str]

    @property
    def url(self) -> str:
        """The address of the gateway."""
        return f"http://127.0.0.1:{self.processes.port}"

    @property
    def _key(self) -> dict[str, str]:
        return {"X-Api-Key": self.processes.installation.api_key}

    def wait_for_services(self) -> None:
        """Wait until every service says which settings it needs. Raises `TimeoutError` after a minute."""
        deadline = time.monotonic() + WAIT_MILLISECONDS / 1000
        with httpx.Client(base_url=self.url, headers=self._key, timeout=60) as api:
            while any(each["settings"] is None for each in api.get("/api/settings").json()):
                if time.monotonic() > deadline:
                    raise TimeoutError("a service does not answer")
                time.sleep(0.2)

    def has_imported(self) -> bool:
        """Whether a download was imported."""
        answer = httpx.get(f"{self.url}/api/downloads?status=imported&limit=1", headers=self._key, timeout=60)
        return bool(answer.raise_for_status().json()["total"])

    def run_until(self, tasks: Sequence[str], condition: Callable[[], bool]) -> None:
        """Run the tasks again and again until the condition holds. Raises `TimeoutError` after three minutes."""
        with closing(self.processes.api) as client:
            run_until(client, tasks, condition)


@pytest.fixture(scope="package")
def unconfigured() -> Iterator[Unconfigured]:
    """An installation beside the small world whose services wait for their settings."""
    require_built_dashboard()
    with (
        passing_folder() as folder,
        sandbox_process(SANDBOX / "worlds" / "small.json", folder / "sandbox") as sandbox_settings,
    ):
        values = sandbox_settings()
        outside = {name: value for name, value in values.items() if name not in ENTERED}
        settings = {**outside, **DEMO_SETTINGS, **NO_SCHEDULE, "MAM_RATE_LIMIT": "0", "SERIES_AUTO_DOWNLOAD": "true"}
        with Processes(folder / "data", settings, preloaded=True) as processes:
            made = Unconfigured(processes, values)
            made.wait_for_services()
            yield made


@pytest.fixture(scope="package")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The Chromium of the system. As root it has no sandbox.

    Playwright runs an event loop in this thread. The installations, which start with another, are there before it, and
    the browser is closed before the tests of other folders run.
    """
    for installation in ("scanned", "dashboard", "unconfigured"):
        if any(installation in getattr(item, "fixturenames", ()) for item in request.session.items):
            request.getfixturevalue(installation)
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

    def visit(self, path: str) -> None:
        """Go to a page from another one, as a link does, and wait until it has loaded what it shows.

        The program is not loaded again, which takes longer than the page itself. The page between the two has nothing
        to load. When it is gone, the wanted one is there.
        """
        between = self.page.get_by_text("There is no such page")
        self.page.evaluate(GO, "/no/such/page")
        between.wait_for()
        self.page.evaluate(GO, path)
        between.wait_for(state="hidden")
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is loading."""
        self.page.wait_for_function(
            "() => document.querySelector('h1')"
            " && !document.querySelector('[aria-busy=true], [role=status] [class*=spinner]')"
        )

    def leave(self, storage: Any) -> None:
        """Leave the page, and undo what a test can change of the tab. `storage` has the cookies that it began with."""
        context = self.page.context
        context.set_offline(False)
        context.clear_permissions()
        self.page.unroute_all()
        self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        self.page.goto("about:blank")
        context.clear_cookies()
        context.add_cookies(storage["cookies"])
        self.page.emulate_media(media="screen", color_scheme="light")
        self.page.set_viewport_size(SIZE)

    def show(self, scheme: str, width: int, height: int = 900) -> None:
        """Change the colours and the size without loading the page again."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        # The page follows the system a moment later, and buttons change their colours with a transition.
        self.page.wait_for_function(
            "scheme => document.documentElement.dataset.theme === scheme"
            " && !document.getAnimations().some(each => each instanceof CSSTransition)",
            arg=scheme,
        )
        self.settle()

    def pictures(self, name: str) -> None:
        """Write the tab, light and dark, as images for the documentation, if SCREENSHOTS names a folder."""
        folder = os.environ.get("SCREENSHOTS")
        if not folder:
            return
        session = self.page.context.new_cdp_session(self.page)
        Path(folder).mkdir(parents=True, exist_ok=True)
        for scheme in ("light", "dark"):
            self.show(scheme, 1280, 800)
            shown = session.send("Page.captureScreenshot", {"format": "webp", "quality": PICTURE_QUALITY})
            Path(folder, f"{name}-{scheme}.webp").write_bytes(base64.b64decode(shown["data"]))


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until the condition holds. Raises `TimeoutError` after a minute."""
    deadline = time.monotonic() + WAIT_MILLISECONDS / 1000
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the condition did not hold within a minute")
        time.sleep(0.1)


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


def violations(tab: Tab, rules: Iterable[str] = ()) -> list[str]:
    """What axe finds wrong on the page, by these rules only or by all of them."""
    if not tab.page.evaluate("() => 'axe' in window"):
        tab.page.evaluate(AXE.read_text("utf-8"))
    options: dict[str, object] = {"resultTypes": ["violations"], "preload": False, "iframes": False}
    if rules:
        options["runOnly"] = list(rules)
    result = tab.page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{each['id']}: {each['help']}: {json.dumps([node['html'][:200] for node in each['nodes']])}"
        for each in result["violations"]
    ]


def violations_in_every_form(tab: Tab) -> list[str]:
    """What axe finds wrong on the page, and where it is too wide, in each of `FORMS`. The page is not loaded again."""
    found = []
    for scheme, width, rules in FORMS:
        tab.show(scheme, width)
        found += [f"{scheme}, {width} px: {each}" for each in violations(tab, rules)]
        if not tab.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"):
            found.append(f"{width} px: the page is wider than the window")
    return found
