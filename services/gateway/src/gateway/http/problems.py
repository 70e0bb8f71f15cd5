"""Every error is answered as a problem detail (RFC 9457), never as a stack trace."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from shared.chassis.database import postgres_unavailable
from shared.chassis.errors import NoAnswerInTime, Refused, RemoteError, problem_of
from shared.chassis.logging import logger
from shared.chassis.traces import trace_id
from shared.contracts.problem import Problem
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from structlog.contextvars import get_contextvars

from gateway.middleware.security_headers import add_security_headers

MEDIA_TYPE = "application/problem+json"


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the errors of a route for OpenAPI: these, and 401, 403, 422 and 503, which every route with a key has."""
    return {status: {"model": Problem, "description": "refused"} for status in (401, 403, 422, 503, *statuses)}


def handle_problems(app: FastAPI) -> None:
    """Register the handlers that turn every error into a problem."""
    log = logger(service="gateway")

    async def refused(request: Request, error: Exception) -> Response:
        request.state.outcome_unknown = isinstance(error, NoAnswerInTime)
        return answer(error.problem()) if isinstance(error, Refused) else answer(_fault())

    async def remote(_request: Request, error: Exception) -> Response:
        return answer(problem_of(error, "gateway")) if isinstance(error, RemoteError) else answer(_fault())

    async def invalid(_request: Request, error: Exception) -> Response:
        first = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": (), "msg": str(error)}
        # For a union of bodies the location contains the class name, which callers do not know.
        place = ".".join(part for part in map(str, first["loc"]) if not part[:1].isupper())
        return answer(Problem(code="invalid", title="Invalid request", status=422, detail=f"{place}: {first['msg']}"))

    async def http(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            return answer(_fault())
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return not_allowed(request.method, request.url.path, request.app.state.paths.methods(request.url.path))
        return answer(_of_http(request, error), error.headers)

    async def fault(request: Request, error: Exception) -> Response:
        """Handle unexpected errors outside of the middleware, and therefore add its headers here."""
        request_id: str | None = getattr(request.state, "request_id", None)
        trace: str | None = getattr(request.state, "trace_id", None)
        if away := postgres_unavailable(error):
            log.warning("request_failed", path=request.url.path, request_id=request_id, because=type(error).__name__)
            problem = away.problem().model_copy(update={"request_id": request_id, "trace_id": trace})
        else:
            log.error("request_failed", path=request.url.path, request_id=request_id, exc_info=error)
            problem = _fault(request_id).model_copy(update={"trace_id": trace})
        response = answer(problem, {"X-Request-Id": request_id} if request_id else None)
        add_security_headers(response.headers)
        return response

    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RemoteError, remote)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(SQLAlchemyError, fault)
    app.add_exception_handler(Exception, fault)


def answer(problem: Problem, more_headers: Mapping[str, str] | None = None) -> Response:
    """Return the response for a problem, with the id of the request."""
    headers = dict(more_headers or {})
    if problem.retry_after_seconds is not None:
        headers["Retry-After"] = str(problem.retry_after_seconds)
    content = problem.model_dump(mode="json", exclude_none=True)
    if "request_id" in (bound := get_contextvars()):
        content["request_id"] = bound["request_id"]
    if (trace := trace_id()) is not None:
        content["trace_id"] = trace
    return Response(json.dumps(content), status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


def not_allowed(method: str, path: str, allowed: Iterable[str]) -> Response:
    """Return a 405 response. `Allow` lists the methods of the path."""
    status, methods = HTTPStatus.METHOD_NOT_ALLOWED, ", ".join(sorted(allowed))
    detail = f"{method} {path}: this path supports {methods}"
    problem = Problem(code=status.name.lower(), title=status.phrase, status=status, detail=detail)
    return answer(problem, {"Allow": methods})


def _of_http(request: Request, error: HTTPException) -> Problem:
    if error.status_code == HTTPStatus.BAD_REQUEST:  # a body that is not text or not JSON
        return Problem(code="invalid", title="Invalid request", status=422, detail=f"body: {error.detail}")
    status = HTTPStatus(error.status_code)
    plain = error.detail == status.phrase
    detail = f"{request.method} {request.url.path}" if plain else str(error.detail)
    return Problem(code=status.name.lower(), title=status.phrase, status=status, detail=detail)


def _fault(request_id: str | None = None) -> Problem:
    detail = "an unexpected error occurred; see the log of the gateway"
    return Problem(code="internal", title="Internal error", status=500, detail=detail, request_id=request_id)
