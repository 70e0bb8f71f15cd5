"""Another service that answers requests of the gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import nats
from nats.aio.msg import Msg
from shared.contracts.message import Request
from shared.testing.flushing import flush


@asynccontextmanager
async def answering(url: str, request: type[Request[Any]], answer: Any) -> AsyncIterator[list[Any]]:
    """A service that answers one kind of request, and the requests that it got."""
    connection = await nats.connect(url)
    received: list[Any] = []

    async def respond(message: Msg) -> None:
        received.append(request.model_validate_json(message.data))
        await connection.publish(message.reply, answer.model_dump_json().encode())

    await connection.subscribe(request.subject, cb=respond)
    await flush(connection)
    yield received
    await connection.close()
