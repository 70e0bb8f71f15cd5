"""A task that takes too long is cancelled, and its rate until then is the figure."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from bench.measurement import measure_task
from gapless_client import Gapless
from gapless_client.models import Run, RunStatus, RunTally
from shared.testing.clocks import ManualClock

NOW = ManualClock().now()
LIMIT_SECONDS = 1e-9
"""A time limit that has passed whenever it is checked."""


class OneRun(Gapless):
    """An API with one run, which shows its progress once."""

    def __init__(self, run: Run) -> None:
        super().__init__("http://127.0.0.1:1", "key")
        self.cancelled: list[UUID] = []
        self._run = run

    def send(self, method: str, path: str, shape: Any, **_options: Any) -> Any:
        if path == f"/api/scheduler/runs/{self._run.id}/cancel":
            self.cancelled.append(self._run.id)
        return self._run


def a_run(status: RunStatus) -> Run:
    return Run(
        id=uuid4(),
        task="series_completion",
        status=status,
        due_at=NOW,
        started_at=NOW,
        ended_at=NOW + timedelta(seconds=8),
        tally=RunTally(expected=40, processed=24),
    )


def test_a_run_that_takes_too_long_is_cancelled_and_has_a_rate() -> None:
    api = OneRun(a_run(RunStatus.RUNNING))
    progress = measure_task(api, "series_completion", lambda _: None, within_seconds=LIMIT_SECONDS)
    assert (progress.run.tally.processed, progress.seconds) == (24, LIMIT_SECONDS)
    assert api.cancelled == [progress.run.id]


def test_a_run_that_ends_is_measured_by_its_own_times() -> None:
    api = OneRun(a_run(RunStatus.COMPLETED))
    progress = measure_task(api, "series_completion", lambda _: None, within_seconds=60.0)
    assert (progress.rate, api.cancelled) == (3.0, [])
