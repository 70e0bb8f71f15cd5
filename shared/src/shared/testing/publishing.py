"""Publishes a message as a service's outbox does."""

from uuid import uuid4

from nats.js import JetStreamContext
from nats.js.api import PubAck

from shared.contracts.message import Message


async def say(js: JetStreamContext, message: Message) -> PubAck:
    """Publish a command or event under an id of its own; return when the stream has it."""
    return await publish(js, message.subject, message.model_dump_json().encode())


async def publish(js: JetStreamContext, subject: str, body: bytes) -> PubAck:
    """Publish any body, readable or not, under an id of its own."""
    headers = {"content-type": "application/json", "Nats-Msg-Id": str(uuid4())}
    return await js.publish(subject, body, headers=headers)
