"""Lets the time pass after which the services send lost messages again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
from provisioning.roles import DATABASE
from shared.contracts.scheduler import Run

from harness.trial import Trial

_PASS_HOURS = (
    "update downloads.downloads set updated_at = updated_at - interval '2 hours'"
    " where status in ('searching', 'completed', 'importing')",
    "update downloads.downloads set next_retry_at = next_retry_at - interval '1 day' where next_retry_at is not null",
    "update metadata.corrections set sent_at = sent_at - interval '12 hours' where status in ('proposed', 'undoing')",
)


def superuser(installed: Trial) -> psycopg.Connection[Any]:
    """A connection to the database of an installation that may do anything. Each statement is committed at once."""
    return psycopg.connect(installed.processes.installation.postgres.url(DATABASE), autocommit=True)


def pass_hours(installed: Trial) -> None:
    """Make whatever waits for a message older, so that the next sweep asks for it again."""
    with superuser(installed) as database:
        for statement in _PASS_HOURS:
            database.execute(statement)


def cancel_silent_runs(installed: Trial, silent_after: timedelta) -> None:
    """End each run whose messages are lost, as the scheduler does after half an hour.

    Raises httpx.HTTPError while the gateway is unavailable.
    """
    with _api(installed) as api:
        for status in ("running", "scheduled"):
            for each in api.get("/api/scheduler/runs", params={"status": status}).json().get("items", []):
                run = Run.model_validate(each)
                last = max(filter(None, (run.due_at, run.started_at, run.heard_at)))
                if datetime.now(UTC) - last > silent_after:
                    api.post(f"/api/scheduler/runs/{run.id}/cancel")


def start_run(installed: Trial, task: str) -> None:
    """Start a run of a task, unless one is in progress. Raises httpx.HTTPError while the gateway is unavailable."""
    with _api(installed) as api:
        api.post(f"/api/scheduler/tasks/{task}/run", json={})


def _api(installed: Trial) -> httpx.Client:
    key = {"X-Api-Key": installed.processes.installation.api_key}
    return httpx.Client(base_url=f"http://127.0.0.1:{installed.processes.port}", headers=key, timeout=120)
