"""Starts the runs of tasks and follows them."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from gapless_client import ApiProblem, Gapless
from gapless_client.models import Run, RunStatus

POLL_SECONDS = (0.05, 0.5)
"""The first and the longest pause between two polls of a run: short for short runs, few requests for long ones."""
START_WITHIN_SECONDS = 900.0
"""How long to wait for the end of a run of the same task."""
IN_PROGRESS = (RunStatus.SCHEDULED, RunStatus.RUNNING)


def start_task(gapless: Gapless, task: str, parameters: dict[str, Any] | None = None, *, dry_run: bool = False) -> Run:
    """Start a run of a task. If one is already in progress, wait until it ends, up to `START_WITHIN_SECONDS`.

    Raises `ApiProblem`.
    """
    deadline = time.monotonic() + START_WITHIN_SECONDS
    pauses = _pauses()
    while True:
        try:
            return gapless.scheduler.run_task(task, parameters or {}, dry_run=dry_run or None)
        except ApiProblem as refusal:
            if refusal.code != "run_under_way" or time.monotonic() > deadline:
                raise
            time.sleep(next(pauses))


def follow_run(gapless: Gapless, run_id: UUID, on_progress: Callable[[Run], None] = lambda _run: None) -> Run:
    """Poll a run until it has ended, and return it; `on_progress` gets each state that was read.

    Raises `ApiProblem`.
    """
    pauses = _pauses()
    while True:
        run = gapless.scheduler.get_run(run_id)
        on_progress(run)
        if run.status not in IN_PROGRESS:
            return run
        time.sleep(next(pauses))


def run_to_end(
    gapless: Gapless,
    task: str,
    parameters: dict[str, Any] | None = None,
    on_progress: Callable[[Run], None] = lambda _run: None,
) -> Run:
    """Start a run of a task and follow it until it has ended. Raises `ApiProblem`."""
    return follow_run(gapless, start_task(gapless, task, parameters).id, on_progress)


def _pauses() -> Iterator[float]:
    pause, longest = POLL_SECONDS
    while True:
        yield pause
        pause = min(pause * 1.5, longest)
