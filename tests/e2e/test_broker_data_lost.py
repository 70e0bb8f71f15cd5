"""The data of NATS is deleted during a cycle: the services send the lost messages again, and the result is right."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
from harness.lost_messages import cancel_silent_runs, pass_hours, superuser
from harness.real_clients import until
from harness.trial import Trial

IMPORTING = "select count(*) from downloads.downloads where status = 'importing' and library_path is not null"
PROPOSED = "select count(*) from metadata.corrections where status = 'proposed'"
CYCLE_SECONDS = 400.0
SILENT_AFTER = timedelta(seconds=15)


def test_a_cycle_whose_messages_are_deleted_during_imports_and_corrections_ends_with_the_truth_of_the_world(
    install: Callable[..., Trial],
) -> None:
    installed = install("small", TASK_DOWNLOAD_RETRY_CRON="0 0 1 1 *")
    with superuser(installed) as database:
        cycle = threading.Thread(target=installed.cycle, kwargs={"wait_minutes": 0.3}, daemon=True)
        cycle.start()
        for moment, what in ((IMPORTING, "an import"), (PROPOSED, "a correction")):
            while_runs_fall_silent(installed, partial(exist, database, moment), what)
            installed.processes.lose_broker_data()
        while_runs_fall_silent(installed, lambda: not cycle.is_alive(), "the end of the interrupted cycle")
        installed.wait_until_healthy()

        pass_hours(installed)
        until(lambda: not exist(database, PROPOSED), 150, "the corrections to be written")
    score = installed.score(installed.cycle())

    assert score.perfect, score


def while_runs_fall_silent(installed: Trial, condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition. End each run whose messages are lost, as the scheduler does after half an hour.

    The cycle waits for such a run.
    """
    deadline, next_look = time.monotonic() + CYCLE_SECONDS, time.monotonic()
    while not condition():
        assert time.monotonic() < deadline, f"waited {CYCLE_SECONDS:g} s for {what}"
        if time.monotonic() >= next_look:
            cancel_silent_runs(installed, SILENT_AFTER)
            next_look = time.monotonic() + 1
        time.sleep(0.02)


def exist(database: psycopg.Connection[Any], statement: str) -> bool:
    """Whether there are rows: `statement` counts them."""
    row = database.execute(statement).fetchone()
    return row is not None and row[0] > 0
