"""The server of a language model."""

import asyncio
from collections.abc import Mapping
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter
from shared.chassis.errors import RemoteUnavailable
from shared.chassis.http import Remote
from shared.translatable import translatable

SYSTEM = "language model"
MAX_MODEL_LIST_BYTES = 2**20
MAX_BYTES = 256 * 1024
"""The longest answer has some thousand tokens."""
Answer = TypeVar("Answer")


class _Model(BaseModel):
    id: str


class _Models(BaseModel):
    data: list[_Model]


_MODELS = TypeAdapter(_Models)


class ModelServer:
    """The server at an address. A whole response may take `seconds`."""

    def __init__(
        self, url: str, headers: Mapping[str, str], seconds: float, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.url = url
        self._seconds = seconds
        self._remote = Remote(
            SYSTEM, url, headers=headers, timeout_seconds=seconds, transport=transport, max_bytes=MAX_BYTES
        )

    async def post(self, path: str, body: Mapping[str, Any], shape: TypeAdapter[Answer]) -> Answer:
        """Send a request and parse the response. Raises the `RemoteError` family."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._remote.json("POST", path, shape, json=body)
        except TimeoutError as error:
            words = f"it did not answer within {self._seconds:g} s"
            detail = translatable("remote.no_answer", words, seconds=self._seconds)
            raise RemoteUnavailable(SYSTEM, detail) from error

    async def check(self, name: str) -> str:
        """List the models of the server, which costs nothing, and say whether `name` is one of them.

        A model that is not listed may still work under another name of it. Raises the `RemoteError` family.
        Sources: "List models" in the API references of OpenAI and Anthropic.
        """
        listed = await self._remote.json("GET", "models", _MODELS, max_bytes=MAX_MODEL_LIST_BYTES)
        if any(each.id == name for each in listed.data):
            return name
        words = f"the server answers, but does not list the model {name!r}; check LANGUAGE_MODEL if answers fail"
        return translatable("systems.model_not_listed", words, model=name)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._remote.aclose()
