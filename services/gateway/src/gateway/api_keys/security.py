"""Who may call what: deny by default, a key in one of three headers."""

import re
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader
from shared.chassis.errors import Refused
from shared.contracts.gateway.api_keys import Scope
from starlette.datastructures import Headers

from gateway.api_keys.keys import Caller

_BEARER = re.compile(r"^bearer\s+", re.IGNORECASE)
_header = APIKeyHeader(
    name="X-Api-Key", auto_error=False, description="or Authorization: KEY, or Authorization: Bearer KEY"
)

GIVE_A_KEY = "give an API key in X-Api-Key: KEY or Authorization: Bearer KEY"
ADMIN_ONLY = {("POST", "/api/system/diagnostics/{area}/resend")}
WRITERS_ONLY = {("GET", "/api/releases/search")}
"""It changes nothing of ours, but each call spends requests of the person's accounts at the trackers."""


class NoKey(Refused):
    """A call without a key."""

    code = "no_key"
    status = 401
    title = "No API key"


class WrongKey(Refused):
    """A key that nobody has, or that may not do this."""

    code = "wrong_key"
    status = 403
    title = "This API key may not do that"


def presented_key(headers: Headers) -> str:
    """The key that a call came with, in whichever header; empty when it came with none."""
    return headers.get("x-api-key") or _BEARER.sub("", headers.get("authorization", "")).strip()


def check_scope(caller: Caller, method: str, route: str) -> None:
    """Raises `WrongKey` when the caller lacks the scope that this method of this route needs."""
    needed = needed_scope(method, route)
    if not caller.may(needed):
        raise WrongKey(f"the key {caller.name!r} lacks the scope {needed.value!r}")


async def _checked(request: Request, _key: Annotated[str | None, Security(_header)]) -> Caller:
    """The caller that `edge/key_check.py` let in; no route runs without one, whatever path led to it."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None:
        raise NoKey(GIVE_A_KEY)
    check_scope(caller, request.method, request.scope["route"].path)
    return caller


def needed_scope(method: str, route: str) -> Scope:
    """What a key needs for a route: read; write for what changes something or searches trackers; admin for some."""
    if route.startswith("/api/system/keys") or (method, route) in ADMIN_ONLY:
        return Scope.ADMIN
    reads = method in ("GET", "HEAD") and (method, route) not in WRITERS_ONLY
    return Scope.READ if reads else Scope.WRITE


KEYED = Depends(_checked)
"""Every route has this dependency but the public ones."""
