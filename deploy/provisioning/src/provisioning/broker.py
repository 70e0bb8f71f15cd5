"""Creates the streams and consumers in NATS that the services need."""

import asyncio
import time
from collections.abc import Mapping, Sequence

import nats
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeoutError
from nats.js import JetStreamContext
from nats.js.errors import ServiceUnavailableError
from shared.chassis.nats_address import nats_address
from shared.chassis.streams import REPLICAS, StreamsChanging, TooFewServers, provision
from shared.chassis.subscriptions import Subscriptions

from provisioning.services import PARTS

READY_WITHIN_SECONDS = 60.0
"""How long the servers of a cluster may take to find each other and to elect a leader."""
PAUSE_SECONDS = 1.0


def replicas_in(environment: Mapping[str, str]) -> int:
    """The setting NATS_REPLICAS: how many NATS servers have a copy of each stream. Raises `ValueError`."""
    value = environment.get("NATS_REPLICAS") or "1"
    if value not in map(str, REPLICAS):
        raise ValueError(f"NATS_REPLICAS is {value!r}, but it must be 1, or 3 for a NATS cluster of at least 3 servers")
    return int(value)


async def provision_at(url: str, *, replicas: int = 1) -> None:
    """Create or update streams and consumers. `url` is the NATS address with the user `setup`.

    Waits up to a minute for NATS, and with several replicas for its cluster. Raises `nats.errors.Error` if NATS does
    not answer or refuses, and `TooFewServers` if it cannot have so many replicas.
    """
    address = nats_address(url)
    connection = await nats.connect(
        address.servers,
        user=address.user,
        password=address.password,
        inbox_prefix=b"_INBOX_setup",
        max_reconnect_attempts=30,
    )
    try:
        await until_provisioned(connection.jetstream(), _tables(), replicas=replicas)
    finally:
        await connection.close()


async def provision_services(js: JetStreamContext, *, replicas: int = 1) -> None:
    """Create or update the streams and the consumers of all six services."""
    await provision(js, _tables(), replicas=replicas)


async def until_provisioned(js: JetStreamContext, tables: Sequence[Subscriptions], *, replicas: int) -> None:
    """Create or update the streams and the consumers of these tables, within a minute.

    Tries again while a cluster has no leader yet, knows too few of its servers, or is changing its streams. Raises as
    `provision_at` does.
    """
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while True:
        try:
            return await provision(js, tables, replicas=replicas)
        except (TooFewServers, StreamsChanging, ServiceUnavailableError, NoRespondersError, NatsTimeoutError) as error:
            if time.monotonic() > deadline or (isinstance(error, TooFewServers) and not error.is_clustered):
                raise
        await asyncio.sleep(PAUSE_SECONDS)


def _tables() -> list[Subscriptions]:
    return [part.table() for part in PARTS]
