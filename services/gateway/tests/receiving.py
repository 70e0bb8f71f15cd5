"""A receiver of notifications on loopback: stores what it receives and answers with the given statuses."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from embedded.process import free_port
from shared.chassis.serving import serving
from starlette.types import Receive, Scope, Send


@dataclass
class Receiver:
    """`answers` are the next statuses, 200 when there are none; it answers while `may_answer` is set."""

    port: int
    got: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    requested: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.port}/hook"

    @property
    def titles(self) -> list[str]:
        return [each["title"] for each in self.got]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        self.requested.set()
        await self.may_answer.wait()
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.got.append(json.loads(body))
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def _lifespan(receive: Receive, send: Send) -> None:
    for done in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{done}.complete"})


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver that serves within this context."""
    receiver = Receiver(free_port())
    receiver.may_answer.set()
    async with serving(receiver, "127.0.0.1", receiver.port):
        yield receiver
