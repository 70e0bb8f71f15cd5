"""Every error is a problem detail (RFC 9457), never a stack trace."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from shared.chassis.errors import Refused, RemoteError, problem_of
from shared.chassis.logging import logger
from shared.contracts.problem import Problem
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route may be refused with, for OpenAPI; 401, 403, 422 and 503 hold for every route with a key."""
    return {status: {"model": Problem, "description": "refused"} for status in (401, 403, 422, 503, *statuses)}


def handle_problems(app: FastAPI) -> None:
    """Turn everything that goes wrong into a problem."""
    log = logger(service="gateway")

    async def refused(_request: Request, error: Exception) -> JSONResponse:
        return answer(error.problem()) if isinstance(error, Refused) else answer(_fault())

    async def remote(_request: Request, error: Exception) -> JSONResponse:
        return answer(problem_of(error, "gateway")) if isinstance(error, RemoteError) else answer(_fault())

    async def invalid(_request: Request, error: Exception) -> JSONResponse:
        first = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": (), "msg": str(error)}
        place = ".".join(str(part) for part in first["loc"])
        return answer(Problem(code="invalid", title="Invalid request", status=422, detail=f"{place}: {first['msg']}"))

    async def http(request: Request, error: Exception) -> JSONResponse:
        status = error.status_code if isinstance(error, HTTPException) else 500
        detail = f"{request.method} {request.url.path}"
        title = str(error.detail) if isinstance(error, HTTPException) else "Fault in the gateway"
        return answer(Problem(code="http", title=title, status=status, detail=detail))

    async def fault(request: Request, error: Exception) -> JSONResponse:
        log.error("request_failed", path=request.url.path, exc_info=error)
        return answer(_fault())

    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RemoteError, remote)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, fault)


def answer(problem: Problem) -> JSONResponse:
    headers = {} if problem.retry_after_seconds is None else {"Retry-After": str(problem.retry_after_seconds)}
    content = problem.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


def _fault() -> Problem:
    return Problem(code="internal", title="Fault in the gateway", status=500, detail="the log says more")
