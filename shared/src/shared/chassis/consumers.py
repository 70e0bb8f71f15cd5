"""Binds a service's table of subscriptions to NATS.

Requests are answered with a reply or a `Problem`. Commands and events come from durable pull consumers: a heartbeat
keeps a long one, a failure brings it again after a rising delay, and after the last attempt it is kept with its error.
FastStream's own policy throws a message away at its first exception, so the policy here is ours.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import structlog
from faststream import AckPolicy, BaseMiddleware
from faststream.exceptions import AckMessage, HandlerException, NackMessage, RejectMessage, SkipMessage
from faststream.message import StreamMessage
from faststream.nats import JStream, NatsBroker, NatsMessage, NatsResponse, PullSub
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from shared.chassis.admission import Admission
from shared.chassis.bus import HEADERS_BYTES, PROBLEM_HEADER, awaited_until, seconds_left, too_late
from shared.chassis.database import Delivery, answered_until, current_delivery, postgres_away, said_at
from shared.chassis.deliveries import Deliveries, DiedTooOften
from shared.chassis.errors import AnswerTooLarge, Busy, Refused, RemoteError, TryAgainLater, problem_of
from shared.chassis.failed_messages import Failure, Failures, words_of
from shared.chassis.logging import logger
from shared.chassis.origin import is_delivery, is_from_outbox, is_request, message_id_of
from shared.chassis.run_heartbeat import RunKeeping
from shared.chassis.streams import stream_of
from shared.chassis.subscriptions import Answered, Heard, Subscriptions
from shared.contracts.message import Command, Message
from shared.contracts.problem import Problem

REQUESTS_TAKEN = 1_024
"""Requests of one subject that are taken from NATS; what is done with so many is for `Admission` to say."""
SHARE_WAITED = 0.75
"""Of the time in which a request's answer is wanted, it may wait for its turn so long; the rest is for the work."""
BUSY_SECONDS = 5.0
"""After how long a message comes again for which no connection to Postgres was free."""
FETCH_SECONDS = 10.0
"""How long one question for a message stands. A NATS that begins anew has forgotten it: so long nothing is heard then,
and the shorter it is, the more an idle service asks."""


@dataclass(frozen=True)
class Patience:
    """How long a message may take and how often it may fail.

    A handler that runs long reports progress every `heartbeat_seconds`, well within the consumer's ack wait, and its
    run to be alive every `sign_of_life_seconds`. `delays_seconds` pass before the second, third, … attempt; after one
    more failure the message is kept and not tried again by itself.
    """

    heartbeat_seconds: float = 10.0
    sign_of_life_seconds: float = 60.0
    delays_seconds: tuple[float, ...] = (1.0, 5.0, 30.0, 120.0)

    @property
    def attempts(self) -> int:
        return len(self.delays_seconds) + 1


PATIENCE = Patience()


class Listening:
    """The ears of one service."""

    def __init__(
        self,
        broker: NatsBroker,
        table: Subscriptions,
        failures: Failures,
        deliveries: Deliveries,
        patience: Patience = PATIENCE,
        *,
        runs: RunKeeping,
    ) -> None:
        self._broker = broker
        self._table = table
        self._failures = failures
        self._deliveries = deliveries
        self._patience = patience
        self._runs = runs
        self._admission = Admission(table.service)
        self._by_durable = {heard.durable: heard for heard in table.heard}
        self._answered: frozenset[str] = frozenset()
        self._not_twice: frozenset[str] = frozenset()
        self._log = logger(service=table.service)
        self._resending: set[asyncio.Task[None]] = set()

    def bind(self) -> None:
        """Register every line of the table with the broker, before it starts."""
        self._answered = frozenset(each.subject for each in self._table.answered)
        self._not_twice = frozenset(each.subject for each in self._table.answered if each.message.not_twice)
        self._broker.add_middleware(self._middleware())
        for answered in self._table.answered:
            self._bind_request(answered)
        for heard in self._table.heard:
            self._bind_heard(heard)

    def resend(self, consumer: str, message_id: str, body: bytes) -> None:
        """Handle a kept message again, now, by its own consumer only; success forgets it."""
        task = asyncio.create_task(self._handle_again(self._by_durable[consumer], message_id, body))
        self._resending.add(task)
        task.add_done_callback(self._resending.discard)

    def hears(self, consumer: str) -> bool:
        return consumer in self._by_durable

    def _bind_request(self, answered: Answered) -> None:
        reply = TypeAdapter(answered.message.reply_type())

        async def receive(body: Any) -> NatsResponse:
            with structlog.contextvars.bound_contextvars(subject=answered.subject):
                try:
                    content = reply.dump_json(await answered.handler(body))
                    await self._check_size(content, answered.subject)
                except Refused as refusal:
                    return _problem(refusal.problem(self._table.service))
                except RemoteError as error:
                    return _problem(problem_of(error, self._table.service))
            return NatsResponse(content, headers={"content-type": "application/json"})

        self._broker.subscriber(
            answered.subject,
            queue=self._table.service,
            max_workers=REQUESTS_TAKEN,
            decoder=_read_as(answered.message),
        )(_named(receive, answered.message))

    async def _check_size(self, content: bytes, subject: str) -> None:
        """Raises `AnswerTooLarge` for what the broker would not carry."""
        most = (await self._broker.connect()).max_payload - HEADERS_BYTES
        if len(content) > most:
            raise AnswerTooLarge(
                f"the answer to {subject} has {len(content)} bytes, one message may have {most}: ask for less at once"
            )

    def _bind_heard(self, heard: Heard) -> None:
        """As many pull loops as messages may be handled at once, each for one message at a time.

        A fetch of several would linger for the rest of them after the first, and then wait for the slowest.
        """
        for number in range(heard.concurrency):

            async def receive(delivered: Any) -> None:
                message_id, body = delivered
                await self._handle(heard, message_id, body)

            self._broker.subscriber(
                heard.message.subject,
                stream=JStream(stream_of(heard.message.subject), declare=False),
                durable=heard.durable,
                pull_sub=PullSub(batch_size=1, timeout=FETCH_SECONDS),
                # Pull consumers do not take the connection's prefix, and other inboxes are not allowed to this user.
                inbox_prefix=f"_INBOX_{self._table.service}.".encode(),
                ack_policy=AckPolicy.NACK_ON_ERROR,
                include_in_schema=number == 0,
                decoder=_read_with_id_as(heard.message),
            )(_named(receive, heard.message))

    async def _handle(self, heard: Heard, message_id: str, body: Message) -> None:
        values = {"message_id": message_id, "subject": heard.message.subject}
        run_id = getattr(body, "run_id", None)
        if run_id is not None:
            values["run_id"] = str(run_id)
        token = current_delivery.set(Delivery(heard.durable, message_id))
        try:
            with structlog.contextvars.bound_contextvars(**values):
                if run_id is None or not self._works_on_run(body):
                    await heard.handler(body)
                elif _may_be_left_off(body) and await self._runs.cancelled(run_id):
                    self._log.info("run_was_cancelled")
                else:
                    async with self._runs.alive(run_id):
                        await heard.handler(body)
        finally:
            current_delivery.reset(token)

    def _works_on_run(self, body: Message) -> bool:
        """Whether a message is part of the work of the run it names; what is told about runs is not."""
        return self._table.works_on_runs and body.area() != "runs"

    async def _handle_again(self, heard: Heard, message_id: str, body: bytes) -> None:
        try:
            await self._handle(heard, message_id, heard.message.model_validate_json(body))
        except Exception as error:  # noqa: BLE001 - the message wrapper: what fails is kept, whatever it is
            failure = _failure(heard, message_id, body, error)
            await self._failures.record(failure, attempts_allowed=0)
        else:
            await self._failures.forget(heard.durable, message_id)

    def _middleware(self) -> Any:
        listening = self

        class Wrapper(BaseMiddleware[Any, Any]):
            async def consume_scope(self, call_next: Callable[[Any], Awaitable[Any]], msg: StreamMessage[Any]) -> Any:
                raw = cast("Msg", msg.raw_message)
                if is_request(raw, listening._answered):
                    return await listening._answer(call_next, msg, raw)
                if not is_delivery(raw, listening._by_durable):
                    listening._log.error("message_refused", subject=raw.subject, reply=raw.reply)
                    raise SkipMessage
                if not is_from_outbox(raw):
                    listening._log.error("message_refused", subject=raw.subject, because="it comes from no outbox")
                    raise RejectMessage
                async with _heartbeat(msg, listening._patience.heartbeat_seconds):
                    return await listening._attempt(call_next, msg, raw)

        return Wrapper

    async def _answer(self, call_next: Callable[[Any], Awaitable[Any]], msg: Any, raw: Msg) -> Any:
        """A request that cannot be read, or whose handler is broken, is answered too: silence costs the asker time.

        One that nobody waits for any more is not begun: whoever asked was told so, and may have asked again.
        """
        try:
            async with self._admission.admitted(raw.subject, SHARE_WAITED * seconds_left(raw.headers)):
                if not too_late(raw.headers):
                    until = awaited_until(raw.headers) if raw.subject in self._not_twice else None
                    with answered_until(until):
                        return await call_next(msg)
            self._log.warning("request_skipped", subject=raw.subject, because="its answer is no longer awaited")
            raise AckMessage
        except Busy as busy:
            await self._refuse(raw, busy.problem())
            raise AckMessage from busy
        except (HandlerException, asyncio.CancelledError):
            raise
        except Exception as error:
            await self._refuse(raw, self._problem_of(error, raw.subject))
            raise AckMessage from error

    async def _refuse(self, raw: Msg, problem: Problem) -> None:
        """Answer outside of FastStream, which would count each inbox as a destination of its own for its metrics."""
        if raw.reply:
            response = _problem(problem)
            connection = await self._broker.connect()
            await connection.publish(raw.reply, cast("bytes", response.body), headers=response.headers)

    def _problem_of(self, error: Exception, subject: str) -> Problem:
        if away := postgres_away(error):
            self._log.warning("request_failed", subject=subject, error=words_of(error))
            return away.problem()
        unreadable = isinstance(error, (ValidationError, ValueError)) and not isinstance(error, SQLAlchemyError)
        self._log.error("request_failed", subject=subject, error=words_of(error), exc_info=_traceback_of(error))
        return Problem(
            code="unreadable" if unreadable else "internal",
            title="Request not understood" if unreadable else "Fault in the service",
            status=422 if unreadable else 500,
            detail=f"{subject}: {type(error).__name__}",
            service=self._table.service,
        )

    async def _attempt(self, call_next: Callable[[Any], Awaitable[Any]], msg: Any, raw: Msg) -> Any:
        said_at.set(raw.metadata.timestamp)
        try:
            async with self._deliveries.noted(raw, deaths_allowed=self._patience.attempts):
                result = await call_next(msg)
        except (HandlerException, asyncio.CancelledError):
            raise
        except TryAgainLater as later:
            self._log.info("message_waits", subject=raw.subject, because=str(later), seconds=later.delay_seconds)
            raise NackMessage(delay=later.delay_seconds) from later
        except NoConnectionFree as busy:  # says nothing of the message, so that it is no failed attempt
            self._log.warning("message_waits", subject=raw.subject, because=words_of(busy), seconds=BUSY_SECONDS)
            raise NackMessage(delay=BUSY_SECONDS) from busy
        except Exception as error:  # noqa: BLE001 - the message wrapper
            await self._failed(raw, error)
        else:
            if raw.metadata.num_delivered > 1:
                await self._forget_quietly(raw)
            return result

    async def _failed(self, raw: Msg, error: Exception) -> None:
        """Keep the failure and say when the message comes again. Always raises what FastStream acts on."""
        consumer = raw.metadata.consumer or ""
        message_id = message_id_of(raw)
        hopeless = isinstance(error, (ValidationError, DiedTooOften))
        try:
            failure = _failure(self._by_durable[consumer], message_id, raw.data, error)
            allowed = 0 if hopeless else self._patience.attempts
            attempts, last = await self._failures.record(failure, attempts_allowed=allowed)
        except (SQLAlchemyError, OSError) as away:
            self._log.warning("failure_not_stored", subject=raw.subject, because=f"{type(away).__name__}: {away}")
            raise NackMessage(delay=5.0) from error
        self._log.error(
            "message_failed",
            subject=raw.subject,
            message_id=message_id,
            attempt=attempts,
            last=last,
            error=words_of(error),
            exc_info=_traceback_of(error),
        )
        if last:
            raise RejectMessage from error
        delay = self._patience.delays_seconds[attempts - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - spreads attempts, guards nothing
        raise NackMessage(delay=delay) from error

    async def _forget_quietly(self, raw: Msg) -> None:
        with contextlib.suppress(SQLAlchemyError, OSError):
            await self._failures.forget(raw.metadata.consumer or "", message_id_of(raw))


def _failure(heard: Heard, message_id: str, body: bytes, error: Exception) -> Failure:
    words, subject = words_of(error), heard.message.subject
    return Failure(heard.durable, message_id, subject, body, words, _run_begun_by(heard.message, body))


def _may_be_left_off(message: Message) -> bool:
    """Whether a message need not be handled when its run was cancelled."""
    return isinstance(message, Command) and (message.begins_run or message.part_of_run)


def _traceback_of(error: Exception) -> Exception | None:
    """None where it tells nothing, or too much: what could not be read stands in it."""
    return None if isinstance(error, (RemoteError, ValidationError, DiedTooOften)) else error


def _run_begun_by(kind: type[Message], body: bytes) -> UUID | None:
    """The run that a command is the whole work of."""
    if not (issubclass(kind, Command) and kind.begins_run):
        return None
    with contextlib.suppress(ValidationError):
        return getattr(kind.model_validate_json(body), "run_id", None)
    return None


@contextlib.asynccontextmanager
async def _heartbeat(msg: Any, every_seconds: float) -> AsyncIterator[None]:
    async def beat() -> None:
        while True:
            await asyncio.sleep(every_seconds)
            with contextlib.suppress(NatsError, OSError):
                await msg.in_progress()

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def _problem(problem: Problem) -> NatsResponse:
    headers = {"content-type": "application/json", PROBLEM_HEADER: problem.code}
    return NatsResponse(problem.model_dump_json().encode(), headers=headers)


def _read_as(message: type[Message]) -> Callable[[NatsMessage], Awaitable[Message]]:
    """Reads a body once, from its bytes: FastStream would parse it, solve dependencies and validate after that."""

    async def read(delivered: NatsMessage) -> Message:
        return message.model_validate_json(delivered.body)

    return read


def _read_with_id_as(message: type[Message]) -> Callable[[NatsMessage], Awaitable[tuple[str, Message]]]:
    async def read(delivered: NatsMessage) -> tuple[str, Message]:
        return message_id_of(delivered.raw_message), message.model_validate_json(delivered.body)

    return read


def _named(receive: Callable[..., Awaitable[Any]], message: type[Message]) -> Callable[..., Awaitable[Any]]:
    """Give a receiver the name under which FastStream tells of it."""
    receive.__name__ = message.__name__
    return receive
