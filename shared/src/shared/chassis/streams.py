"""The two streams and the durable consumers of the services, all declared here.

The setup step creates them before the services start; it is repeatable. No service may create a consumer, because with
that permission it could read any message and direct it anywhere.
"""

from collections.abc import Iterable

from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StoreCompression,
    StreamConfig,
)
from nats.js.errors import NotFoundError

from shared.chassis.subscriptions import Subscriptions, durable_of
from shared.contracts.message import Message

ACK_WAIT_SECONDS = 30.0
"""A message is redelivered when it was neither acknowledged nor marked as in progress for this long."""
CREATED_WITHIN_SECONDS = 30.0
"""NATS writes each consumer to the disk, which can take long on a busy machine."""
CONSUMERS_PER_PAGE = 256
"""How many consumers NATS lists in one response."""

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
    """The stream that stores this subject. Raises `ValueError` when there is none."""
    prefix = subject.split(".", 1)[0]
    if prefix == "cmd":
        return "COMMANDS"
    if prefix == "evt":
        return "EVENTS"
    raise ValueError(f"{subject}: no stream stores subjects that begin with {prefix!r}")


async def provision(
    js: JetStreamContext, tables: Iterable[Subscriptions] = (), *, ack_wait_seconds: float = ACK_WAIT_SECONDS
) -> None:
    """Create or update the streams and the consumers of these tables, and delete every other consumer.

    Needs a NATS user that may manage streams and consumers. Raises `nats.js.errors.Error` when NATS refuses.
    """
    for config in STREAMS:
        try:
            await js.stream_info(str(config.name))
        except NotFoundError:
            await js.add_stream(config)
        else:
            await js.update_stream(config)
    declared = {
        durable_of(table.service, message): consumer_config(table.service, message, ack_wait_seconds)
        for table in tables
        for message in table.consumed
    }
    for stream in STREAMS:
        for stale in await _consumers(js, str(stream.name)) - declared.keys():
            await js.delete_consumer(str(stream.name), stale)
    for consumer in declared.values():
        await js.add_consumer(stream_of(str(consumer.filter_subject)), consumer, timeout=CREATED_WITHIN_SECONDS)


def consumer_config(service: str, message: type[Message], ack_wait_seconds: float = ACK_WAIT_SECONDS) -> ConsumerConfig:
    """The durable consumer with which a service receives a message.

    Attempts are counted in Postgres, so there is no limit in NATS.
    """
    return ConsumerConfig(
        durable_name=durable_of(service, message),
        filter_subject=message.subject,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=ack_wait_seconds,
        max_deliver=-1,
        max_ack_pending=2_000,
        deliver_policy=DeliverPolicy.ALL,
    )


async def _consumers(js: JetStreamContext, stream: str) -> set[str]:
    found: set[str] = set()
    while page := await js.consumers_info(stream, offset=len(found)):
        found |= {consumer.name for consumer in page}
        if len(page) < CONSUMERS_PER_PAGE:
            break
    return found
