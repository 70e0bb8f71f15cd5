"""The server of a language model."""

import asyncio
from collections.abc import Mapping
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteUnavailable
from shared.chassis.http import Remote

SYSTEM = "language model"
MAX_BYTES = 256 * 1024
"""The longest answer has some thousand tokens."""
Answer = TypeVar("Answer")


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
            raise RemoteUnavailable(SYSTEM, f"it did not answer within {self._seconds:g} s") from error

    async def aclose(self) -> None:
        """Close the connections."""
        await self._remote.aclose()
