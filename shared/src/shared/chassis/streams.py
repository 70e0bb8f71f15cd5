"""The two streams and the durable consumers of the services, all declared here.

The setup step creates them before the services start; it is repeatable. No service may create a consumer, because with
that permission it could read any message and direct it anywhere. With three replicas, each stream and each consumer is
on three servers of a NATS cluster, and survives the loss of one.
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
from nats.js.errors import APIError, NotFoundError

from shared.chassis.subscriptions import Subscriptions, durable_of
from shared.contracts.message import Message

ACK_WAIT_SECONDS = 30.0
"""A message is redelivered when it was neither acknowledged nor marked as in progress for this long."""
CREATED_WITHIN_SECONDS = 30.0
"""NATS writes each consumer to the disk, which can take long on a busy machine."""
CONSUMERS_PER_PAGE = 256
"""How many consumers NATS lists in one response."""
REPLICAS = (1, 3)
"""How many servers may have a copy of each stream. With two, the loss of either would stop it."""
NOT_CLUSTERED = 10074
NO_SUITABLE_SERVERS = 10005
MORE_THAN_STREAM = 10126
"""Error codes of nats-server (server/errors.json): replicas without a cluster, fewer servers than replicas, and more
replicas of a consumer than of its stream."""

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


class TooFewServers(Exception):
    """NATS has fewer servers than the streams need. Without a cluster, waiting does not help."""

    def __init__(self, words: str, *, is_clustered: bool) -> None:
        self.is_clustered = is_clustered
        super().__init__(words)


class StreamsChanging(Exception):
    """NATS has not finished an earlier change of its streams. Provision again."""


def stream_of(subject: str) -> str:
    """The stream that stores this subject. Raises `ValueError` when there is none."""
    prefix = subject.split(".", 1)[0]
    if prefix == "cmd":
        return "COMMANDS"
    if prefix == "evt":
        return "EVENTS"
    raise ValueError(f"{subject}: no stream stores subjects that begin with {prefix!r}")


async def provision(
    js: JetStreamContext,
    tables: Iterable[Subscriptions] = (),
    *,
    ack_wait_seconds: float = ACK_WAIT_SECONDS,
    replicas: int = 1,
) -> None:
    """Create or update the streams and the consumers of these tables, and delete every other consumer.

    `replicas` is the number of servers that have a copy of each; existing ones are changed to it. Needs a NATS user
    that may manage streams and consumers. Raises `TooFewServers`, `StreamsChanging`, and `nats.js.errors.Error` when
    NATS refuses.
    """
    try:
        await _create_or_update(js, tables, ack_wait_seconds, replicas)
    except APIError as error:
        if error.err_code == MORE_THAN_STREAM:
            raise StreamsChanging("NATS is still changing the replicas of a stream") from error
        if error.err_code not in (NOT_CLUSTERED, NO_SUITABLE_SERVERS):
            raise
        raise TooFewServers(
            f"NATS_REPLICAS is {replicas}, but NATS cannot place {replicas} copies of a stream ({error.description})."
            f" Run {replicas} NATS servers with JetStream as one cluster, or set NATS_REPLICAS=1",
            is_clustered=error.err_code == NO_SUITABLE_SERVERS,
        ) from error


async def _create_or_update(
    js: JetStreamContext, tables: Iterable[Subscriptions], ack_wait_seconds: float, replicas: int
) -> None:
    for stream in STREAMS:
        config = stream.evolve(num_replicas=replicas)
        try:
            await js.stream_info(str(config.name))
        except NotFoundError:
            await js.add_stream(config)
        else:
            await js.update_stream(config)
    declared = {
        durable_of(table.service, message): consumer_config(table.service, message, ack_wait_seconds, replicas)
        for table in tables
        for message in table.consumed
    }
    for stream in STREAMS:
        for stale in await _consumers(js, str(stream.name)) - declared.keys():
            await js.delete_consumer(str(stream.name), stale)
    for consumer in declared.values():
        await js.add_consumer(stream_of(str(consumer.filter_subject)), consumer, timeout=CREATED_WITHIN_SECONDS)


def consumer_config(
    service: str, message: type[Message], ack_wait_seconds: float = ACK_WAIT_SECONDS, replicas: int = 1
) -> ConsumerConfig:
    """The durable consumer with which a service receives a message.

    Attempts are counted in Postgres, so there is no limit in NATS. A consumer of a work queue must have as many
    replicas as its stream.
    """
    return ConsumerConfig(
        durable_name=durable_of(service, message),
        filter_subject=message.subject,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=ack_wait_seconds,
        max_deliver=-1,
        max_ack_pending=2_000,
        deliver_policy=DeliverPolicy.ALL,
        num_replicas=replicas,
    )


async def _consumers(js: JetStreamContext, stream: str) -> set[str]:
    found: set[str] = set()
    while page := await js.consumers_info(stream, offset=len(found)):
        found |= {consumer.name for consumer in page}
        if len(page) < CONSUMERS_PER_PAGE:
            break
    return found
