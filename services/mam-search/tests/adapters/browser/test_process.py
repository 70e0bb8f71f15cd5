"""The browser process: it is closed when idle, killed when it hangs, and leaves neither processes nor files behind."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from mam_search.adapters.browser.process import (
    BrowserFailed,
    BrowserNotUsable,
    BrowserOptions,
    BrowserProcess,
    PageInterrupted,
    PageUnreadable,
    StoreCookie,
)
from mam_search.adapters.browser.process_tree import processes_of
from mam_search.adapters.mam.session_cookie import COOKIE, rotated
from mam_search.domain.refusals import BrowserStopped
from shared.testing.waiting import until
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from .conftest import MEMBER, CurrentSite, Replicas

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.asyncio(loop_scope="module")]

SERVICE = Path(__file__).with_name("killed_service.py")


async def ignore(_header: str) -> None:
    """The tests here do not store cookies."""


def collect(received: list[str]) -> StoreCookie:
    """Collect the Set-Cookie headers."""

    async def store(header: str) -> None:
        received.append(header)

    return store


def left(folder: str) -> list[str]:
    """What is left of the browser of this folder: its processes and files."""
    return [f"process {number}" for number in processes_of(folder)] + [
        str(path) for path in [Path(folder)] if path.exists()
    ]


def written(folder: str) -> Iterator[bytes]:
    """What the browser of this folder wrote to files, and the arguments and environments of its processes."""
    for path in Path(folder).rglob("*"):
        if path.is_file():
            yield path.read_bytes()
    for number in processes_of(folder):
        yield Path(f"/proc/{number}/cmdline").read_bytes()
        yield Path(f"/proc/{number}/environ").read_bytes()


def signal_all(folder: str, number: signal.Signals) -> None:
    """Send a signal to all processes of the browser. Some may have just ended."""
    for process in processes_of(folder):
        with suppress(ProcessLookupError):
            os.kill(process, number)


async def gone(folder: str) -> None:
    """Wait until nothing is left of the browser."""
    await until(lambda: not left(folder), seconds=120)


async def test_a_hung_page_ends_by_time_out_and_the_next_one_is_read(
    replicas: Replicas, current_site: tuple[CurrentSite, str]
) -> None:
    impatient = BrowserProcess(BrowserOptions(current_site[1], page_seconds=2.0))
    replicas.fails("endless")
    with pytest.raises(PageInterrupted, match=r"did not load within 2 s"):
        await replicas.make(browser=impatient).pages.read("/t/901")
    assert impatient.folder == ""
    replicas.site.outcomes.clear()
    assert (await replicas.make().pages.read("/t/901")).status == 200


async def test_a_killed_browser_is_started_again(replicas: Replicas) -> None:
    replica = replicas.make()
    await replica.pages.read("/t/901")
    folder = replicas.browser.folder
    signal_all(folder, signal.SIGKILL)
    await until(lambda: not replicas.browser.is_running, seconds=120)
    assert (await replica.pages.read("/t/901")).status == 200
    assert left(folder) == []


async def test_a_frozen_browser_is_killed_when_it_is_closed(current_site: tuple[CurrentSite, str]) -> None:
    browser = BrowserProcess(BrowserOptions(current_site[1]))
    await browser.start()
    folder = browser.folder
    signal_all(folder, signal.SIGSTOP)
    await browser.aclose()
    assert left(folder) == []


async def test_the_processes_of_the_browser_end_with_a_killed_service(current_site: tuple[CurrentSite, str]) -> None:
    service = await asyncio.create_subprocess_exec(sys.executable, SERVICE, current_site[1], stdout=PIPE)
    assert service.stdout is not None
    lines = [(await service.stdout.readline()).decode() for _ in range(2)]
    folder = next(line for line in lines if line.startswith("folder ")).split()[1]
    assert processes_of(folder)
    service.kill()
    await gone(folder)
    await service.wait()


async def test_an_idle_browser_is_closed(current_site: tuple[CurrentSite, str]) -> None:
    browser = BrowserProcess(BrowserOptions(current_site[1], idle_seconds=0.0))
    await browser.start()
    folder = browser.folder
    await gone(folder or "none")
    assert not browser.is_running
    await browser.aclose()


async def test_the_files_of_the_browser_contain_no_secret(replicas: Replicas) -> None:
    replica = replicas.make()
    await replica.pages.read("/t/901")
    secrets = [MEMBER.browser_id.encode(), replicas.site.browser_session.value.encode()]
    contents = list(written(replicas.browser.folder))
    assert any(contents)
    assert not [secret for secret in secrets for content in contents if secret in content]


async def test_a_page_that_is_too_large_is_not_read(replicas: Replicas, current_site: tuple[CurrentSite, str]) -> None:
    async def large(_request: Request) -> Response:
        return HTMLResponse("<p>" + "x" * 200_000)

    replicas.current.mam.app.router.routes.insert(0, replicas.site.pages.page("/large", large))  # type: ignore[attr-defined]
    browser = BrowserProcess(BrowserOptions(current_site[1], max_bytes=100_000))
    received: list[str] = []
    with pytest.raises(PageUnreadable, match="larger than"):
        await browser.read("/large", {COOKIE: MEMBER.browser_id}, collect(received))
    assert rotated(received)
    await browser.aclose()


async def test_only_the_host_of_the_site_is_loaded(replicas: Replicas, current_site: tuple[CurrentSite, str]) -> None:
    async def elsewhere(_request: Request) -> Response:
        return RedirectResponse(current_site[1].replace("127.0.0.1", "localhost") + "/evil")

    replicas.current.mam.app.router.routes.insert(0, replicas.site.pages.page("/away", elsewhere))  # type: ignore[attr-defined]
    received: list[str] = []
    with pytest.raises(BrowserFailed, match="NAME_NOT_RESOLVED"):
        await replicas.browser.read("/away", {COOKIE: MEMBER.browser_id}, collect(received))
    assert rotated(received)
    assert replicas.paths == ["/away"]


async def test_pages_are_read_through_the_proxy_with_its_password() -> None:
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        asked.append(head)
        page = b"<title>Through the proxy</title>"
        known = b"Proxy-Authorization: Basic " in head
        status = b"200 OK" if known else b'407 No\r\nProxy-Authenticate: Basic realm="proxy"'
        writer.write(b"HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (status, len(page), page))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(proxy, "127.0.0.1", 0) as server:
        address = f"http://me:secret@127.0.0.1:{server.sockets[0].getsockname()[1]}"
        browser = BrowserProcess(BrowserOptions("http://site.invalid", proxy=address))
        page = await browser.read("/guides/", {COOKIE: "value"}, ignore)
        await browser.aclose()
    assert page.title == "Through the proxy"
    assert {each.split()[1] for each in asked} == {b"http://site.invalid/guides/"}


async def test_a_missing_browser_is_reported_with_the_way_to_install_it() -> None:
    browser = BrowserProcess(BrowserOptions("http://127.0.0.1:1", program="/nowhere/chromium"))
    with pytest.raises(BrowserNotUsable, match="apt-get install"):
        await browser.start()


async def test_a_browser_that_does_not_start_in_time_is_no_reason_to_read_the_next_page_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o700)
    monkeypatch.setattr("mam_search.adapters.browser.process.START_SECONDS", 600.0)
    monkeypatch.setattr("mam_search.adapters.browser.process.GRACE_SECONDS", -599.0)
    browser = BrowserProcess(BrowserOptions("http://127.0.0.1:1", program=str(program)))
    with pytest.raises(BrowserFailed, match="did not start in time") as failed:
        await browser.start()
    assert not isinstance(failed.value, BrowserStopped)
    assert browser.folder == ""
