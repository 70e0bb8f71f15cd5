"""Creates the streams and consumers in NATS that the services need."""

import nats
from nats.js import JetStreamContext
from shared.chassis.streams import provision

from provisioning.services import PARTS


async def provision_at(url: str) -> None:
    """Create or update streams and consumers. `url` is the NATS address with the user `setup`.

    Waits up to a minute for NATS. Raises `nats.errors.Error` if NATS does not answer or refuses.
    """
    connection = await nats.connect(url, inbox_prefix=b"_INBOX_setup", max_reconnect_attempts=30)
    try:
        await provision_services(connection.jetstream())
    finally:
        await connection.close()


async def provision_services(js: JetStreamContext) -> None:
    """Create or update the streams and the consumers of all six services."""
    await provision(js, [part.table() for part in PARTS])
