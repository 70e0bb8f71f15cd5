"""Waits for NATS before a service starts."""

import asyncio
import ssl
from typing import Any

import nats
from nats.errors import Error as NatsError

from shared.chassis.nats_address import nats_address
from shared.chassis.streams import STREAMS, stream_of
from shared.chassis.subscriptions import Subscriptions, durable_of


async def until_nats(url: str, table: Subscriptions, log: Any) -> None:
    """Wait until NATS is available and has the streams and this service's consumers.

    Raises `nats.errors.Error` when the credentials are wrong.
    """
    address = nats_address(url)
    while True:
        try:
            connection = await nats.connect(
                address.servers,
                user=address.user,
                password=address.password,
                allow_reconnect=False,
                max_reconnect_attempts=1,
                reconnect_time_wait=0.2,
                connect_timeout=2,
                error_cb=_quiet,
                inbox_prefix=f"_INBOX_{table.service}".encode(),
            )
            try:
                js = connection.jetstream()
                for stream in STREAMS:
                    await js.stream_info(str(stream.name))
                for message in table.consumed:
                    await js.consumer_info(stream_of(message.subject), durable_of(table.service, message))
                return
            finally:
                await connection.close()
        except (NatsError, OSError, TimeoutError, ssl.SSLError) as error:
            if is_refused(error):
                raise
            log.warning("waiting_for_nats", host=address.host, because=str(error) or type(error).__name__)
            await asyncio.sleep(1.0)


def is_refused(error: Exception) -> bool:
    """Whether NATS refused the credentials."""
    return isinstance(error, NatsError) and "authorization" in str(error).lower()


async def _quiet(_error: Exception) -> None:
    """Suppress the traceback that nats-py prints for each failed attempt; `until_nats` logs one line."""
