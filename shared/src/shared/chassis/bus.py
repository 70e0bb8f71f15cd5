"""How a service asks another: a typed request, a typed answer, and a refusal that arrives as what it was."""

import time
from collections.abc import Mapping
from typing import Any, TypeVar

import nats.errors
from faststream.nats import NatsBroker
from pydantic import TypeAdapter, ValidationError

from shared.chassis.errors import NoAnswerInTime, ServiceAway, TooLarge, error_of
from shared.chassis.startup_failure import LastWords, read
from shared.contracts.areas import service_of
from shared.contracts.message import Request
from shared.contracts.problem import Problem

ReplyT = TypeVar("ReplyT")

PROBLEM_HEADER = "Gapless-Problem"
UNTIL_HEADER = "Gapless-Until"
"""Until when the answer is waited for, in milliseconds since 1970 UTC: later a request is not begun."""
GRACE_SECONDS = 1.0
"""How far the clocks of two services may differ."""
HEADERS_BYTES = 4096
"""The broker counts the headers of a message too; ours have a few hundred bytes."""


class Bus:
    """Asks over core NATS."""

    def __init__(self, broker: NatsBroker) -> None:
        self._broker = broker
        self._adapters: dict[type[Request[Any]], TypeAdapter[Any]] = {}

    async def ask(self, request: Request[ReplyT], *, of: str | None = None) -> ReplyT:
        """Ask, and wait for the answer as long as the request's class says; `of` names the area for `EveryService`.

        Raises `TooLarge` when the broker cannot carry the request, `ServiceAway` when nobody listens, `Busy` when too
        many wait, `NoAnswerInTime` when no answer comes in time, `NotFound` and other `Refused` as the other service
        raised them, and the `RemoteError` family when an outside system is the reason.
        """
        subject = _subject(request, of)
        body = await self._answer(request, subject)
        try:
            reply: ReplyT = self._adapter(type(request)).validate_json(body)
        except ValidationError as error:
            detail = f"the answer to {subject} has another shape; are versions mixed?"
            raise ServiceAway(_owner(subject), detail) from error
        return reply

    async def _answer(self, request: Request[Any], subject: str) -> bytes:
        owner = _owner(subject)
        connection = await self._broker.connect()
        payload = request.model_dump_json().encode()
        if len(payload) > (most := connection.max_payload - HEADERS_BYTES):
            raise TooLarge(
                f"{subject} has {len(payload)} bytes, one message may have {most}: divide it, or send less at once"
            )
        until = round((time.time() + request.timeout_seconds) * 1000)
        try:
            answer = await connection.request(
                subject,
                payload,
                timeout=request.timeout_seconds,
                headers={"content-type": "application/json", UNTIL_HEADER: str(until)},
            )
        except nats.errors.NoRespondersError as error:
            raise ServiceAway(owner, f"nobody answers {subject}: {owner} is not running") from error
        except (nats.errors.TimeoutError, TimeoutError) as error:
            raise NoAnswerInTime(owner, f"no answer to {subject} within {request.timeout_seconds:g} s") from error
        except nats.errors.Error as error:
            raise ServiceAway(owner, f"{subject} could not be asked: {type(error).__name__}") from error
        if PROBLEM_HEADER in (answer.headers or {}):
            raise error_of(Problem.model_validate_json(answer.data))
        return answer.data

    async def last_words(self, service: str) -> LastWords | None:
        """What a service said when it could not start, None when it said nothing."""
        return await read(await self._broker.connect(), service)

    def _adapter(self, kind: type[Request[Any]]) -> TypeAdapter[Any]:
        if kind not in self._adapters:
            self._adapters[kind] = TypeAdapter(kind.reply_type())
        return self._adapters[kind]


def awaited_until(headers: Mapping[str, str] | None) -> float | None:
    """Until when the answer is waited for, in seconds since 1970 UTC; None when the request does not say."""
    until = (headers or {}).get(UNTIL_HEADER, "")
    return int(until) / 1000 if until.isdecimal() and len(until) < 20 else None


def too_late(headers: Mapping[str, str] | None) -> bool:
    """Whether nobody waits any more for the answer to a request with these headers."""
    return seconds_left(headers) < -GRACE_SECONDS


def seconds_left(headers: Mapping[str, str] | None) -> float:
    """How long the answer to a request with these headers is still waited for; as usual when they do not say."""
    until = awaited_until(headers)
    return Request.timeout_seconds if until is None else until - time.time()


def _subject(request: Request[Any], of: str | None) -> str:
    return request.subject.replace("*", of) if of else request.subject


def _owner(subject: str) -> str:
    """The service that answers a subject."""
    area = subject.split(".")[1]
    return service_of(area) or area
