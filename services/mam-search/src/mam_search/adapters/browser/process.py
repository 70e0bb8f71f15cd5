"""The browser in its child process: started for the first page, and ended when no page was read for a while."""

import asyncio
import json
import os
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteRefusedUs, RemoteUnavailable
from shared.chassis.http import USER_AGENT
from shared.chassis.logging import logger

from mam_search.adapters.browser.chromium import (
    ChromiumMissing,
    ProxyNotSupported,
    find_chromium,
    options,
    proxy_settings,
)
from mam_search.adapters.browser.process_tree import kill_processes
from mam_search.adapters.mam.account_rules import SYSTEM
from mam_search.domain.refusals import BrowserStopped

START_SECONDS = 20.0
PAGE_SECONDS = 20.0
"""A page that takes longer is given up."""
GRACE_SECONDS = 5.0
"""How much longer the child process may take to say so. After that it counts as hung."""
IDLE_SECONDS = 45.0
"""The browser is closed after this time without a page: longer than the interval between two pages of a crawl."""
PAGES_PER_BROWSER = 50
"""A browser is replaced after this number of pages, because its memory grows with each."""
MAX_BYTES = 8 * 2**20
"""Size limit of a page."""
_LINE_BYTES = 8 * MAX_BYTES
_FOLDER = "gapless-browser-"

StoreCookie = Callable[[str], Awaitable[None]]
"""Called with each Set-Cookie header, before the next request."""


class BrowserFailed(RemoteUnavailable):
    """The browser did not start, ended or hung, or the page did not load in time."""


class PageInterrupted(BrowserFailed, BrowserStopped):
    """The browser ended or hung while it loaded the page, or the page did not end in time."""


class BrowserNotUsable(RemoteRefusedUs):
    """Chromium is not installed, or cannot use the proxy: a person has to act, so nothing is tried again."""


class PageUnreadable(RemoteAnsweredNonsense):
    """The page is too large, or leads to another host."""


_FAILURES: Mapping[str, type[RemoteError]] = {
    "timed_out": PageInterrupted,
    "too_large": PageUnreadable,
    "foreign": PageUnreadable,
}
"""The error of each kind of failure that is not one of the network."""


@dataclass(frozen=True, slots=True)
class LoadedPage:
    """A page as the browser shows it after its scripts ran, with the final address."""

    status: int
    url: str
    title: str
    html: str = field(repr=False)
    retry_after: str = ""
    challenge: str = ""


@dataclass(frozen=True, slots=True)
class BrowserOptions:
    """`program` is the path of Chromium; empty: the one that is on the path. `proxy` is an address or empty."""

    site: str
    program: str = ""
    proxy: str = field(default="", repr=False)
    sandbox: bool = True
    page_seconds: float = PAGE_SECONDS
    idle_seconds: float = IDLE_SECONDS
    max_bytes: int = MAX_BYTES


class BrowserProcess:
    """One browser. The caller sends one command at a time. After a failure that may leave it hung, it is ended."""

    def __init__(self, chosen: BrowserOptions) -> None:
        self._options = chosen
        self._process: Process | None = None
        self._folder = ""
        self._pages = 0
        self._lock = asyncio.Lock()
        self._closing: asyncio.Task[None] | None = None

    @property
    def folder(self) -> str:
        """The folder with all files of the browser; empty while no browser runs."""
        return self._folder

    @property
    def is_running(self) -> bool:
        """Whether the child process runs."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start the browser unless it runs.

        Raises `BrowserNotUsable` if it is missing, and `BrowserFailed` if it does not start.
        """
        async with self._lock:
            await self._keep_open()
            if self.is_running and self._pages < PAGES_PER_BROWSER:
                return
            await self._end()
            try:
                await self._start()
            except BaseException:
                await self._end()
                raise

    async def read(
        self, path: str, cookies: dict[str, str], store: StoreCookie, *, scripts: bool = False
    ) -> LoadedPage:
        """Load a page of the site. With `scripts`, also load its scripts, as forms need them.

        Raises `BrowserNotUsable`, `BrowserFailed` and `PageUnreadable`.
        """
        url = f"{self._options.site}/{path.lstrip('/')}"
        command = {"do": "read", "url": url, "cookies": cookies, "scripts": scripts}
        return await self._page(command, store)

    async def submit(self, fields: dict[str, str], ticks: list[str], button: str, store: StoreCookie) -> LoadedPage:
        """Fill the form of the page that was read last, submit it, and return the page that follows.

        `fields` are values by selector. Raises as `read` does.
        """
        return await self._page(
            {"do": "submit", "fields": fields, "ticks": ticks, "button": button, "scripts": True}, store
        )

    async def aclose(self) -> None:
        """End the browser and delete its folder."""
        async with self._lock:
            # With the lock, so that it is not cancelled while it ends the browser.
            if self._closing is not None:
                self._closing.cancel()
            await self._end()

    async def _page(self, command: dict[str, Any], store: StoreCookie) -> LoadedPage:
        if command["do"] == "read":
            await self.start()
        async with self._lock:
            self._pages += 1
            try:
                return await self._exchange(command, store)
            except BaseException:
                await self._end()
                raise
            finally:
                await self._keep_open()

    async def _exchange(self, command: dict[str, Any], store: StoreCookie) -> LoadedPage:
        seconds = self._options.page_seconds
        await self._send({**command, "seconds": seconds, "max_bytes": self._options.max_bytes})
        deadline = asyncio.get_running_loop().time() + seconds + GRACE_SECONDS
        while event := await self._event(deadline):
            match event.pop("event"):
                case "cookie":
                    await store(event["header"])
                case "page":
                    return LoadedPage(**event)
                case _:
                    kind = _FAILURES.get(event["kind"], BrowserFailed)
                    raise kind(SYSTEM, f"the browser could not load the page: {event['detail']}")
        raise PageInterrupted(SYSTEM, "the browser ended while it loaded the page")

    async def _event(self, deadline: float) -> dict[str, Any] | None:
        """The next event; None if the browser has ended."""
        process = self._process
        if process is None or process.stdout is None:
            return None
        try:
            async with asyncio.timeout_at(deadline):
                line = await process.stdout.readline()
            event: dict[str, Any] | None = json.loads(line) if line else None
        except TimeoutError as error:
            raise PageInterrupted(SYSTEM, "the browser does not answer") from error
        except ValueError as error:
            raise PageUnreadable(SYSTEM, "the page is too large") from error
        return event

    async def _send(self, message: dict[str, Any]) -> None:
        process = self._process
        if process is None or process.stdin is None:
            raise BrowserFailed(SYSTEM, "the browser is not running")
        try:
            process.stdin.write(json.dumps(message).encode() + b"\n")
            await process.stdin.drain()
        except OSError as error:
            raise PageInterrupted(SYSTEM, "the browser ended") from error

    async def _start(self) -> None:
        try:
            program = find_chromium(self._options.program)
            proxy = proxy_settings(self._options.proxy)
        except (ChromiumMissing, ProxyNotSupported) as error:
            raise BrowserNotUsable(SYSTEM, str(error)) from error
        self._folder, self._pages = tempfile.mkdtemp(prefix=_FOLDER), 0
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "mam_search.adapters.browser.child", self._folder),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            limit=_LINE_BYTES,
            start_new_session=True,
            # No setting of the service, so that no secret is in the environment of the browser.
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "TMPDIR": self._folder, "HOME": self._folder},
        )
        await self._send(
            {
                "program": program,
                "options": options(self._options.site, self._options.proxy),
                "site": self._options.site,
                "proxy": proxy,
                "product": USER_AGENT,
                # As root, Chromium refuses to start with its sandbox.
                "sandbox": self._options.sandbox and os.geteuid() != 0,
                "seconds": START_SECONDS,
            }
        )
        try:
            started = await self._event(asyncio.get_running_loop().time() + START_SECONDS + GRACE_SECONDS)
        except PageInterrupted as error:
            # The machine may have too much to do, so the next page had better wait.
            raise BrowserFailed(SYSTEM, "the browser did not start in time") from error
        if started is None:
            detail = f"{program} does not start; if its sandbox is not allowed here, allow user namespaces or set"
            raise BrowserFailed(SYSTEM, f"{detail} CHROMIUM_SANDBOX=false")
        logger().info("browser_started", version=started["version"])

    async def _end(self) -> None:
        """End the processes. The child process does it itself when its input ends, unless it is frozen or dead."""
        process, folder, self._process, self._folder = self._process, self._folder, None, ""
        if process is not None:
            await self._kill(process, folder)
        if folder:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _kill(self, process: Process, folder: str) -> None:
        if process.stdin is not None:
            process.stdin.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE_SECONDS):
                await process.wait()
        root = process.pid if process.returncode is None else None
        await asyncio.to_thread(kill_processes, folder, root)
        await process.wait()

    async def _keep_open(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
        self._closing = asyncio.create_task(self._close_when_idle())

    async def _close_when_idle(self) -> None:
        await asyncio.sleep(self._options.idle_seconds)
        async with self._lock:
            await self._end()
            logger().info("browser_closed")
