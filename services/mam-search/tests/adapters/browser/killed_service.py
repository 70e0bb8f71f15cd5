"""A process that reads a page and keeps its browser open. A test kills it."""

import asyncio
import sys

from mam_search.adapters.browser.process import BrowserOptions, BrowserProcess


async def ignore(_header: str) -> None:
    """No cookie is stored."""


async def main(url: str) -> None:
    """Report the folder of the browser, then load a page and wait."""
    browser = BrowserProcess(BrowserOptions(url))
    await browser.start()
    sys.stdout.write(f"folder {browser.folder}\n")
    sys.stdout.flush()
    await browser.read("/login.php", {}, ignore)
    await asyncio.sleep(600)


asyncio.run(main(sys.argv[1]))
