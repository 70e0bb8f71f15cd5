"""The decoders of FastStream that read a message from its bytes."""

from collections.abc import Awaitable, Callable

from faststream.nats import NatsMessage

from shared.chassis.origin import message_id_of
from shared.contracts.message import Message


def read_as(message: type[Message]) -> Callable[[NatsMessage], Awaitable[Message]]:
    """A decoder that parses a body directly from its bytes; FastStream would parse and validate it in two steps."""

    async def read(delivered: NatsMessage) -> Message:
        return message.model_validate_json(delivered.body)

    return read


def read_with_id_as(message: type[Message]) -> Callable[[NatsMessage], Awaitable[tuple[str, Message]]]:
    """A decoder as that of `read_as`, which also returns the id of the message."""

    async def read(delivered: NatsMessage) -> tuple[str, Message]:
        return message_id_of(delivered.raw_message), message.model_validate_json(delivered.body)

    return read
