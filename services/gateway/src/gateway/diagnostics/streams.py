"""The contents of the two streams, and the lag of each service in the messages that it receives."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import nats.errors
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import ConsumerInfo
from nats.js.errors import Error as JetStreamError
from nats.js.errors import NotFoundError
from pydantic import BaseModel
from shared.chassis.streams import STREAMS
from shared.contracts.gateway.diagnostics import Lag, StreamState

TIMEOUT_SECONDS = 2.0


PAGE = 256
"""Number of consumers that NATS returns at a time."""


class NatsUnavailable(Exception):
    """NATS did not answer in time."""


class Traffic(BaseModel):
    """Both streams, and the lag of every consumer, the oldest message first."""

    streams: list[StreamState]
    lags: list[Lag]
    server_version: str


class Streams:
    """Queries NATS over the service's own connection."""

    def __init__(self, connect: Callable[[], Awaitable[Client]]) -> None:
        self._connect = connect

    async def read(self) -> Traffic:
        """The current state. Raises `NatsUnavailable`."""
        try:
            connection = await self._connect()
            js = connection.jetstream(timeout=TIMEOUT_SECONDS)
            names = [str(stream.name) for stream in STREAMS]
            states = await asyncio.gather(*(_state(js, name) for name in names))
            consumers = [each for name in names for each in await _consumers(js, name)]
            lags = await asyncio.gather(*(_lag(js, consumer) for consumer in consumers))
        except (nats.errors.Error, JetStreamError, OSError, TimeoutError) as error:
            raise NatsUnavailable(f"NATS did not answer: {type(error).__name__}") from error
        ordered = sorted(lags, key=lambda lag: (-(lag.oldest_seconds or 0.0), lag.service, lag.message_subject))
        version = connection.connected_server_version
        server_version = f"{version.major}.{version.minor}.{version.patch}"
        return Traffic(streams=list(states), lags=ordered, server_version=server_version)


async def _state(js: JetStreamContext, name: str) -> StreamState:
    found = await js.stream_info(name)
    return StreamState(
        name=name,
        messages=found.state.messages,
        size_bytes=found.state.bytes,
        size_limit_bytes=found.config.max_bytes or -1,
        consumers=found.state.consumer_count,
    )


async def _consumers(js: JetStreamContext, name: str) -> list[ConsumerInfo]:
    found: list[ConsumerInfo] = []
    while len(page := await js.consumers_info(name, offset=len(found))) == PAGE:
        found += page
    return [each for each in [*found, *page] if each.config.durable_name and each.config.filter_subject]


async def _lag(js: JetStreamContext, consumer: ConsumerInfo) -> Lag:
    subject = consumer.config.filter_subject or ""
    pending, unacknowledged = consumer.num_pending or 0, consumer.num_ack_pending or 0
    oldest_at = await _oldest(js, consumer, subject) if pending or unacknowledged else None
    return Lag(
        stream=consumer.stream_name,
        service=consumer.name.removesuffix(f"-{subject.replace('.', '-')}"),
        message_subject=subject,
        pending=pending,
        unacknowledged=unacknowledged,
        redelivered=consumer.num_redelivered or 0,
        oldest_at=oldest_at,
        oldest_seconds=(datetime.now(UTC) - oldest_at).total_seconds() if oldest_at else None,
    )


async def _oldest(js: JetStreamContext, consumer: ConsumerInfo, subject: str) -> datetime | None:
    """When the oldest message after the last gapless acknowledgement was sent; None if it has been handled since."""
    done = consumer.ack_floor.stream_seq if consumer.ack_floor else 0
    try:
        return (await js.get_msg(consumer.stream_name, done + 1, subject, direct=True, next=True)).time
    except NotFoundError:
        return None
