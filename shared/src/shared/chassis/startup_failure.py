"""What a service says when it cannot start: kept in the stream, so that others can say why it is silent.

When it starts after all, it takes them back: later it may be silent for another reason.
"""

import asyncio
import contextlib
from datetime import UTC, datetime

import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.errors import Error as JetStreamError
from pydantic import BaseModel, ValidationError

PUBLISH_SECONDS = 5.0


class StartupFailure(BaseModel):
    """Why a service did not start, and when it said so; without lines they are taken back."""

    service: str
    lines: list[str]
    said_at: datetime


def subject_of(service: str) -> str:
    return f"evt.system.refused.{service}"


def report(nats_url: str, service: str, lines: list[str]) -> None:
    """Leave last words, if NATS can be reached within some seconds; if not, the log has them anyway."""
    words = StartupFailure(service=service, lines=lines, said_at=datetime.now(UTC))

    async def publish() -> None:
        connection = await nats.connect(
            nats_url,
            allow_reconnect=False,
            max_reconnect_attempts=1,
            reconnect_time_wait=0.1,
            connect_timeout=2,
            error_cb=_quiet,
            inbox_prefix=f"_INBOX_{service}".encode(),
        )
        try:
            await connection.jetstream().publish(subject_of(service), words.model_dump_json().encode(), timeout=2)
        finally:
            await connection.close()

    try:
        asyncio.run(asyncio.wait_for(publish(), PUBLISH_SECONDS))
    except (NatsError, JetStreamError, OSError, TimeoutError, ValueError):  # ValueError: an address that is none
        return


async def clear(js: JetStreamContext, service: str) -> None:
    """Say that this service runs, whatever it said before."""
    words = StartupFailure(service=service, lines=[], said_at=datetime.now(UTC))
    with contextlib.suppress(NatsError, JetStreamError, TimeoutError):
        await js.publish(subject_of(service), words.model_dump_json().encode(), timeout=2)


async def _quiet(_error: Exception) -> None:
    """nats-py prints a traceback for each failed attempt."""


async def read(connection: Client, service: str) -> StartupFailure | None:
    """The last words of a service, None when it left none or they cannot be had."""
    try:
        message = await connection.jetstream(timeout=2).get_last_msg("EVENTS", subject_of(service), direct=True)
        words = StartupFailure.model_validate_json(message.data or b"")
    except (NatsError, JetStreamError, TimeoutError, ValidationError):
        return None
    return words if words.lines else None
