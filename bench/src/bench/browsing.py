"""The dashboard in Chromium on a library of 50,000 books: first rows, jumps, live updates, and a storm of events."""

import os
import random
import shutil
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from embedded.process import LOOPBACK
from gateway.dashboard.files import BUILT, INDEX
from harness.processes import Processes
from harness.trial import trial
from playwright.sync_api import Browser, Error, Page, sync_playwright
from provisioning.services import PARTS
from sandbox.worldmaking.shipped import SANDBOX
from shared.contracts.library.books import Book

from bench.event_storm import EventStorm
from bench.figures import Figure
from bench.gap_seeding import seed_gaps
from bench.invented_library import invented_books
from bench.measurement import NotMeasured, ShowProgress
from bench.seeding import seed

BOOKS = 50_000
SECTION = f"dashboard, {BOOKS:,} books"
WORLD = SANDBOX / "worlds" / "small.json"
SERVICES = ("gateway", "library-scanner", "downloader")
"""The services that the lists need."""
OPENINGS = 5
JUMPS = 40
UPDATES = 10
STORM_SECONDS = 10
EVENTS_PER_SECOND = 500
WITHIN_MILLISECONDS = 60_000
LISTS = {
    "covers": "/library",
    "table": "/library?view=table&sort=title",
    "series": "/series",
    "wanted": "/wanted",
}
_WATCH = """
window.tasks = []
window.frames = []
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.tasks.push(each.duration)
}).observe({ type: 'longtask', buffered: true })
{
  let last = performance.now()
  const frame = (now) => { window.frames.push(now - last); last = now; requestAnimationFrame(frame) }
  requestAnimationFrame(frame)
}
"""
"""Collects the tasks of the main thread over 50 ms, and the time between frames, in milliseconds."""
_ROW = """(index) => {
  const row = document.querySelector(`[data-index='${index}']`)
  return row?.querySelector(row.querySelector('[role=group]') ? '[role=group] button' : 'a')
}"""
"""What shows that a row is loaded: its link, or the first cell of a series."""
_FIRST_ROWS = f"""() => new Promise((resolve) => {{
  const row = {_ROW}
  const look = () => row(0) ? resolve(performance.now()) : requestAnimationFrame(look)
  look()
}})"""
_JUMP = f"""(index) => new Promise((resolve) => {{
  const row = {_ROW}
  const scroller = document.querySelector('[data-scroller]')
  const grid = scroller.closest('[role=grid]')
  const columns = Number(getComputedStyle(grid).getPropertyValue('--columns')) || 1
  const height = parseFloat(getComputedStyle(grid).getPropertyValue('--row'))
  const start = performance.now()
  scroller.scrollTop = Math.floor(index / columns) * height
  const look = () => row(index) ? resolve(performance.now() - start) : requestAnimationFrame(look)
  look()
}})"""


def measure_browsing(settings: Mapping[str, str], show_progress: ShowProgress) -> list[Figure]:
    """Measure the dashboard on an installation of its own. Raises `NotMeasured` if it was not built."""
    if not (BUILT / INDEX).is_file():
        raise NotMeasured("the dashboard was not built: run `make dashboard`")
    show_progress(f"dashboard: seeding {BOOKS:,} books")
    books = list(invented_books(BOOKS))
    with trial(WORLD, settings, on_disk=True) as installed:
        installed.wait_until_healthy()
        for part in PARTS:
            if part.name not in SERVICES:  # they would handle the events too
                installed.processes.kill(part.name)
        library = next(part for part in PARTS if part.name == "library-scanner")
        url = installed.processes.installation.environment(library)["DATABASE_URL"]
        seed(url, books)
        seed_gaps(url)
        try:
            with _browser() as browser:
                return _measure(installed.processes, browser, url, books, show_progress)
        except Error as error:
            raise NotMeasured(f"the browser: {error.message}") from error


def _measure(
    processes: Processes, browser: Browser, database: str, books: list[Book], show_progress: ShowProgress
) -> list[Figure]:
    address = f"http://{LOOPBACK}:{processes.port}"
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.set_default_timeout(WITHIN_MILLISECONDS)
    signed_in = context.request.post(
        f"{address}/api/session/first-password",
        data={"password": "a password for measurements"},
        headers={"Origin": address},
    )
    if not signed_in.ok:
        raise NotMeasured(f"the first password was refused with status {signed_in.status}")
    figures, tasks = [], list[float]()
    for name, path in LISTS.items():
        show_progress(f"dashboard: {name}")
        figures += _list(page, name, address + path)
        tasks += page.evaluate("window.tasks")
    show_progress("dashboard: live updates")
    figures += _updates(page, address, processes, database, books)
    tasks += page.evaluate("window.tasks")
    figures.append(Figure(SECTION, "longest task of the main thread", max(tasks, default=0.0), "ms"))
    for name in ("table", "series"):
        show_progress(f"dashboard: {EVENTS_PER_SECOND} events a second, {name}")
        figures += _storm(page, name, address + LISTS[name], processes, books)
    return figures


def _list(page: Page, name: str, address: str) -> list[Figure]:
    """The time to the first rows of a list, and of jumps to rows anywhere in it."""
    opened = []
    for _ in range(OPENINGS):
        page.goto(address, wait_until="commit")
        opened.append(page.evaluate(_FIRST_ROWS))
    total = _rows(page)
    random_ = random.Random(name)
    jumps = [page.evaluate(_JUMP, random_.randrange(total)) for _ in range(JUMPS)]
    return [
        Figure(SECTION, f"{name}, first rows, median", statistics.median(opened), "ms"),
        Figure(SECTION, f"{name}, first rows, slowest", max(opened), "ms"),
        Figure(SECTION, f"{name}, jump, median", statistics.median(jumps), "ms"),
        Figure(SECTION, f"{name}, jump, slowest", max(jumps), "ms"),
    ]


def _rows(page: Page) -> int:
    """The number of entries of the list, all of which a jump can reach."""
    columns = page.evaluate(
        "() => Number(getComputedStyle(document.querySelector('[role=grid]')).getPropertyValue('--columns')) || 1"
    )
    rows = int(page.get_by_role("grid").get_attribute("aria-rowcount") or 0)
    return (rows - 1) * int(columns)


def _updates(page: Page, address: str, processes: Processes, database: str, books: list[Book]) -> list[Figure]:
    """The time from the change of a title in the database until the page shows it."""
    page.goto(f"{address}/library?view=table&sort=added_at")
    page.evaluate(_FIRST_ROWS)
    page.wait_for_load_state("networkidle")
    durations = []
    with EventStorm(processes.installation.nats, books) as storm:
        for number in range(UPDATES):
            title = f"Changed {number}"
            with psycopg.connect(database) as connection:
                connection.execute("update library.books set title = %s where id = %s", [title, books[number].id])
            started = time.monotonic()
            storm.book_changed(books[number])
            page.get_by_role("link", name=title, exact=True).wait_for()
            durations.append(1000 * (time.monotonic() - started))
    return [
        Figure(SECTION, "live update, median", statistics.median(durations), "ms"),
        Figure(SECTION, "live update, slowest", max(durations), "ms"),
    ]


def _storm(page: Page, name: str, address: str, processes: Processes, books: list[Book]) -> list[Figure]:
    """What the page does while many events arrive: the longest task, frames, and jumps."""
    page.goto(address)
    page.evaluate(_FIRST_ROWS)
    page.wait_for_load_state("networkidle")
    total = _rows(page)
    random_ = random.Random(7)
    jumps = []
    with EventStorm(processes.installation.nats, books) as storm:
        storm.start(EVENTS_PER_SECOND)
        page.evaluate("() => { window.tasks = []; window.frames = [] }")
        until = time.monotonic() + STORM_SECONDS
        while time.monotonic() < until:
            jumps.append(page.evaluate(_JUMP, random_.randrange(total)))
            page.wait_for_timeout(200)
        tasks, frames = page.evaluate("[window.tasks, window.frames]")
        sent = storm.sent
    storm_name = f"{EVENTS_PER_SECOND} events/s, {name}"
    return [
        Figure(SECTION, f"{storm_name}, sent", sent / STORM_SECONDS, "events/s"),
        Figure(SECTION, f"{storm_name}, jump, median", statistics.median(jumps), "ms"),
        Figure(SECTION, f"{storm_name}, jump, slowest", max(jumps), "ms"),
        Figure(SECTION, f"{storm_name}, longest task", max(tasks, default=0.0), "ms"),
        Figure(
            SECTION, f"{storm_name}, frames over 100 ms", 100 * sum(each > 100 for each in frames) / len(frames), "%"
        ),
    ]


@contextmanager
def _browser() -> Iterator[Browser]:
    """The Chromium of the system. As root it has no sandbox."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        try:
            yield browser
        finally:
            browser.close()
