"""Requests between services: a typed request, a typed answer, and errors that keep their type."""

import time
from collections.abc import Mapping
from typing import Any, TypeVar

import nats.errors
from faststream.nats import NatsBroker
from pydantic import TypeAdapter, ValidationError

from shared.chassis.errors import NoAnswerInTime, ServiceUnavailable, TooLarge, error_of
from shared.chassis.message_size import HEADERS_BYTES
from shared.chassis.startup_failure import StartupFailure, read
from shared.chassis.traces import TRACEPARENT, Kind, span, traceparent
from shared.contracts.areas import service_of
from shared.contracts.message import Request
from shared.contracts.problem import Problem
from shared.translatable import translatable

ReplyT = TypeVar("ReplyT")

PROBLEM_HEADER = "Gapless-Problem"
UNTIL_HEADER = "Gapless-Until"
"""The deadline of the caller, in milliseconds since 1970 UTC. A request is not started after it."""
GRACE_SECONDS = 1.0
"""Tolerated difference between the clocks of two services."""


class Bus:
    """Sends requests over core NATS."""

    def __init__(self, broker: NatsBroker) -> None:
        self._broker = broker
        self._adapters: dict[type[Request[Any]], TypeAdapter[Any]] = {}

    async def ask(self, request: Request[ReplyT], *, of: str | None = None) -> ReplyT:
        """Send a request and return its answer. `of` names the area to ask, for an `EveryService` request.

        Waits for `timeout_seconds` of the request. Raises `TooLarge` when the request exceeds the message size of the
        broker, `ServiceUnavailable` when no service listens, `Busy` when its queue is full, `NoAnswerInTime` after the
        time-out, `NotFound` and other `Refused` errors of the other service, and the `RemoteError` family when an
        outside system failed.
        """
        subject = _subject(request, of)
        with span(f"request {subject}", Kind.CLIENT, messaging__system="nats", messaging__destination__name=subject):
            body = await self._send(request, subject)
        try:
            reply: ReplyT = self._adapter(type(request)).validate_json(body)
        except ValidationError as error:
            words = f"the answer to {subject} has an unexpected format; do the services have different versions?"
            detail = translatable("system.unexpected_format", words, subject=subject)
            raise ServiceUnavailable(_owner(subject), detail) from error
        return reply

    async def _send(self, request: Request[Any], subject: str) -> bytes:
        owner = _owner(subject)
        connection = await self._broker.connect()
        payload = request.model_dump_json().encode()
        if len(payload) > (limit := connection.max_payload - HEADERS_BYTES):
            words = f"{subject} has {len(payload)} bytes, but the limit is {limit}: send less in one request"
            raise TooLarge(translatable("system.too_large", words, subject=subject, size=len(payload), limit=limit))
        until = round((time.time() + request.timeout_seconds) * 1000)
        headers = {"content-type": "application/json", UNTIL_HEADER: str(until)}
        if (trace := traceparent()) is not None:
            headers[TRACEPARENT] = trace
        try:
            response = await connection.request(subject, payload, timeout=request.timeout_seconds, headers=headers)
        except nats.errors.NoRespondersError as error:
            words = f"no service answers {subject}: {owner} is not running"
            not_running = translatable("system.not_running", words, subject=subject, service=owner)
            raise ServiceUnavailable(owner, not_running) from error
        except (nats.errors.TimeoutError, TimeoutError) as error:
            seconds = request.timeout_seconds
            words = f"no answer to {subject} within {seconds:g} s"
            late = translatable("system.no_answer_in_time", words, subject=subject, seconds=seconds)
            raise NoAnswerInTime(owner, late) from error
        except nats.errors.Error as error:
            words, why = f"{subject} could not be sent: {type(error).__name__}", type(error).__name__
            raise ServiceUnavailable(owner, translatable("system.not_sent", words, subject=subject, why=why)) from error
        if PROBLEM_HEADER in (response.headers or {}):
            raise error_of(Problem.model_validate_json(response.data))
        return response.data

    async def startup_failure(self, service: str) -> StartupFailure | None:
        """Why a service could not start; None when it reported no failure."""
        return await read(await self._broker.connect(), service)

    def _adapter(self, kind: type[Request[Any]]) -> TypeAdapter[Any]:
        if kind not in self._adapters:
            self._adapters[kind] = TypeAdapter(kind.reply_type())
        return self._adapters[kind]


def deadline_of(headers: Mapping[str, str] | None) -> float | None:
    """The deadline of the caller, in seconds since 1970 UTC; None when the request has none."""
    until = (headers or {}).get(UNTIL_HEADER, "")
    return int(until) / 1000 if until.isdecimal() and len(until) < 20 else None


def too_late(headers: Mapping[str, str] | None) -> bool:
    """Whether the deadline of the caller has passed, by more than the tolerated clock difference."""
    return seconds_left(headers) < -GRACE_SECONDS


def seconds_left(headers: Mapping[str, str] | None) -> float:
    """Seconds until the deadline of the caller; the default time-out when the request has no deadline."""
    deadline = deadline_of(headers)
    return Request.timeout_seconds if deadline is None else deadline - time.time()


def _subject(request: Request[Any], of: str | None) -> str:
    return request.subject.replace("*", of) if of else request.subject


def _owner(subject: str) -> str:
    """The service that owns a subject."""
    area = subject.split(".")[1]
    return service_of(area) or area
