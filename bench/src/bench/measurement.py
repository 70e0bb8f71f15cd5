"""Tasks of the scheduler, run to their end and timed by their own record."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cli.api_client import Api
from dotenv import dotenv_values
from shared.contracts.scheduler import Run, RunStatus

Told = Callable[[str], None]
"""Receives a message about the progress."""


class NotMeasured(Exception):
    """A figure cannot be given; the message says why."""


class TookTooLong(NotMeasured):
    """A run did not end within the time limit."""

    def __init__(self, run: Run, within_seconds: float) -> None:
        super().__init__(f"{run.task} took longer than {within_seconds:g} s: {run.tally}")
        self.run = run


def run_task(
    api: Api, task: str, told: Told, *, within_seconds: float, parameters: dict[str, Any] | None = None
) -> Run:
    """The run as it ended. Raises TookTooLong with the run as it stood, NotMeasured when it failed."""
    deadline = time.monotonic() + within_seconds

    def hear(run: Run) -> None:
        told(f"{task}: {run.tally.processed} of {run.tally.expected or '?'}")
        if time.monotonic() > deadline:
            raise TookTooLong(run, within_seconds)

    run = api.follow(api.run_task(task, parameters), hear)
    if run.status is not RunStatus.COMPLETED:
        raise NotMeasured(f"{task} ended as {run.status}: {'; '.join(run.problems[:3])}")
    return run


def seconds_of(run: Run) -> float:
    """From the run's start to its end."""
    if run.started_at is None or run.ended_at is None:
        raise NotMeasured(f"{run.task} has no times")
    return (run.ended_at - run.started_at).total_seconds()


def sandbox_settings(file: Path) -> dict[str, str]:
    """The settings that the sandbox left for the services."""
    return {name: value for name, value in dotenv_values(file).items() if value is not None}
