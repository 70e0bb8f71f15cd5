"""Binds a service's table of subscriptions to NATS.

Requests are answered with a reply or a `Problem`. Commands and events come from durable pull consumers: a heartbeat
keeps a long one, a failure brings it again after a rising delay, and after the last attempt it is kept with its error.
FastStream's own policy throws a message away at its first exception, so the policy here is ours.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, cast

import structlog
from faststream import AckPolicy, BaseMiddleware
from faststream.exceptions import AckMessage, HandlerException, NackMessage, RejectMessage
from faststream.message import StreamMessage
from faststream.nats import JStream, NatsBroker, NatsMessage, NatsResponse, PullSub
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import AckPolicy as ConsumerAckPolicy
from nats.js.api import ConsumerConfig, DeliverPolicy
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import SQLAlchemyError

from shared.chassis.bus import PROBLEM_HEADER
from shared.chassis.database import Delivery, current_delivery
from shared.chassis.errors import Refused, RemoteError, TryAgainLater, problem_of
from shared.chassis.failures import Failures
from shared.chassis.logging import logger
from shared.chassis.streams import stream_of
from shared.chassis.subscriptions import Answered, Heard, Subscriptions
from shared.contracts.message import Message
from shared.contracts.problem import Problem

ACK_WAIT_SECONDS = 30.0
HEARTBEAT_SECONDS = 10.0
DELAYS_SECONDS = (1.0, 5.0, 30.0, 120.0)
"""Before the second, third, … attempt. After one more failure the message is kept, not tried again by itself."""
REQUESTS_AT_ONCE = 16


class Listening:
    """The ears of one service."""

    def __init__(self, broker: NatsBroker, table: Subscriptions, failures: Failures) -> None:
        self._broker = broker
        self._table = table
        self._failures = failures
        self._by_durable = {heard.durable: heard for heard in table.heard}
        self._log = logger(service=table.service)
        self._resending: set[asyncio.Task[None]] = set()

    def bind(self) -> None:
        """Register every line of the table with the broker, before it starts."""
        self._broker.add_middleware(self._middleware())
        for answered in self._table.answered:
            self._bind_request(answered)
        for heard in self._table.heard:
            self._bind_heard(heard)

    async def provision(self, js: JetStreamContext) -> None:
        """Make this service's durable consumers, or bring them to what the table says."""
        for heard in self._table.heard:
            subject = heard.message.subject
            await js.add_consumer(stream_of(subject), consumer_config(heard))

    def resend(self, consumer: str, message_id: str, body: bytes) -> None:
        """Handle a kept message again, now, by its own consumer only; success forgets it."""
        task = asyncio.create_task(self._handle_again(self._by_durable[consumer], message_id, body))
        self._resending.add(task)
        task.add_done_callback(self._resending.discard)

    def hears(self, consumer: str) -> bool:
        return consumer in self._by_durable

    def _bind_request(self, answered: Answered) -> None:
        reply = TypeAdapter(answered.message.reply_type())

        async def receive(body: Any, raw: Any) -> NatsResponse:
            with structlog.contextvars.bound_contextvars(subject=answered.subject):
                try:
                    content = reply.dump_json(await answered.handler(body))
                except Refused as refusal:
                    return _problem(refusal.problem(self._table.service))
                except RemoteError as error:
                    return _problem(problem_of(error, self._table.service))
            return NatsResponse(content, headers={"content-type": "application/json"})

        self._broker.subscriber(answered.subject, queue=self._table.service, max_workers=REQUESTS_AT_ONCE)(
            _typed(receive, answered.message)
        )

    def _bind_heard(self, heard: Heard) -> None:
        async def receive(body: Any, raw: Any) -> None:
            await self._handle(heard, message_id_of(raw.raw_message), body)

        self._broker.subscriber(
            heard.message.subject,
            stream=JStream(stream_of(heard.message.subject), declare=False),
            durable=heard.durable,
            pull_sub=PullSub(batch_size=heard.concurrency, timeout=5),
            config=consumer_config(heard),
            ack_policy=AckPolicy.NACK_ON_ERROR,
        )(_typed(receive, heard.message))

    async def _handle(self, heard: Heard, message_id: str, body: Message) -> None:
        values = {"message_id": message_id, "subject": heard.message.subject}
        if run_id := getattr(body, "run_id", None):
            values["run_id"] = str(run_id)
        token = current_delivery.set(Delivery(heard.durable, message_id))
        try:
            with structlog.contextvars.bound_contextvars(**values):
                await heard.handler(body)
        finally:
            current_delivery.reset(token)

    async def _handle_again(self, heard: Heard, message_id: str, body: bytes) -> None:
        try:
            await self._handle(heard, message_id, heard.message.model_validate_json(body))
        except Exception as error:  # noqa: BLE001 - the message wrapper: what fails is kept, whatever it is
            await self._failures.record(
                consumer=heard.durable,
                message_id=message_id,
                subject=heard.message.subject,
                body=body,
                error=f"{type(error).__name__}: {error}",
                last=True,
            )
        else:
            await self._failures.forget(heard.durable, message_id)

    def _middleware(self) -> Any:
        listening = self

        class Wrapper(BaseMiddleware[Any, Any]):
            async def consume_scope(self, call_next: Callable[[Any], Awaitable[Any]], msg: StreamMessage[Any]) -> Any:
                raw = cast("Msg", msg.raw_message)
                if not raw.reply.startswith("$JS.ACK."):
                    return await listening._answer_unreadable(call_next, msg, raw)
                async with _heartbeat(msg):
                    return await listening._attempt(call_next, msg, raw)

        return Wrapper

    async def _answer_unreadable(self, call_next: Callable[[Any], Awaitable[Any]], msg: Any, raw: Msg) -> Any:
        """A request that cannot be read, or whose handler is broken, is answered too: silence costs the asker time."""
        try:
            return await call_next(msg)
        except (HandlerException, asyncio.CancelledError):
            raise
        except Exception as error:
            unreadable = isinstance(error, (ValidationError, ValueError)) and not isinstance(error, SQLAlchemyError)
            self._log.error(
                "request_failed", subject=raw.subject, error=f"{type(error).__name__}: {error}", exc_info=error
            )
            problem = Problem(
                code="unreadable" if unreadable else "internal",
                title="Request not understood" if unreadable else "Fault in the service",
                status=422 if unreadable else 500,
                detail=f"{raw.subject}: {type(error).__name__}",
                service=self._table.service,
            )
            response = _problem(problem)
            if raw.reply:
                await self._broker.publish(response.body, raw.reply, headers=response.headers)
            raise AckMessage from error

    async def _attempt(self, call_next: Callable[[Any], Awaitable[Any]], msg: Any, raw: Msg) -> Any:
        try:
            result = await call_next(msg)
        except (HandlerException, asyncio.CancelledError):
            raise
        except TryAgainLater as later:
            self._log.info("message_waits", subject=raw.subject, because=str(later), seconds=later.delay_seconds)
            raise NackMessage(delay=later.delay_seconds) from later
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
        unreadable = isinstance(error, ValidationError) or type(error).__name__ == "JSONDecodeError"
        try:
            attempts = await self._failures.record(
                consumer=consumer,
                message_id=message_id,
                subject=raw.subject,
                body=raw.data,
                error=f"{type(error).__name__}: {error}",
                last=unreadable,
            )
            last = unreadable or attempts > len(DELAYS_SECONDS)
            if last and not unreadable:
                await self._failures.record(
                    consumer=consumer,
                    message_id=message_id,
                    subject=raw.subject,
                    body=raw.data,
                    error=f"{type(error).__name__}: {error}",
                    last=True,
                )
        except (SQLAlchemyError, OSError) as away:
            self._log.warning("failure_not_stored", subject=raw.subject, because=f"{type(away).__name__}: {away}")
            raise NackMessage(delay=5.0) from error
        self._log.error(
            "message_failed",
            subject=raw.subject,
            message_id=message_id,
            attempt=attempts,
            last=last,
            error=f"{type(error).__name__}: {error}",
            exc_info=None if isinstance(error, RemoteError) else error,
        )
        if last:
            raise RejectMessage from error
        delay = DELAYS_SECONDS[attempts - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - spreads attempts, guards nothing
        raise NackMessage(delay=delay) from error

    async def _forget_quietly(self, raw: Msg) -> None:
        with contextlib.suppress(SQLAlchemyError, OSError):
            await self._failures.forget(raw.metadata.consumer or "", message_id_of(raw))


def message_id_of(raw: Msg) -> str:
    """The id that a message keeps over all deliveries and relays."""
    return (raw.headers or {}).get("Nats-Msg-Id") or f"{raw.metadata.stream}-{raw.metadata.sequence.stream}"


def consumer_config(heard: Heard) -> ConsumerConfig:
    """The durable consumer of one line of the table. Attempts are counted in Postgres, so the server sets no limit."""
    return ConsumerConfig(
        durable_name=heard.durable,
        filter_subject=heard.message.subject,
        ack_policy=ConsumerAckPolicy.EXPLICIT,
        ack_wait=ACK_WAIT_SECONDS,
        max_deliver=-1,
        max_ack_pending=2_000,
        deliver_policy=DeliverPolicy.ALL,
    )


@contextlib.asynccontextmanager
async def _heartbeat(msg: Any) -> AsyncIterator[None]:
    async def beat() -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
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


def _typed(receive: Callable[..., Awaitable[Any]], message: type[Message]) -> Callable[..., Awaitable[Any]]:
    """Give a receiver the annotations that FastStream reads: the body's class and the raw message."""
    receive.__annotations__ = {"body": message, "raw": NatsMessage}
    receive.__name__ = message.__name__
    return receive
