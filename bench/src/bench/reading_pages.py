"""Pages read one after another without a pace: by mam-search, and by a bare browser. And the memory of the browser."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

import psutil
from mam_search.adapters.browser.chromium import ChromiumMissing, find_chromium, options
from mam_search.adapters.browser.guide_pages import read_guide
from mam_search.adapters.browser.parsed_page import ParsedPage
from mam_search.adapters.browser.process import BrowserFailed, BrowserNotUsable, BrowserOptions, BrowserProcess
from mam_search.adapters.browser.process_tree import processes_of
from mam_search.domain.crawl import PageAddress, PageKind
from playwright.async_api import async_playwright
from sandbox.testing import served
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bench.figures import Figure
from bench.measurement import NotMeasured, ShowProgress

SECTION = "pages, one after another"
PAGES = 40
PARAGRAPHS = "".join(f"<p>Paragraph {number} of a guide for members.</p>" for number in range(1000))
PAGE = f'<title>A guide</title><div id="guideBox"><h1>A guide</h1>{PARAGRAPHS}</div>'
MIB = 2**20


def measure_pages(show_progress: ShowProgress) -> list[Figure]:
    """The time for a page with mam-search's browser beside that of a bare one, and the memory. Raises `NotMeasured`."""
    show_progress("reading pages with a browser")
    try:
        return asyncio.run(_measure())
    except (ChromiumMissing, BrowserFailed, BrowserNotUsable) as error:
        raise NotMeasured(str(error)) from error


async def _measure() -> list[Figure]:
    async with served(Starlette(routes=[Route("/{page:path}", _page)])) as site:
        bare = await _bare_browser(site)
        browser = BrowserProcess(BrowserOptions(site))
        try:
            ours = await _milliseconds(lambda number: browser.read(f"/{number}", {"mam_id": "value"}, _ignore))

            async def crawl(number: int) -> None:
                address = PageAddress(PageKind.GUIDE, f"/guides/?gid={number + 1}")
                loaded = await browser.read(address.path, {"mam_id": "value"}, _ignore)
                await asyncio.to_thread(_convert, loaded.html, address, site)

            crawled = await _milliseconds(crawl)
            memory = _memory(browser.folder)
        finally:
            await browser.aclose()
    return [
        Figure(SECTION, "a page, median", ours, "ms", bare, "the bare browser"),
        Figure(SECTION, "a page of a crawl, read and converted, median", crawled, "ms", bare, "the bare browser"),
        Figure(SECTION, "memory of the browser", memory, "MiB"),
    ]


async def _bare_browser(site: str) -> float:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=options(site))
        page = await browser.new_page()

        async def load(number: int) -> None:
            await page.goto(f"{site}/{number}", wait_until="domcontentloaded")
            await page.content()

        duration = await _milliseconds(load)
        await browser.close()
        return duration


async def _milliseconds(read: Callable[[int], Awaitable[object]]) -> float:
    """The median duration of a page, after a first one that is not counted."""
    durations = []
    for number in range(PAGES + 1):
        started = time.monotonic()
        await read(number)
        durations.append(1000 * (time.monotonic() - started))
    return statistics.median(durations[1:])


def _convert(html: str, address: PageAddress, site: str) -> None:
    """Convert a guide as a crawl does. Raises `PageChanged` if it does not have the markup of a guide."""
    read_guide(ParsedPage(html, "A guide", address.path, site), address)


def _memory(folder: str) -> float:
    """The memory of all processes of the browser in MiB. Shared memory is divided among those that share it."""
    return sum(psutil.Process(number).memory_full_info().pss for number in processes_of(folder)) / MIB


async def _page(_request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"set-cookie": "mam_id=next; Path=/"})


async def _ignore(_header: str) -> None:
    """Cookies are not stored, as by the bare browser."""
