"""The data of NATS is deleted during a cycle: the services send the lost messages again, and the result is right."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import psycopg
from harness.trial import Trial
from provisioning.roles import DATABASE
from shared.contracts.scheduler import Run

IMPORTING = "select count(*) from downloads.downloads where status = 'importing' and library_path is not null"
PROPOSED = "select count(*) from metadata.corrections where status = 'proposed'"
PASS_HOURS = (
    "update downloads.downloads set updated_at = updated_at - interval '2 hours'"
    " where status in ('searching', 'completed', 'importing')",
    "update metadata.corrections set sent_at = sent_at - interval '12 hours' where status in ('proposed', 'undoing')",
)
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

        for statement in PASS_HOURS:
            database.execute(statement)
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
            cancel_silent_runs(installed)
            next_look = time.monotonic() + 1
        time.sleep(0.02)


def cancel_silent_runs(installed: Trial) -> None:
    for status in ("running", "scheduled"):
        for each in call(installed, "GET", f"/api/scheduler/runs?status={status}").json().get("items", []):
            run = Run.model_validate(each)
            if datetime.now(UTC) - max(filter(None, (run.due_at, run.started_at, run.heard_at))) > SILENT_AFTER:
                call(installed, "POST", f"/api/scheduler/runs/{run.id}/cancel")


def call(installed: Trial, method: str, path: str) -> httpx.Response:
    key = {"X-Api-Key": installed.processes.installation.api_key}
    return httpx.request(method, f"http://127.0.0.1:{installed.processes.port}{path}", headers=key, timeout=30)


def superuser(installed: Trial) -> psycopg.Connection[Any]:
    return psycopg.connect(installed.processes.installation.postgres.url(DATABASE), autocommit=True)


def exist(database: psycopg.Connection[Any], statement: str) -> bool:
    """Whether there are rows: `statement` counts them."""
    row = database.execute(statement).fetchone()
    return row is not None and row[0] > 0


def until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds:g} s for {what}"
        time.sleep(0.02)
