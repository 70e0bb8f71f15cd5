"""The child process that runs the browser: `python -m mam_search.adapters.browser.child FOLDER`.

It runs Playwright and Chromium, so that the service needs their memory only while pages are read. It reads commands as
JSON lines from standard input and writes events as JSON lines to standard output. When standard input ends, because
the service ended or closes the browser, a thread kills every process of the browser, deletes the folder and ends this
process, even if the browser or the event loop hangs.

Secrets come in commands only: they are never in an argument, in the environment or in the folder. The browser keeps its
cookies in memory, because it reads in a private window.
"""

import asyncio
import json
import os
import re
import shutil
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NoReturn, Self
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    ProxySettings,
    Request,
    Response,
    Route,
    ViewportSize,
    async_playwright,
)

from mam_search.adapters.browser.process_tree import kill_processes

VIEWPORT = ViewportSize(width=1280, height=800)
COOKIE_SECONDS = 2.0
"""How long a page that failed waits for the headers of its responses."""
_NET_ERROR = re.compile(r"net::ERR_[A-Z0-9_]+")
_ENDING = threading.Lock()
_SCRIPTS = frozenset({"script", "xhr", "fetch"})

Command = Mapping[str, Any]


class PageFailed(Exception):
    """A page could not be read. `kind` is stable; the message contains no address and no secret."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


class Window:
    """One private window of one browser. It loads pages of one site only."""

    def __init__(self, context: BrowserContext, page: Page, site: str) -> None:
        self._context = context
        self._page = page
        self._site = site
        self._host = urlsplit(site).hostname
        self._scripts = False
        self._bytes = 0
        self._max_bytes = 0
        self._too_large = asyncio.Event()
        self._foreign = False
        self._responses: list[asyncio.Task[None]] = []

    @classmethod
    async def open(cls, browser: Browser, start: Command) -> Self:
        """Open the window. The browser calls itself what it is, followed by the product.

        The proxy is that of the window: what the browser sends on its own account has none, and reaches no host.
        """
        first = await browser.new_page()
        agent = f"{await first.evaluate('navigator.userAgent')} {start['product']}"
        await first.close()
        proxy: ProxySettings | None = start["proxy"]
        context = await browser.new_context(
            viewport=VIEWPORT, user_agent=agent, accept_downloads=False, service_workers="block", proxy=proxy
        )
        window = cls(context, await context.new_page(), start["site"])
        await context.route("**/*", window._admit)
        window._page.on("request", window._requested)
        window._page.on("response", window._responded)
        devtools = await context.new_cdp_session(window._page)
        devtools.on("Network.dataReceived", window._received)
        await devtools.send("Network.enable")
        return window

    async def load(self, command: Command) -> None:
        """Load a page and write it. Each new cookie is written as soon as it is received."""
        self._begin(command)
        await self._context.clear_cookies()
        await self._context.add_cookies(
            [{"name": name, "value": value, "url": self._site} for name, value in command["cookies"].items()]
        )
        await self._load(self._page.goto(command["url"], wait_until="domcontentloaded", timeout=0))

    async def submit(self, command: Command) -> None:
        """Fill the form of the current page, submit it and write the page that follows."""
        page = self._page
        self._begin(command)
        for selector, value in command["fields"].items():
            await page.locator(selector).first.fill(value)
        for selector in command["ticks"]:
            if await page.locator(selector).count():
                await page.locator(selector).first.check()

        async def click() -> Response | None:
            async with page.expect_navigation(wait_until="domcontentloaded", timeout=0) as navigation:
                await page.locator(command["button"]).first.click()
            return await navigation.value

        await self._load(click())

    def _begin(self, command: Command) -> None:
        self._scripts, self._max_bytes, self._bytes, self._foreign = command["scripts"], command["max_bytes"], 0, False
        self._too_large.clear()
        self._responses.clear()

    async def _load(self, loading: Any) -> None:
        page = self._page
        task, large = asyncio.ensure_future(loading), asyncio.ensure_future(self._too_large.wait())
        try:
            await asyncio.wait({task, large}, return_when=asyncio.FIRST_COMPLETED)
            if self._too_large.is_set():
                raise PageFailed("too_large", f"the page is larger than {self._max_bytes / 2**20:g} MiB")
            response = await task
            if self._foreign:
                raise PageFailed("foreign", "the site redirects to another host")
            if response is None:
                raise PageFailed("failed", "the site sent no page")
            await asyncio.gather(*self._responses)
            html = await page.content()
            if len(html) > self._max_bytes:
                raise PageFailed("too_large", f"the page is larger than {self._max_bytes / 2**20:g} MiB")
            headers = await response.all_headers()
            write(
                event="page",
                status=response.status,
                url=page.url,
                title=await page.title(),
                html=html,
                retry_after=headers.get("retry-after", ""),
                challenge=headers.get("cf-mitigated", ""),
            )
        finally:
            for each in (task, large):
                each.cancel()
            await asyncio.gather(task, large, return_exceptions=True)
            if self._responses:  # also after a failure: a cookie that is lost may be the only valid session
                await asyncio.wait(self._responses, timeout=COOKIE_SECONDS)

    async def _admit(self, route: Route) -> None:
        """Load the page itself, and scripts where a form needs them. One view of any other page is one request."""
        request = route.request
        ours = urlsplit(request.url).hostname == self._host
        main = request.is_navigation_request() and request.frame.parent_frame is None
        if ours and (main or (self._scripts and request.resource_type in _SCRIPTS)):
            await route.continue_()
        else:
            await route.abort()

    def _requested(self, request: Request) -> None:
        if request.is_navigation_request() and urlsplit(request.url).hostname != self._host:
            self._foreign = True

    def _responded(self, response: Response) -> None:
        if urlsplit(response.url).hostname == self._host:
            self._responses.append(asyncio.create_task(_write_cookies(response)))

    def _received(self, event: dict[str, Any]) -> None:
        self._bytes += event["dataLength"]
        if self._bytes > self._max_bytes:
            self._too_large.set()


async def _write_cookies(response: Response) -> None:
    with suppress(Error):
        for header in await response.headers_array():
            if header["name"].lower() == "set-cookie":
                for cookie in header["value"].split("\n"):
                    write(event="cookie", header=cookie)


def write(**event: Any) -> None:
    """Write one event."""
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


async def serve(folder: str) -> None:
    """Start the browser with the options of the first line, then carry out one command after another."""
    commands: asyncio.Queue[str] = asyncio.Queue()
    threading.Thread(target=_read_commands, args=(folder, asyncio.get_running_loop(), commands), daemon=True).start()
    start = json.loads(await commands.get())
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=start["program"],
            args=start["options"],
            chromium_sandbox=start["sandbox"],
            timeout=start["seconds"] * 1000,
        )
        browser.on("disconnected", lambda _: threading.Thread(target=end, args=(folder,), daemon=True).start())
        window = await Window.open(browser, start)
        write(event="started", version=browser.version)
        while True:
            command = json.loads(await commands.get())
            await _carry_out(window, command)


async def _carry_out(window: Window, command: Command) -> None:
    try:
        async with asyncio.timeout(command["seconds"]):
            await (window.submit(command) if command["do"] == "submit" else window.load(command))
    except TimeoutError:
        write(event="failed", kind="timed_out", detail=f"the page did not load within {command['seconds']:g} s")
    except PageFailed as failure:
        write(event="failed", kind=failure.kind, detail=str(failure))
    except Error as error:
        # The message quotes the address, which may contain a key.
        found = _NET_ERROR.search(error.message)
        write(event="failed", kind="failed", detail=found[0] if found else "the browser failed to load the page")


def end(folder: str) -> NoReturn:
    """Kill every process of the browser, delete its folder and end this process."""
    with _ENDING:
        kill_processes(folder)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def _read_commands(folder: str, loop: asyncio.AbstractEventLoop, commands: asyncio.Queue[str]) -> NoReturn:
    for line in sys.stdin:
        loop.call_soon_threadsafe(commands.put_nowait, line)
    end(folder)


if __name__ == "__main__":
    try:
        asyncio.run(serve(sys.argv[1]))
    finally:
        end(sys.argv[1])
