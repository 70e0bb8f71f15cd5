"""Publishes messages in the same way as the outbox of a service."""

from uuid import uuid4

from nats.js import JetStreamContext
from nats.js.api import PubAck

from shared.contracts.message import Message


async def send_message(js: JetStreamContext, message: Message) -> PubAck:
    """Publish a command or event with a new id. Returns when the stream has stored it."""
    return await publish(js, message.subject, message.model_dump_json().encode())


async def publish(js: JetStreamContext, subject: str, body: bytes) -> PubAck:
    """Publish any body, valid or not, with a new id."""
    headers = {"content-type": "application/json", "Nats-Msg-Id": str(uuid4())}
    return await js.publish(subject, body, headers=headers)
