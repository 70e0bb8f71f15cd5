"""Reads the stream EVENTS in order, by sequence and without a consumer. The position is the last sequence.

A batched direct get (NATS 2.11, ADR-31) answers with the messages and ends with a status.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.errors import Error as JetStreamError

from gateway.events.kinds import ShownEvent, shown

BATCH = 250
TIMEOUT_SECONDS = 2.0
_GET = "$JS.API.DIRECT.GET.EVENTS"


class StreamUnavailable(Exception):
    """NATS did not answer in time."""


@dataclass(frozen=True)
class StreamBounds:
    """The first and the last sequence in the stream. `first` is `last` + 1 when the stream is empty."""

    first: int
    last: int


@dataclass(frozen=True)
class Batch:
    """The shown events, and the sequence up to which the stream was read."""

    events: list[ShownEvent]
    read_until: int


class EventStream:
    """The stream EVENTS, over the service's own connection."""

    def __init__(self, connect: Callable[[], Awaitable[Client]]) -> None:
        self._connect = connect

    async def bounds(self) -> StreamBounds:
        """Return the bounds of the stream. Raises `StreamUnavailable`."""
        try:
            connection = await self._connect()
            state = (await connection.jetstream(timeout=TIMEOUT_SECONDS).stream_info("EVENTS")).state
        except (nats.errors.Error, JetStreamError, OSError, TimeoutError) as error:
            raise StreamUnavailable(type(error).__name__) from error
        return StreamBounds(state.first_seq, state.last_seq)

    async def after(self, sequence: int) -> Batch:
        """Return the next events after this sequence, at most `BATCH`. Raises `StreamUnavailable`."""
        query = {"seq": sequence + 1, "batch": BATCH, "next_by_subj": "evt.>"}
        try:
            connection = await self._connect()
            inbox = connection.new_inbox()
            answers = await connection.subscribe(inbox)
            try:
                await connection.publish(_GET, json.dumps(query).encode(), reply=inbox)
                messages = await _until_status(answers.next_msg)
            finally:
                await answers.unsubscribe()
        except (nats.errors.Error, OSError, TimeoutError) as error:
            raise StreamUnavailable(type(error).__name__) from error
        events = [event for message in messages if (event := _shown(message)) is not None]
        return Batch(events, _sequence(messages[-1]) if messages else sequence)


async def _until_status(next_message: Callable[..., Awaitable[Msg]]) -> list[Msg]:
    messages: list[Msg] = []
    while True:
        message = await next_message(timeout=TIMEOUT_SECONDS)
        if "Status" in (message.headers or {}):
            return messages
        messages.append(message)


def _sequence(message: Msg) -> int:
    return int((message.headers or {})["Nats-Sequence"])


def _shown(message: Msg) -> ShownEvent | None:
    headers = message.headers or {}
    at = datetime.fromisoformat(headers["Nats-Time-Stamp"])
    return shown(_sequence(message), headers["Nats-Subject"], message.data, at)
