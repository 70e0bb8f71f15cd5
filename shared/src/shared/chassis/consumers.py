"""Binds a service's table of subscriptions to NATS.

Requests are answered with a reply or a `Problem`. Commands and events come from durable pull consumers. A heartbeat
extends the ack wait of a long-running handler. A failed message is redelivered after increasing delays; after the last
attempt it is stored with its error. FastStream itself would drop a message at its first exception.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from uuid import UUID

import structlog
from faststream import AckPolicy, BaseMiddleware
from faststream.exceptions import AckMessage, HandlerException, NackMessage, RejectMessage, SkipMessage
from faststream.message import StreamMessage
from faststream.nats import JStream, NatsBroker, NatsResponse, PullSub
from faststream.nats.subscriber.usecases import ConcurrentCoreSubscriber
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from shared.chassis.admission import Admission
from shared.chassis.bus import PROBLEM_HEADER, deadline_of, seconds_left, too_late
from shared.chassis.database import Delivery, current_delivery, postgres_unavailable, published_at, with_deadline
from shared.chassis.deliveries import CrashedTooOften, Deliveries
from shared.chassis.errors import AnswerTooLarge, Busy, Refused, RemoteError, TryAgainLater, problem_of
from shared.chassis.failed_messages import FailedMessages, Failure, describe_error
from shared.chassis.logging import logger
from shared.chassis.message_decoders import read_as, read_with_id_as
from shared.chassis.message_size import HEADERS_BYTES
from shared.chassis.message_spans import span_of_attempt, span_of_request
from shared.chassis.origin import is_delivery, is_from_outbox, is_request, message_id_of
from shared.chassis.pull_loop import WaitingFetches, fetch_with_pauses
from shared.chassis.request_drain import drain_requests
from shared.chassis.run_heartbeat import RunHeartbeat
from shared.chassis.streams import stream_of
from shared.chassis.subscriptions import Answered, Handled, Subscriptions
from shared.chassis.traces import Kind, Span, span
from shared.contracts.message import Command, Message, Request
from shared.contracts.problem import Problem

MAX_REQUESTS_ACCEPTED = 1_024
"""Requests of one subject that are accepted from NATS concurrently; `Admission` limits how many are handled."""
MAX_WAIT_SHARE = 0.75
"""The share of its time-out that a request may wait in the queue; the rest is left for handling it."""
BUSY_SECONDS = 5.0
"""Redelivery delay of a message for which no connection to Postgres was free."""
FETCH_SECONDS = 20.0
"""Time-out of one fetch. A server of a cluster that ends forgets the fetches of others, so that a service may receive
nothing for this long; a shorter time means more requests from an idle service. After a reconnection, the service
fetches again at once."""


@dataclass(frozen=True)
class RetryPolicy:
    """Heartbeats and retries of messages.

    While a handler runs, the message is marked as in progress every `heartbeat_seconds`, well within the ack wait of
    the consumer, and the heartbeat of its run is sent every `run_heartbeat_seconds`. `delays_seconds` are the delays
    before the second, third, … attempt. After one more failure the message is stored and not retried automatically.
    """

    heartbeat_seconds: float = 10.0
    run_heartbeat_seconds: float = 60.0
    delays_seconds: tuple[float, ...] = (1.0, 5.0, 30.0, 120.0)

    @property
    def attempts(self) -> int:
        """The number of attempts, the first included."""
        return len(self.delays_seconds) + 1


RETRY_POLICY = RetryPolicy()


class Consumers:
    """The bindings of one service: its requests and its durable consumers."""

    def __init__(  # noqa: PLR0913 - the parts of the service that it uses
        self,
        broker: NatsBroker,
        table: Subscriptions,
        failed_messages: FailedMessages,
        deliveries: Deliveries,
        retry_policy: RetryPolicy = RETRY_POLICY,
        *,
        runs: RunHeartbeat,
        fetches: WaitingFetches,
    ) -> None:
        self._broker = broker
        self._table = table
        self._failed_messages = failed_messages
        self._deliveries = deliveries
        self._retry_policy = retry_policy
        self._runs = runs
        self._fetches = fetches
        self._admission = Admission(table.service)
        self._by_durable = {handled.durable: handled for handled in table.handled}
        self._answered: frozenset[str] = frozenset()
        self._not_repeatable: frozenset[str] = frozenset()
        self._log = logger(service=table.service)
        self._resending: set[asyncio.Task[None]] = set()
        self._requests: list[ConcurrentCoreSubscriber] = []

    def bind(self) -> None:
        """Register every entry of the table with the broker. Call it before the broker starts."""
        self._answered = frozenset(each.subject for each in self._table.answered)
        self._not_repeatable = frozenset(each.subject for each in self._table.answered if each.message.not_repeatable)
        self._broker.add_middleware(self._middleware())
        for answered in self._table.answered:
            self._bind_request(answered)
        for handled in self._table.handled:
            self._bind_handled(handled)

    async def stop_requests(self) -> None:
        """Receive no more requests. Those that were received are still answered, until the broker stops."""
        await drain_requests(self._requests, connected=(await self._broker.connect()).is_connected)

    def resend(self, consumer: str, message_id: str, body: bytes) -> None:
        """Handle a failed message again now, by its own consumer only. On success its record is deleted."""
        task = asyncio.create_task(self._handle_again(self._by_durable[consumer], message_id, body))
        self._resending.add(task)
        task.add_done_callback(self._resending.discard)

    def has_consumer(self, consumer: str) -> bool:
        """Whether this service has a consumer of this name."""
        return consumer in self._by_durable

    def _bind_request(self, answered: Answered) -> None:
        async def receive(body: Any) -> NatsResponse:
            with structlog.contextvars.bound_contextvars(subject=answered.subject):
                try:
                    content = _reply_adapter(answered.message).dump_json(await answered.handler(body))
                    await self._check_size(content, answered.subject)
                except Refused as refusal:
                    return _problem(refusal.problem(self._table.service))
                except RemoteError as error:
                    return _problem(problem_of(error, self._table.service))
            return NatsResponse(content, headers={"content-type": "application/json"})

        subscriber = self._broker.subscriber(
            answered.subject,
            queue="" if answered.message.every_replica else self._table.service,
            max_workers=MAX_REQUESTS_ACCEPTED,
            decoder=read_as(answered.message),
        )
        subscriber(_named(receive, answered.message))
        self._requests.append(subscriber)

    async def _check_size(self, content: bytes, subject: str) -> None:
        """Raises `AnswerTooLarge` when the answer exceeds the message size of the broker."""
        limit = (await self._broker.connect()).max_payload - HEADERS_BYTES
        if len(content) > limit:
            raise AnswerTooLarge(
                f"the answer to {subject} has {len(content)} bytes, but the limit is {limit}: request fewer items"
            )

    def _bind_handled(self, handled: Handled) -> None:
        """Start one pull loop per message that may be handled concurrently; each fetches a single message.

        A fetch of several messages would wait for the whole batch, and then for its slowest message.
        """
        for number in range(handled.concurrency):

            async def receive(delivered: Any) -> None:
                message_id, body = delivered
                await self._handle(handled, message_id, body)

            subscriber = self._broker.subscriber(
                handled.message.subject,
                stream=JStream(stream_of(handled.message.subject), declare=False),
                durable=handled.durable,
                pull_sub=PullSub(batch_size=1, timeout=FETCH_SECONDS),
                # Pull consumers ignore the connection's prefix, and this user may not use other inboxes.
                inbox_prefix=f"_INBOX_{self._table.service}.".encode(),
                ack_policy=AckPolicy.NACK_ON_ERROR,
                include_in_schema=number == 0,
                decoder=read_with_id_as(handled.message),
            )
            subscriber(_named(receive, handled.message))
            fetch_with_pauses(subscriber, self._fetches)

    async def _handle(self, handled: Handled, message_id: str, body: Message) -> None:
        values = {"message_id": message_id, "subject": handled.message.subject}
        run_id = getattr(body, "run_id", None)
        if run_id is not None:
            values["run_id"] = str(run_id)
        token = current_delivery.set(Delivery(handled.durable, message_id))
        try:
            with structlog.contextvars.bound_contextvars(**values):
                if run_id is None or not self._works_on_run(body):
                    await handled.handler(body)
                elif _may_be_skipped(body) and await self._runs.cancelled(run_id):
                    self._log.info("message_skipped", because="its run was cancelled")
                else:
                    async with self._runs.alive(run_id):
                        await handled.handler(body)
        finally:
            current_delivery.reset(token)

    def _works_on_run(self, body: Message) -> bool:
        """Whether a message is part of the work of its run; messages about runs are not."""
        return self._table.works_on_runs and body.area() != "runs"

    async def _handle_again(self, handled: Handled, message_id: str, body: bytes) -> None:
        try:
            with span(f"handle {handled.message.subject}", Kind.CONSUMER, messaging__message__id=message_id):
                await self._handle(handled, message_id, handled.message.model_validate_json(body))
        except Exception as error:  # noqa: BLE001 - any failure of a handler is stored
            failure = _failure(handled, message_id, body, error)
            await self._failed_messages.record(failure, attempts_allowed=0)
        else:
            await self._failed_messages.forget(handled.durable, message_id)

    def _middleware(self) -> Any:
        consumers = self

        class Wrapper(BaseMiddleware[Any, Any]):
            async def consume_scope(self, call_next: Callable[[Any], Awaitable[Any]], msg: StreamMessage[Any]) -> Any:
                raw = cast("Msg", msg.raw_message)
                if is_request(raw, consumers._answered):
                    with span_of_request(raw) as recorded:
                        return await consumers._answer(call_next, msg, raw, recorded)
                if not is_delivery(raw, consumers._by_durable):
                    consumers._log.error("message_refused", subject=raw.subject, reply=raw.reply)
                    raise SkipMessage
                if not is_from_outbox(raw):
                    consumers._log.error("message_refused", subject=raw.subject, because="it was not sent by an outbox")
                    raise RejectMessage
                async with _heartbeat(msg, consumers._retry_policy.heartbeat_seconds):
                    with span_of_attempt(raw) as recorded:
                        return await consumers._attempt(call_next, msg, raw, recorded)

        return Wrapper

    async def _answer(self, call_next: Callable[[Any], Awaitable[Any]], msg: Any, raw: Msg, recorded: Span) -> Any:
        """Answer a request also when it is invalid or its handler fails, so that the caller need not time out.

        A request whose deadline has passed is skipped: its caller got an error and may have sent it again.
        """
        try:
            async with self._admission.admitted(raw.subject, MAX_WAIT_SHARE * seconds_left(raw.headers)):
                if not too_late(raw.headers):
                    until = deadline_of(raw.headers) if raw.subject in self._not_repeatable else None
                    with with_deadline(until):
                        return await call_next(msg)
            self._log.warning("request_skipped", subject=raw.subject, because="its deadline has passed")
            raise AckMessage
        except Busy as busy:
            recorded.fail(type(busy).__name__)
            await self._refuse(raw, busy.problem())
            raise AckMessage from busy
        except (HandlerException, asyncio.CancelledError):
            raise
        except Exception as error:
            recorded.fail(type(error).__name__)
            await self._refuse(raw, self._problem_of(error, raw.subject))
            raise AckMessage from error

    async def _refuse(self, raw: Msg, problem: Problem) -> None:
        """Publish an error answer without FastStream, whose metrics would count each inbox as a separate subject."""
        if raw.reply:
            response = _problem(problem)
            connection = await self._broker.connect()
            await connection.publish(raw.reply, cast("bytes", response.body), headers=response.headers)

    def _problem_of(self, error: Exception, subject: str) -> Problem:
        if unavailable := postgres_unavailable(error):
            self._log.warning("request_failed", subject=subject, error=describe_error(error))
            return unavailable.problem()
        unreadable = isinstance(error, (ValidationError, ValueError)) and not isinstance(error, SQLAlchemyError)
        self._log.error("request_failed", subject=subject, error=describe_error(error), exc_info=_traceback_of(error))
        return Problem(
            code="unreadable" if unreadable else "internal",
            title="Invalid request" if unreadable else "Internal error",
            status=422 if unreadable else 500,
            detail=f"{subject}: {type(error).__name__}",
            service=self._table.service,
        )

    async def _attempt(self, call_next: Callable[[Any], Awaitable[Any]], msg: Any, raw: Msg, recorded: Span) -> Any:
        published_at.set(raw.metadata.timestamp)
        try:
            async with self._deliveries.recorded(raw, crashes_allowed=self._retry_policy.attempts):
                result = await call_next(msg)
        except (HandlerException, asyncio.CancelledError):
            raise
        except TryAgainLater as later:
            recorded.set(deferred=True)
            self._log.info("message_deferred", subject=raw.subject, because=str(later), seconds=later.delay_seconds)
            raise NackMessage(delay=later.delay_seconds) from later
        except NoConnectionFree as busy:  # not the fault of the message, so it does not count as a failed attempt
            self._log.warning(
                "message_deferred", subject=raw.subject, because=describe_error(busy), seconds=BUSY_SECONDS
            )
            raise NackMessage(delay=BUSY_SECONDS) from busy
        except Exception as error:  # noqa: BLE001 - any failure of a handler is stored
            recorded.fail(type(error).__name__)
            await self._failed(raw, error)
        else:
            if raw.metadata.num_delivered > 1:
                await self._forget_quietly(raw)
            return result

    async def _failed(self, raw: Msg, error: Exception) -> None:
        """Store the failure and schedule the redelivery. Always raises the exception that FastStream expects."""
        consumer = raw.metadata.consumer or ""
        message_id = message_id_of(raw)
        permanent = isinstance(error, (ValidationError, CrashedTooOften))
        try:
            failure = _failure(self._by_durable[consumer], message_id, raw.data, error)
            allowed = 0 if permanent else self._retry_policy.attempts
            attempts, last = await self._failed_messages.record(failure, attempts_allowed=allowed)
        except (SQLAlchemyError, OSError) as unavailable:
            self._log.warning(
                "failure_not_stored", subject=raw.subject, because=f"{type(unavailable).__name__}: {unavailable}"
            )
            raise NackMessage(delay=5.0) from error
        self._log.error(
            "message_failed",
            subject=raw.subject,
            message_id=message_id,
            attempt=attempts,
            last=last,
            error=describe_error(error),
            exc_info=_traceback_of(error),
        )
        if last:
            raise RejectMessage from error
        delay = self._retry_policy.delays_seconds[attempts - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not security
        raise NackMessage(delay=delay) from error

    async def _forget_quietly(self, raw: Msg) -> None:
        with contextlib.suppress(SQLAlchemyError, OSError):
            await self._failed_messages.forget(raw.metadata.consumer or "", message_id_of(raw))


def _failure(handled: Handled, message_id: str, body: bytes, error: Exception) -> Failure:
    words, subject = describe_error(error), handled.message.subject
    return Failure(handled.durable, message_id, subject, body, words, _run_begun_by(handled.message, body))


def _may_be_skipped(message: Message) -> bool:
    """Whether a message can be skipped when its run was cancelled."""
    return isinstance(message, Command) and (message.begins_run or message.part_of_run)


def _traceback_of(error: Exception) -> Exception | None:
    """None where it is useless, or where it would contain the invalid input."""
    return None if isinstance(error, (RemoteError, ValidationError, CrashedTooOften)) else error


def _run_begun_by(kind: type[Message], body: bytes) -> UUID | None:
    """The run whose whole work this command is, if any."""
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


@cache
def _reply_adapter(message: type[Request[Any]]) -> TypeAdapter[Any]:
    """Writes the answers to a request. It is made for the first answer, because most requests are rare."""
    return TypeAdapter(message.reply_type())


def _named(receive: Callable[..., Awaitable[Any]], message: type[Message]) -> Callable[..., Awaitable[Any]]:
    """Name a receiver after its message, for FastStream's logs and metrics."""
    receive.__name__ = message.__name__
    return receive
