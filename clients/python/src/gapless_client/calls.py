"""What the blocking and the asynchronous client share: how a request is written and a response is read."""

import datetime as dt
import time
from collections.abc import Hashable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from gapless_client.errors import ApiProblem, UnexpectedAnswer, Unreachable
from gapless_client.models import Problem

AnswerT = TypeVar("AnswerT")
KEY_HEADER = "X-Api-Key"
PAUSE_SECONDS = 1.0
"""The pause before a request is sent again."""
GATEWAY_AWAY = "gateway_away"


def segment(value: object) -> str:
    """One part of a path."""
    return quote(_text(value), safe="")


def request_options(
    query: Mapping[str, Any] | None, body: object, headers: Mapping[str, str | None] | None
) -> dict[str, Any]:
    """The arguments of an httpx request. Parameters and headers that are None are left out, and so is an empty body."""
    options: dict[str, Any] = {
        "params": {name: _query_value(value) for name, value in (query or {}).items() if value is not None},
        "headers": {name: value for name, value in (headers or {}).items() if value is not None},
    }
    if isinstance(body, BaseModel):
        options["content"] = body.model_dump_json(by_alias=True, exclude_unset=True)
        options["headers"]["Content-Type"] = "application/json"
    elif isinstance(body, bytes):
        options["content"] = body
        options["headers"]["Content-Type"] = "application/octet-stream"
    elif body is not None:
        options["json"] = body
    return options


def _query_value(value: Any) -> str | list[str]:
    if isinstance(value, list | tuple | set | frozenset):
        return [_text(each) for each in value]
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def read(response: httpx.Response, shape: type[AnswerT]) -> AnswerT:
    """The content of a response, or its text or bytes if that is the shape.

    Raises `ApiProblem` if it is an error, and `UnexpectedAnswer` if it does not have this shape.
    """
    if not response.is_success:
        raise ApiProblem(problem_of(response))
    answer: Any
    if shape is type(None):
        answer = None
    elif shape is str:
        answer = response.text
    elif shape is bytes:
        answer = response.content
    else:
        try:
            answer = _adapter(cast(Hashable, shape)).validate_json(response.content)
        except ValidationError as error:
            detail = (
                f"{response.request.url.path}: the response does not have the format of this version"
                f" ({error.error_count()} differences)"
            )
            problem = Problem(code="nonsense", title="The response cannot be read", status=502, detail=detail)
            raise UnexpectedAnswer(problem) from error
    return answer  # type: ignore[no-any-return]  # each branch checks the shape


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def problem_of(response: httpx.Response) -> Problem:
    """The problem that an error response describes."""
    try:
        return Problem.model_validate_json(response.content)
    except ValidationError:
        return Problem(code="http", title=f"HTTP {response.status_code}", status=response.status_code)


def unreachable(error: httpx.HTTPError, url: str) -> Unreachable:
    """The problem of a request without a response."""
    detail = str(error) or type(error).__name__
    return Unreachable(Problem(code=GATEWAY_AWAY, title="The gateway does not answer", status=503, detail=detail), url)


class Retries:
    """Decides how long one request is repeated while the gateway or a service is unavailable."""

    def __init__(self, seconds: float, not_for: set[str]) -> None:
        self._deadline = time.monotonic() + seconds
        self._not_for = not_for

    def again(self, problem: Problem) -> bool:
        """Whether to send the request again after `PAUSE_SECONDS`."""
        waits = problem.status == 503 and problem.service not in self._not_for
        return waits and time.monotonic() < self._deadline
