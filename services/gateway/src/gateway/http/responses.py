"""Answers that routes share."""

from fastapi import Response
from shared.contracts.scheduler import Run


def accepted(response: Response, run: Run) -> Run:
    """202 with the address where the run is told."""
    response.status_code = 202
    response.headers["Location"] = f"/api/scheduler/runs/{run.id}"
    return run
