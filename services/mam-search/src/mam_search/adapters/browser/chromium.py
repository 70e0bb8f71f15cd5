"""Finds the installed Chromium, and the options and the proxy with which it starts."""

import os
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

from shared.translatable import translatable

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


class ProxyNotSupported(Exception):
    """Chromium cannot use this proxy. The message says why."""


def proxy_settings(address: str) -> dict[str, str] | None:
    """The proxy at an address such as `http://user:password@host:3128`, as Playwright expects it; None without one.

    Raises `ProxyNotSupported` for a SOCKS proxy with a password, which Chromium cannot send.
    """
    if not address:
        return None
    parts = urlsplit(address)
    scheme = "socks5" if parts.scheme.startswith("socks5") else parts.scheme
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    server = f"{scheme}://{host}:{parts.port}" if parts.port else f"{scheme}://{host}"
    if not parts.username:
        return {"server": server}
    if scheme == "socks5":
        words = (
            "Chromium cannot send a password to a SOCKS proxy, so no page can be read: use an HTTP proxy for MAM_PROXY,"
            " or a SOCKS proxy without a password"
        )
        raise ProxyNotSupported(translatable("setting.proxy_with_password", words))
    return {"server": server, "username": unquote(parts.username), "password": unquote(parts.password or "")}


def options(site: str, proxy: str = "") -> list[str]:
    """Options that keep the browser small and let it reach only the host of `site` and the proxy, both addresses."""
    reachable = ", ".join(f"EXCLUDE {urlsplit(each).hostname}" for each in (site, proxy) if each)
    return [
        # Any other host does not exist for the browser, not even after a redirect.
        f"--host-resolver-rules=MAP * ~NOTFOUND, {reachable}",
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
