"""Two full dry refreshes of an invented library of any size, in a separate installation.

`python -m bench.full_refresh --books 50000` prints, for the first and the second run, the seconds, the memory of the
metadata service, and the statements and the provider requests for each book; then the seconds of the daily task.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
from harness.processes import Processes
from harness.trial import trial
from rich.console import Console
from sandbox.world import OwnedBook, ProviderRecord, World
from shared.contracts.library.books import Book

from bench.figures import Figure
from bench.invented_library import invented_books
from bench.measurement import ShowProgress, run_task, seconds_of
from bench.refreshing import NO_RATE_LIMIT, ProviderRequests
from bench.starting import resident

BOOKS = 50_000
SETTINGS = {"LOG_LEVEL": "WARNING", "RATE_LIMIT_PER_KEY": "100000000", "RATE_LIMIT_PER_ADDRESS": "100000000"}
SECONDS_PER_BOOK = 0.5
"""A run that takes longer than this for each book, and ten minutes, has failed."""
SAMPLE_SECONDS = 0.5


def invented_world(count: int) -> World:
    """A library of invented books that all are at Audible, and half of them at Hardcover too."""
    books = list(invented_books(count))
    return World(
        name="invented",
        description=f"{count:,} invented books",
        works=[],
        library=[_owned(each) for each in books],
        providers={
            "audible": [_record(number, each) for number, each in enumerate(books)],
            "hardcover": [_record(number, each) for number, each in enumerate(books) if number % 2],
        },
    )


def _owned(book: Book) -> OwnedBook:
    return OwnedBook(
        id=book.abs_id or str(book.id),
        title=book.title,
        authors=book.authors,
        narrators=book.narrators,
        series=[{"name": each.name, "sequence": each.sequence} for each in book.series],
        folder=book.path,
        asin=book.asin,
        publisher=book.publisher,
        published_year=book.published_year,
        language=book.language,
        description=book.description,
        genres=book.genres,
        duration_minutes=_minutes(book),
    )


def _record(number: int, book: Book) -> ProviderRecord:
    return ProviderRecord(
        id=str(number),
        title=book.title,
        authors=book.authors,
        narrators=book.narrators,
        series=[{"name": each.name, "sequence": each.sequence} for each in book.series],
        asin=book.asin or f"B0X{number:07}",
        publisher=book.publisher,
        published=date(int(book.published_year or "2000"), 1, 1),
        language=book.language,
        duration_minutes=_minutes(book),
        description=book.description,
    )


def _minutes(book: Book) -> int:
    return max(1, round((book.duration_seconds or 0) / 60))


def measure(books: int, world: Path, show_progress: ShowProgress) -> list[Figure]:
    """The figures of both full dry runs and of the daily one."""
    within = 600 + SECONDS_PER_BOOK * books
    figures: list[Figure] = []
    with trial(world, SETTINGS | NO_RATE_LIMIT, on_disk=True) as installed:
        processes = installed.processes
        _count_statements(processes)
        installed.wait_until_healthy()
        api, stand_ins = processes.api, ProviderRequests(processes)
        run_task(api, "library_scan", show_progress, within_seconds=within)
        for name in ("first", "second"):
            stand_ins.reset()
            before = _statements(processes)
            with peak_of(processes.pid("metadata")) as peak:
                run = run_task(
                    api, "metadata_full_refresh", show_progress, within_seconds=within, parameters={"dry_run": True}
                )
            done, section = max(1, run.tally.processed), f"{name} full dry run of {run.tally.processed:,} books"
            statements = _statements(processes) - before
            figures += [
                Figure(section, "time", seconds_of(run), "s"),
                Figure(section, "peak memory of the metadata service", max(peak), "MiB"),
                Figure(section, "statements of the metadata service", statements / done, "a book"),
                Figure(section, "requests to providers", stand_ins.count() / done, "a book"),
            ]
        daily = run_task(api, "metadata_daily", show_progress, within_seconds=within, parameters={"dry_run": True})
        figures.append(Figure("daily dry run", "time", seconds_of(daily), "s"))
        api.close()
    return figures


def _count_statements(processes: Processes) -> None:
    """Have Postgres count the statements of each user. This needs a restart of the server."""
    postgres = processes.installation.postgres
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute("alter system set shared_preload_libraries = 'pg_stat_statements'")
        connection.execute("create extension pg_stat_statements")
    processes.kill("postgres")
    processes.restart("postgres")


def _statements(processes: Processes) -> int:
    """The statements of the metadata service so far, without the beginnings and ends of transactions."""
    counted = """
        select coalesce(sum(calls), 0) from pg_stat_statements join pg_roles on oid = userid
        where rolname like '%metadata%' and query !~* '^(begin|commit|rollback)'
    """
    with psycopg.connect(processes.installation.postgres.url()) as connection:
        row = connection.execute(counted).fetchone()
    return int(row[0]) if row else 0


@contextmanager
def peak_of(pid: int) -> Iterator[list[float]]:
    """Sample the memory of a process, in MiB, until the block ends."""
    samples, ended = [resident(pid)], threading.Event()

    def sample() -> None:
        while not ended.wait(SAMPLE_SECONDS):
            samples.append(resident(pid))

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield samples
    finally:
        ended.set()
        thread.join()


def main() -> int:
    """The exit status: 0 if everything was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=BOOKS)
    books: int = parser.parse_args().books
    console, began = Console(), time.monotonic()
    with console.status("starting") as status, tempfile.TemporaryDirectory(prefix="gapless-bench-") as name:

        def show_progress(message: str) -> None:
            status.update(f"{time.monotonic() - began:4.0f} s  {message}")

        folder = Path(name)
        folder.chmod(0o711)
        show_progress("inventing the library")
        world = folder / "world.json"
        world.write_text(invented_world(books).model_dump_json(exclude_defaults=True))
        figures = measure(books, world, show_progress)
    for each in figures:
        console.print(f"{each.section}: {each.name}: {each.value:,.2f} {each.unit}", highlight=False, soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
