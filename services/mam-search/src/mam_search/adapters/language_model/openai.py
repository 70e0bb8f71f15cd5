"""A server with the chat completions of OpenAI: OpenAI itself, Ollama, llama.cpp, vLLM and others.

Source: the API reference of OpenAI, "Create chat completion".
"""

from typing import Any

from pydantic import BaseModel, TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense

from mam_search.adapters.language_model.remote import SYSTEM, ModelServer

URL = "https://api.openai.com/v1"


class _Part(BaseModel):
    type: str = "text"
    text: str = ""


class _Message(BaseModel):
    content: str | list[_Part] | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice]


_COMPLETION = TypeAdapter(_Completion)


class OpenAiModel:
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
        """The response of the model to a message. Raises the `RemoteError` family.

        Newer models of OpenAI refuse `max_tokens`, and older servers do not know `max_completion_tokens`, so the second
        is sent only after the first was refused.
        """
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": message}]
        body: dict[str, Any] = {"model": self.name, "messages": messages, "stream": False}
        try:
            completion = await self._send(body | {"max_tokens": self._tokens})
        except RemoteAnsweredNonsense as refused:
            if "max_completion_tokens" not in refused.detail:
                raise
            completion = await self._send(body | {"max_completion_tokens": self._tokens})
        if not completion.choices:
            raise RemoteAnsweredNonsense(SYSTEM, "the response contains no choice")
        content = completion.choices[0].message.content
        return content if isinstance(content, str) else "".join(part.text for part in content or [])

    async def _send(self, body: dict[str, Any]) -> _Completion:
        return await self._server.post("chat/completions", body, _COMPLETION)
