"""The Messages API of Anthropic.

Source: the API reference of Anthropic, "Messages".
"""

from pydantic import BaseModel, TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense

from mam_search.adapters.language_model.remote import SYSTEM, ModelServer

URL = "https://api.anthropic.com/v1"
VERSION = "2023-06-01"


class _Block(BaseModel):
    type: str
    text: str = ""


class _Response(BaseModel):
    content: list[_Block]
    stop_reason: str | None = None


_RESPONSE = TypeAdapter(_Response)


class AnthropicModel:
    """One model. `tokens` is the maximum length of an answer."""

    def __init__(self, server: ModelServer, name: str, tokens: int) -> None:
        self.name = name
        self.address = server.url
        self._server = server
        self._tokens = tokens

    async def check(self) -> str:
        """Whether the server answers and has the model, in words. Raises the `RemoteError` family."""
        return await self._server.check(self.name)

    async def complete(self, instructions: str, message: str) -> str:
        """The response of the model to a message. Raises the `RemoteError` family."""
        body = {
            "model": self.name,
            "max_tokens": self._tokens,
            "system": instructions,
            "messages": [{"role": "user", "content": message}],
        }
        response = await self._server.post("messages", body, _RESPONSE)
        if response.stop_reason == "refusal":
            raise RemoteAnsweredNonsense(SYSTEM, "the model refused to answer")
        return "".join(block.text for block in response.content if block.type == "text")
