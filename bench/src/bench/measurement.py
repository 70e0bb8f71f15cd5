"""Runs tasks of the scheduler to their end and reads their duration from the record of the run."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cli.api_client import Api
from dotenv import dotenv_values
from shared.contracts.scheduler import Run, RunStatus

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
    api: Api, task: str, show_progress: ShowProgress, *, within_seconds: float, parameters: dict[str, Any] | None = None
) -> Run:
    """The finished run.

    Raises `TookTooLong` with the state of the run after `within_seconds`, and `NotMeasured` if the run failed.
    """
    deadline = time.monotonic() + within_seconds

    def watch(run: Run) -> None:
        show_progress(f"{task}: {run.tally.processed} of {run.tally.expected or '?'}")
        if time.monotonic() > deadline:
            raise TookTooLong(run, within_seconds)

    run = api.follow(api.run_task(task, parameters), watch)
    if run.status is not RunStatus.COMPLETED:
        raise NotMeasured(f"{task} ended as {run.status}: {'; '.join(run.problems[:3])}")
    return run


def seconds_of(run: Run) -> float:
    """The duration of a run. Raises `NotMeasured` if its record has no start or end."""
    if run.started_at is None or run.ended_at is None:
        raise NotMeasured(f"{run.task} has no times")
    return (run.ended_at - run.started_at).total_seconds()


def sandbox_settings(file: Path) -> dict[str, str]:
    """The settings that the sandbox wrote for the services."""
    return {name: value for name, value in dotenv_values(file).items() if value is not None}
