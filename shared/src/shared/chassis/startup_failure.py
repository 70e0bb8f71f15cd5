"""The reason why a service could not start, stored in the stream so that other services can report it.

The service clears it when it starts later, because it may then be unavailable for another reason.
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

from shared.chassis.nats_address import nats_address

PUBLISH_SECONDS = 5.0


class StartupFailure(BaseModel):
    """Why a service did not start, and when it reported so; without lines the failure is cleared."""

    service: str
    lines: list[str]
    said_at: datetime


def subject_of(service: str) -> str:
    """The subject of a service's startup failures."""
    return f"evt.system.refused.{service}"


def report(nats_url: str, service: str, lines: list[str]) -> None:
    """Publish a startup failure, if NATS can be reached within a few seconds. The log contains it in any case."""
    failure = StartupFailure(service=service, lines=lines, said_at=datetime.now(UTC))

    async def send() -> None:
        address = nats_address(nats_url)
        connection = await nats.connect(
            address.servers,
            user=address.user,
            password=address.password,
            allow_reconnect=False,
            max_reconnect_attempts=1,
            reconnect_time_wait=0.1,
            connect_timeout=2,
            error_cb=_quiet,
            inbox_prefix=f"_INBOX_{service}".encode(),
        )
        try:
            await connection.jetstream().publish(subject_of(service), failure.model_dump_json().encode(), timeout=2)
        finally:
            await connection.close()

    try:
        asyncio.run(asyncio.wait_for(send(), PUBLISH_SECONDS))
    except (NatsError, JetStreamError, OSError, TimeoutError, ValueError):  # ValueError: an invalid address
        return


async def publish(js: JetStreamContext, service: str, lines: list[str]) -> None:
    """Publish why a service that has connected does not do its work; no lines clear its startup failure."""
    failure = StartupFailure(service=service, lines=lines, said_at=datetime.now(UTC))
    with contextlib.suppress(NatsError, JetStreamError, TimeoutError):
        await js.publish(subject_of(service), failure.model_dump_json().encode(), timeout=2)


async def _quiet(_error: Exception) -> None:
    """Suppress the traceback that nats-py prints for each failed attempt."""


async def read(connection: Client, service: str) -> StartupFailure | None:
    """The last startup failure of a service; None when there is none or it cannot be read."""
    try:
        message = await connection.jetstream(timeout=2).get_last_msg("EVENTS", subject_of(service), direct=True)
        failure = StartupFailure.model_validate_json(message.data or b"")
    except (NatsError, JetStreamError, TimeoutError, ValidationError):
        return None
    return failure if failure.lines else None
