"""A browser in which tests use the dashboard, and what axe finds wrong on a page."""

import base64
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cli.task_runs import run_to_end
from gapless_client import Gapless
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

PASSWORD = "a password for tests"
AXE = Path(__file__).parents[4] / "dashboard" / "node_modules" / "axe-core" / "axe.min.js"
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

Light and dark differ only in colours, so the second of them is checked for these. Each form differs from the one before
in the theme or in the width, and a tab begins with the last one.
"""
GO = "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')) }"
SETTLED = "document.querySelector('h1') && !document.querySelector('[aria-busy=true], [role=status] [class*=spinner]')"
SHOWN = (
    "scheme => document.documentElement.dataset.theme === scheme"
    f" && !document.getAnimations().some(each => each instanceof CSSTransition) && {SETTLED}"
)
CHECK = """async rules => {
    if (!('axe' in window)) return null
    const options = { resultTypes: ['violations'], elementRef: true, preload: false, iframes: false }
    if (rules.length) options.runOnly = rules
    const { violations } = await axe.run(document, options)
    const shown = each => JSON.stringify(each.nodes.map(({ element }) => element.outerHTML.slice(0, 200)))
    return violations.map(each => `${each.id}: ${each.help}: ${shown(each)}`)
}"""
WITHOUT_HTML = "() => axe.configure({ noHtml: true })"
"""axe would write down every element that it looks at. The check does so for those that are wrong."""


def require_built(dashboard: Path) -> None:
    """Fail if this file of the built dashboard or the checks of its pages are missing."""
    if not dashboard.is_file() or not AXE.is_file():
        pytest.fail("the dashboard was not built: run `make dashboard`", pytrace=False)


def run_until(client: Gapless, tasks: Sequence[str], condition: Callable[[], bool]) -> None:
    """Run the tasks again and again until the condition holds. Raises `TimeoutError` after three minutes."""
    deadline = time.monotonic() + RUNS_WITHIN_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{', '.join(tasks)} did not lead to it within {RUNS_WITHIN_SECONDS} s")
        for task in tasks:
            run_to_end(client, task)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until the condition holds. Raises `TimeoutError` after a minute."""
    deadline = time.monotonic() + WAIT_MILLISECONDS / 1000
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the condition did not hold within a minute")
        time.sleep(0.1)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of the system. As root it has no sandbox.

    Playwright runs an event loop in this thread, so an installation, which starts with another, is there before it.
    """
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
        """Go to an English page from another one, as a link does, and wait until it has loaded what it shows.

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
        self.page.wait_for_function(f"() => {SETTLED}")

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
        if self.page.viewport_size != {"width": width, "height": height}:
            self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        # The page follows the system a moment later, and buttons change their colours with a transition.
        self.page.wait_for_function(SHOWN, arg=scheme)

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


def violations(tab: Tab, rules: Iterable[str] = ()) -> list[str]:
    """What axe finds wrong on the page, by these rules only or by all of them."""
    found = tab.page.evaluate(CHECK, list(rules))
    if found is None:
        tab.page.evaluate(AXE.read_text("utf-8"))
        tab.page.evaluate(WITHOUT_HTML)
        found = tab.page.evaluate(CHECK, list(rules))
    return list(found)


def violations_in_every_form(tab: Tab) -> list[str]:
    """What axe finds wrong on the page, and where it is too wide, in each of `FORMS`. The page is not loaded again."""
    found = []
    for scheme, width, rules in FORMS:
        tab.show(scheme, width)
        found += [f"{scheme}, {width} px: {each}" for each in violations(tab, rules)]
        if not tab.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"):
            found.append(f"{width} px: the page is wider than the window")
    return found
