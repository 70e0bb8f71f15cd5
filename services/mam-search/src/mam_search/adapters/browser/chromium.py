"""Finds the installed Chromium, and the options with which it starts."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

DEBIAN_PROGRAM = Path("/usr/lib/chromium/chromium")
"""Debian's `chromium` is a script that starts this program with options for a desktop."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_INSTALL = (
    "Chromium is not installed, so no page can be read: install it (Debian: apt-get install --no-install-recommends"
    " chromium) or set CHROMIUM_PATH to its program"
)


class ChromiumMissing(Exception):
    """Chromium is not installed. The message says how to install it."""


def find_chromium(configured: str = "") -> str:
    """The path of the program: the configured one, else the first that is on the path.

    Raises `ChromiumMissing`.
    """
    if configured:
        if os.access(configured, os.X_OK) and not Path(configured).is_dir():
            return configured
        raise ChromiumMissing(f"CHROMIUM_PATH is {configured}, which is not a program; {HOW_TO_INSTALL}")
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise ChromiumMissing(HOW_TO_INSTALL)
    return str(DEBIAN_PROGRAM) if found == "/usr/bin/chromium" and DEBIAN_PROGRAM.exists() else found


def options(site: str) -> list[str]:
    """Options that keep the browser small and let it reach only the host of `site`, an address with a scheme."""
    return [
        # Any other host does not exist for the browser, not even after a redirect.
        f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {urlsplit(site).hostname}",
        "--renderer-process-limit=1",
        "--enable-low-end-device-mode",
        "--disable-site-isolation-trials",
        "--in-process-gpu",
        "--disable-gpu",
        "--disable-software-rasterizer",
        "--disable-extensions",
        "--disable-crash-reporter",
        "--disable-logging",
        "--js-flags=--max-old-space-size=128",
        "--blink-settings=imagesEnabled=false",
    ]
