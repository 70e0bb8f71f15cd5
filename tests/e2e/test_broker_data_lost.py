"""The data of NATS is deleted during a cycle: the services send the lost messages again, and the result is right."""

import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import psycopg
import pytest
from harness.trial import Trial
from provisioning.roles import DATABASE

IMPORTING = "select count(*) from downloads.downloads where status = 'importing' and library_path is not null"
PROPOSED = "select count(*) from metadata.corrections where status = 'proposed'"
PASS_HOURS = (
    "update downloads.downloads set updated_at = updated_at - interval '2 hours'"
    " where status in ('searching', 'completed', 'importing')",
    "update metadata.corrections set sent_at = sent_at - interval '12 hours' where status in ('proposed', 'undoing')",
)
CYCLE_SECONDS = 200.0
SILENT_SECONDS = 15.0


@pytest.mark.parametrize("moment", [IMPORTING, PROPOSED], ids=["while-importing", "while-correcting"])
def test_a_cycle_whose_messages_are_deleted_ends_with_the_truth_of_the_world(
    install: Callable[..., Trial], moment: str
) -> None:
    installed = install("small", TASK_DOWNLOAD_RETRY_CRON="0 0 1 1 *")
    with superuser(installed) as database:
        cycle = threading.Thread(target=installed.cycle, kwargs={"wait_minutes": 0.3})
        cycle.start()
        until(lambda: count(database, moment) > 0, CYCLE_SECONDS, "the moment")
        installed.processes.lose_broker_data()
        cancel_silent_runs(installed, cycle)
        installed.wait_until_healthy()

        for statement in PASS_HOURS:
            database.execute(statement)
        until(lambda: count(database, PROPOSED) == 0, 90, "the corrections to be written")
    score = installed.score(installed.cycle())

    assert score.perfect, score


def cancel_silent_runs(installed: Trial, cycle: threading.Thread) -> None:
    """End the runs whose messages are lost, as the scheduler does after half an hour, so that the cycle continues."""
    deadline = time.monotonic() + CYCLE_SECONDS
    while cycle.is_alive():
        assert time.monotonic() < deadline, "the interrupted cycle did not end"
        cycle.join(SILENT_SECONDS)
        for status in ("running", "scheduled"):
            for run in call(installed, "GET", f"/api/scheduler/runs?status={status}").json()["items"]:
                call(installed, "POST", f"/api/scheduler/runs/{run['id']}/cancel")


def call(installed: Trial, method: str, path: str) -> httpx.Response:
    key = {"X-Api-Key": installed.processes.installation.api_key}
    return httpx.request(method, f"http://127.0.0.1:{installed.processes.port}{path}", headers=key, timeout=30)


def superuser(installed: Trial) -> psycopg.Connection[Any]:
    return psycopg.connect(installed.processes.installation.postgres.url(DATABASE), autocommit=True)


def count(database: psycopg.Connection[Any], statement: str) -> int:
    row = database.execute(statement).fetchone()
    return int(row[0]) if row else 0


def until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds:g} s for {what}"
        time.sleep(0.02)
