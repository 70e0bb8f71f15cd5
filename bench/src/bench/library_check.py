"""Measures the full check of a messy library of any size: the seconds, and the memory of library-scanner alone.

`python -m bench.library_check --books 50000` writes invented books with planted faults directly to the database of a
separate installation, so that no scan has been run by the measured process.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

from harness.trial import trial
from library_scanner.adapters.postgres.book_rows import row_of
from library_scanner.adapters.postgres.tables import BOOKS
from library_scanner.domain.catalogue import StoredBook
from provisioning.roles import DATABASE
from rich.console import Console
from sandbox.worldmaking.messy.library import messy_library
from sandbox.worldmaking.shipped import SANDBOX
from sqlalchemy import create_engine, insert

from bench.figures import Figure
from bench.full_refresh import peak_of
from bench.measurement import ShowProgress, run_task, seconds_of
from bench.messy_library import book_of_item
from bench.starting import resident

BOOKS_OF_CHECK, SEED = 50_000, 7
ROWS_AT_ONCE = 500
SECONDS_PER_BOOK = 0.1
SETTINGS = {"LOG_LEVEL": "WARNING", "TASK_LIBRARY_SCAN_CRON": "by hand", "TASK_LIBRARY_CHECK_CRON": "by hand"}


def measure(books: int, seed: int, show_progress: ShowProgress) -> list[Figure]:
    """The figures of a first full check and of a second one, which finds everything stored."""
    figures: list[Figure] = []
    with trial(SANDBOX / "worlds" / "small.json", SETTINGS, on_disk=True) as installed:
        processes, api = installed.processes, installed.processes.api
        show_progress("making the library")
        _fill(processes.installation.postgres.url(DATABASE), books, seed)
        pid = processes.pid("library-scanner")
        figures.append(Figure("before the check", "memory of library-scanner", resident(pid), "MiB"))
        for name in ("first", "second"):
            with peak_of(pid) as memory:
                within = 600 + SECONDS_PER_BOOK * books
                run = run_task(api, "library_check", show_progress, within_seconds=within)
            section = f"{name} check of {run.tally.processed:,} books"
            figures += [
                Figure(section, "time", seconds_of(run), "s"),
                Figure(section, "peak memory of library-scanner", max(memory), "MiB"),
                Figure(section, "findings", float(run.details.get("findings", 0)), ""),
            ]
        api.close()
    return figures


def _fill(address: str, books: int, seed: int) -> None:
    rows = []
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        for number, item in enumerate(messy_library(seed, books).items):
            book = book_of_item(item).model_copy(update={"id": uuid4(), "abs_id": f"messy-{number}"})
            rows.append(row_of(StoredBook(book, "messy", 0, contents_read=True)))
            if len(rows) == ROWS_AT_ONCE:
                connection.execute(insert(BOOKS), rows)
                rows = []
        if rows:
            connection.execute(insert(BOOKS), rows)
    engine.dispose()


def main() -> int:
    """The exit status: 0 if everything was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=BOOKS_OF_CHECK)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    console, began = Console(), time.monotonic()
    with console.status("starting") as status, tempfile.TemporaryDirectory(prefix="gapless-bench-") as name:
        Path(name).chmod(0o711)
        figures = measure(
            given.books, given.seed, lambda message: status.update(f"{time.monotonic() - began:4.0f} s  {message}")
        )
    for each in figures:
        console.print(f"{each.section}: {each.name}: {each.value:,.2f} {each.unit}", highlight=False, soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
