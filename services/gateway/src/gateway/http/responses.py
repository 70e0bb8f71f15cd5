"""Responses that several routes use."""

from fastapi import Response
from shared.contracts.scheduler import Run


def accepted(response: Response, run: Run) -> Run:
    """Answer 202 with the path of the run in `Location`."""
    response.status_code = 202
    response.headers["Location"] = f"/api/scheduler/runs/{run.id}"
    return run
