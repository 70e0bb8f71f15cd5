"""`Idempotency-Key`: a POST that is repeated with the same key and body gets the first answer.

Answers are stored for each API key and path (draft-ietf-httpapi-idempotency-key-header). An error is not stored,
because nothing was done and the call may be repeated. A call that timed out with an unknown outcome stays in progress
for a while, within which it ends.
"""

import asyncio
import re
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus

from shared.chassis.errors import Refused
from shared.chassis.sealing import CannotOpen, Seal, SecretKeys
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.api_keys.keys import Caller
from gateway.http.problems import answer
from gateway.middleware.idempotency_store import Call, IdempotencyStore, StoredAnswer

HEADER = "Idempotency-Key"
FORM = r"^[A-Za-z0-9._:~-]{1,200}$"
PATHS = re.compile(r"[!-~]{1,500}")
"""All paths of the API match this. Another path does nothing, so that nothing needs to be stored."""
MAY_BE_DONE_WITHIN = timedelta(seconds=30)
"""Within this time, a service has finished what it began just before the call timed out."""
STORED_HEADERS = ("content-type", "location")


class BadIdempotencyKey(Refused):
    """The header is malformed, or the key was used with another body."""

    code = "bad_idempotency_key"
    status = 422
    title = "This Idempotency-Key cannot be used"


class CallInProgress(Refused):
    """The first call with this key has not been answered yet."""

    code = "idempotent_call_under_way"
    status = 409
    title = "The same call is in progress"


class UnreadableAnswer(Refused):
    """The answer to the first call with this key was encrypted with another SECRET_KEY."""

    code = "unreadable_idempotent_answer"
    status = 409
    title = "The stored answer cannot be read"


class Idempotency:
    """Answers a repeated POST with an `Idempotency-Key` from the store."""

    def __init__(self, app: ASGIApp, memory: IdempotencyStore, keys: SecretKeys) -> None:
        self._app = app
        self._memory = memory
        self._seal = Seal(keys, "idempotent answers")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if HEADER not in headers or scope["method"] != "POST" or not PATHS.fullmatch(scope["path"]):
            return await self._app(scope, receive, send)
        caller: Caller | None = scope["state"].get("caller")
        if caller is None:  # a path that needs no key or does not exist: nothing is done there
            return await self._app(scope, receive, send)
        try:
            if not re.fullmatch(FORM, headers[HEADER]):
                raise BadIdempotencyKey(f"{HEADER}: 1 to 200 letters, digits or any of . _ : ~ -")
            body = await _whole(receive)
            if body is None:
                return  # the caller has disconnected
            call = Call(caller.key_id, scope["path"], headers[HEADER], _hash(scope, headers, body))
            stored = await self._begun_before(call)
            again = None if stored is None else self._again(stored)
        except Refused as refusal:
            return await answer(refusal.problem())(scope, receive, send)
        if again is None:
            return await self._first_time(call, body, scope, receive, send)
        return await again(scope, receive, send)

    def _again(self, stored: StoredAnswer) -> Response:
        """The stored answer. Raises `UnreadableAnswer`."""
        try:
            body = self._seal.open(stored.sealed_body)
        except CannotOpen as error:
            raise UnreadableAnswer(
                "this call was done before, but its answer was encrypted with another SECRET_KEY: set"
                " SECRET_KEY_PREVIOUS to the former value. To do the call again, use a new Idempotency-Key"
            ) from error
        return Response(body, stored.status, {**stored.headers, "Idempotent-Replay": "true"})

    async def _begun_before(self, call: Call) -> StoredAnswer | None:
        """Return the stored answer, or None if this call is the first one, which is then stored as in progress."""
        if await self._memory.begin(call):
            return None
        stored = await self._memory.recall(call)
        if stored is None:
            raise CallInProgress("the first call with this key is still in progress; try again in a moment")
        if stored.request_hash != call.request_hash:
            raise BadIdempotencyKey("this key was used with another body: use a new key for a new call")
        return stored

    async def _first_time(self, call: Call, body: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        answered = _Answered()
        unread = [body]

        async def receive_again() -> Message:
            return {"type": "http.request", "body": unread.pop()} if unread else await receive()

        async def send_and_keep(message: Message) -> None:
            answered.add(message)
            if not message.get("more_body", message["type"] == "http.response.start"):
                await self._keep(call, answered)
            await send(message)

        try:
            await self._app(scope, receive_again, send_and_keep)
        except asyncio.CancelledError:
            answered.settled = True  # It timed out, but may still be carried out.
            raise
        finally:
            if not answered.settled and scope["state"].get("outcome_unknown"):
                await self._memory.leave(call, MAY_BE_DONE_WITHIN)
            elif not answered.settled:
                await self._memory.forget(call)

    async def _keep(self, call: Call, answered: "_Answered") -> None:
        """Store the answer before it is sent, so that a caller who has it finds it stored."""
        if answered.status >= HTTPStatus.BAD_REQUEST:
            return
        await self._memory.keep(call, answered.status, answered.headers, self._seal.seal(bytes(answered.body)))
        answered.settled = True


class _Answered:
    """Collects an answer while it is sent."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: dict[str, str] = {}
        self.body = bytearray()
        self.settled = False

    def add(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            self.status = message["status"]
            self.headers = {name: headers[name] for name in STORED_HEADERS if name in headers}
        else:
            self.body += message.get("body", b"")


def _hash(scope: Scope, headers: Headers, body: bytes) -> bytes:
    kind = headers.get("content-type", "").encode("latin-1")
    return sha256(b"\0".join((scope["query_string"], kind, body))).digest()


async def _whole(receive: Receive) -> bytes | None:
    """Return the body, or None if the caller disconnected before it was complete."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)
