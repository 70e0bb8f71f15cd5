"""The two streams, declared here and nowhere else.

A service that declared one itself would overwrite its limits. `python -m shared.chassis.streams` provisions them, as
the step that compose runs before the services; it may be run any number of times.
"""

import asyncio
import os
import sys

import nats
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, RetentionPolicy, StorageType, StoreCompression, StreamConfig
from nats.js.errors import NotFoundError

COMMANDS = StreamConfig(
    name="COMMANDS",
    subjects=["cmd.>"],
    retention=RetentionPolicy.WORK_QUEUE,
    storage=StorageType.FILE,
    max_bytes=512 * 2**20,
    discard=DiscardPolicy.NEW,
    duplicate_window=600,
    allow_direct=True,
)
EVENTS = StreamConfig(
    name="EVENTS",
    subjects=["evt.>"],
    retention=RetentionPolicy.LIMITS,
    storage=StorageType.FILE,
    max_age=14 * 86_400,
    max_bytes=512 * 2**20,
    duplicate_window=600,
    allow_direct=True,
    compression=StoreCompression.S2,
)
STREAMS = (COMMANDS, EVENTS)


def stream_of(subject: str) -> str:
    """The stream that keeps this subject. Raises `ValueError` for subjects that none keeps."""
    prefix = subject.split(".", 1)[0]
    if prefix == "cmd":
        return "COMMANDS"
    if prefix == "evt":
        return "EVENTS"
    raise ValueError(f"{subject}: no stream keeps subjects that begin with {prefix!r}")


async def provision(js: JetStreamContext) -> None:
    """Make the streams, or bring them to what is declared."""
    for config in STREAMS:
        try:
            await js.stream_info(str(config.name))
        except NotFoundError:
            await js.add_stream(config)
        else:
            await js.update_stream(config)


async def _main(url: str) -> None:
    connection = await nats.connect(url, inbox_prefix=b"_INBOX_setup", connect_timeout=5, max_reconnect_attempts=10)
    try:
        await provision(connection.jetstream())
    finally:
        await connection.close()


if __name__ == "__main__":
    if "NATS_URL" not in os.environ:
        sys.exit("NATS_URL: missing. Form: address of NATS with a user that may make streams.")
    asyncio.run(_main(os.environ["NATS_URL"]))
