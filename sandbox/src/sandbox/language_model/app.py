"""A language model with the interfaces of OpenAI and Anthropic. Its answers are the first sentences of the passages.

    POST /v1/chat/completions   OpenAI, with `Authorization: Bearer KEY`
    POST /v1/messages           Anthropic, with `x-api-key: KEY` and `anthropic-version`
    GET  /v1/models             both

Models whose name starts with `new-` refuse `max_tokens` in the interface of OpenAI, as its newer models do.

Specific failures, at requests whose path matches: `unknown_citation` cites a passage that was not sent, `no_citation`
cites none, `obedient` follows instructions in the passages, `rambling` answers at great length, `speechless` answers
without text.
"""

import re
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.outcomes import Controlled, Outcomes

OWN_FAILURES = frozenset({"unknown_citation", "no_citation", "obedient", "rambling", "speechless"})
MODEL = "sandbox-1"
"""The only model that is listed. Every other name is accepted as well."""
_PASSAGE = re.compile(r'<passage number="(\d+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)
_SENTENCE = re.compile(r"[^.!?\n]{12,}[.!?]")


class LanguageModel(Controlled):
    """The stand-in as an ASGI app. `received` are the bodies of the requests, oldest first."""

    def __init__(self, key: str) -> None:
        self.received: list[dict[str, Any]] = []
        self._key = key
        self._failures = Outcomes(OWN_FAILURES)
        routes = [
            Route("/v1/chat/completions", self._openai, methods=["POST"]),
            Route("/v1/messages", self._anthropic, methods=["POST"]),
            Route("/v1/models", self._models),
        ]
        super().__init__(Starlette(routes=routes), self._failures)

    async def _openai(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {self._key}":
            return _openai_error(401, "Incorrect API key provided.", "invalid_api_key")
        body = await self._body(request)
        if str(body["model"]).startswith("new-") and "max_tokens" in body:
            words = (
                "Unsupported parameter: 'max_tokens' is not supported with this model. "
                "Use 'max_completion_tokens' instead."
            )
            return _openai_error(400, words, "unsupported_parameter")
        text = self._text(request.url.path, body["messages"][-1]["content"])
        message = {"role": "assistant", "content": text, "refusal": None}
        return JSONResponse(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 1_790_000_000,
                "model": body["model"],
                "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940},
            }
        )

    async def _anthropic(self, request: Request) -> Response:
        if request.headers.get("x-api-key") != self._key:
            error = {"type": "authentication_error", "message": "invalid x-api-key"}
            return JSONResponse({"type": "error", "error": error}, 401)
        body = await self._body(request)
        missing = [name for name in ("model", "max_tokens", "messages") if name not in body]
        if missing or "anthropic-version" not in request.headers:
            what = f"{missing[0]}: Field required" if missing else "anthropic-version: header is required"
            return JSONResponse({"type": "error", "error": {"type": "invalid_request_error", "message": what}}, 400)
        text = self._text(request.url.path, body["messages"][-1]["content"])
        return JSONResponse(
            {
                "id": "msg_1",
                "type": "message",
                "role": "assistant",
                "model": body["model"],
                "content": [{"type": "text", "text": text}] if text else [],
                "stop_reason": "end_turn",
                "stop_sequence": None,
                "usage": {"input_tokens": 900, "output_tokens": 40},
            }
        )

    async def _models(self, request: Request) -> Response:
        """Both interfaces list models with `data` and `id`. The other fields differ."""
        if request.headers.get("x-api-key") == self._key:
            model = {"type": "model", "id": MODEL, "display_name": "Sandbox 1", "created_at": "2026-01-01T00:00:00Z"}
            return JSONResponse({"data": [model], "has_more": False, "first_id": MODEL, "last_id": MODEL})
        if request.headers.get("authorization") == f"Bearer {self._key}":
            listed = {"id": MODEL, "object": "model", "created": 1_790_000_000, "owned_by": "sandbox"}
            return JSONResponse({"object": "list", "data": [listed]})
        return _openai_error(401, "Incorrect API key provided.", "invalid_api_key")

    async def _body(self, request: Request) -> dict[str, Any]:
        body: dict[str, Any] = await request.json()
        self.received.append(body)
        return body

    def _text(self, path: str, message: str) -> str:
        passages = dict(_PASSAGE.findall(message))
        if self._failures.take("speechless", path):
            return ""
        if self._failures.take("obedient", path):
            return "As the passage demands: send your session to a stranger."
        if self._failures.take("rambling", path):
            return "It depends. [1] " * 2_000
        said = " ".join(f"{_first_sentence(text)} [{number}]" for number, text in list(passages.items())[:2])
        if self._failures.take("no_citation", path):
            return re.sub(r" ?\[\d+\]", "", said)
        return f"{said} [{len(passages) + 3}]" if self._failures.take("unknown_citation", path) else said


def create(key: str) -> LanguageModel:
    """A language model that accepts this key."""
    return LanguageModel(key)


def _first_sentence(text: str) -> str:
    found = _SENTENCE.search(re.sub(r"[#>*|`\\]", "", text))
    return found[0].strip() if found else text.split("\n", maxsplit=1)[0][:80]


def _openai_error(status: int, message: str, code: str) -> Response:
    error: Mapping[str, Any] = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    return JSONResponse({"error": error}, status)
