"""Runs tasks of the scheduler to their end and reads their duration from the record of the run."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.task_runs import run_to_end
from dotenv import dotenv_values
from gapless_client import Gapless
from gapless_client.models import Run, RunStatus

ShowProgress = Callable[[str], None]
"""Shows a message about the progress."""


class NotMeasured(Exception):
    """A figure could not be measured. The message says why."""


class TookTooLong(NotMeasured):
    """A run did not end within the time limit."""

    def __init__(self, run: Run, within_seconds: float) -> None:
        super().__init__(f"{run.task} took longer than {within_seconds:g} s: {run.tally}")
        self.run = run


def run_task(
    api: Gapless,
    task: str,
    show_progress: ShowProgress,
    *,
    within_seconds: float,
    parameters: dict[str, Any] | None = None,
) -> Run:
    """The finished run.

    Raises `TookTooLong` with the state of the run after `within_seconds`, and `NotMeasured` if the run failed.
    """
    deadline = time.monotonic() + within_seconds

    def watch(run: Run) -> None:
        show_progress(f"{task}: {run.tally.processed} of {run.tally.expected or '?'}")
        if time.monotonic() > deadline:
            raise TookTooLong(run, within_seconds)

    run = run_to_end(api, task, parameters, watch)
    if run.status is not RunStatus.COMPLETED:
        raise NotMeasured(f"{task} ended as {run.status}: {'; '.join(run.problems[:3])}")
    return run


@dataclass(frozen=True)
class Progress:
    """The state of a run after `seconds`: at its end, or at the end of the time limit."""

    run: Run
    seconds: float

    @property
    def rate(self) -> float:
        """The number of items that were processed per second."""
        return self.run.tally.processed / self.seconds


def measure_task(
    api: Gapless,
    task: str,
    show_progress: ShowProgress,
    *,
    within_seconds: float,
    parameters: dict[str, Any] | None = None,
) -> Progress:
    """The progress of a task within a time. A run that takes longer is cancelled: its rate until then is enough.

    Raises `NotMeasured` if the run failed.
    """
    try:
        run = run_task(api, task, show_progress, within_seconds=within_seconds, parameters=parameters)
    except TookTooLong as cut_off:
        api.scheduler.cancel_run(cut_off.run.id)
        return Progress(cut_off.run, within_seconds)
    return Progress(run, seconds_of(run))


def seconds_of(run: Run) -> float:
    """The duration of a run. Raises `NotMeasured` if its record has no start or end."""
    if run.started_at is None or run.ended_at is None:
        raise NotMeasured(f"{run.task} has no times")
    return (run.ended_at - run.started_at).total_seconds()


def sandbox_settings(file: Path) -> dict[str, str]:
    """The settings that the sandbox wrote for the services."""
    return {name: value for name, value in dotenv_values(file).items() if value is not None}
