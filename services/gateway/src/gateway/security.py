"""Who may call what: deny by default, a key in one of three headers."""

import re
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader
from shared.chassis.errors import Refused
from starlette.datastructures import Headers

from gateway.edge.rate_limits import RateLimits
from gateway.keys import Caller, Keys, Scope

_BEARER = re.compile(r"^bearer\s+", re.IGNORECASE)
_header = APIKeyHeader(
    name="X-Api-Key", auto_error=False, description="or Authorization: KEY, or Authorization: Bearer KEY"
)

ADMIN_ONLY = {("POST", "/api/system/diagnostics/{area}/resend")}


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


async def _caller(request: Request) -> Caller:
    given = presented_key(request.headers)
    limits: RateLimits = request.app.state.limits
    if not given:
        limits.count_failure(request.scope)
        raise NoKey("give an API key in X-Api-Key: KEY or Authorization: Bearer KEY")
    keys: Keys = request.app.state.keys
    caller = await keys.caller(given)
    if caller is None:
        limits.count_failure(request.scope)
        raise WrongKey("this API key is not known")
    request.state.caller = caller
    limits.count_key(request.scope, str(caller.key_id))
    return caller


async def _allowed(request: Request, _key: Annotated[str | None, Security(_header)]) -> Caller:
    caller = await _caller(request)
    needed = needed_scope(request.method, request.scope["route"].path)
    if not caller.may(needed):
        raise WrongKey(f"the key {caller.name!r} lacks the scope {needed.value!r}")
    return caller


def needed_scope(method: str, route: str) -> Scope:
    """What a key needs for a route: to read; for any verb that changes something, to write; for some, admin."""
    if route.startswith("/api/system/keys") or (method, route) in ADMIN_ONLY:
        return Scope.ADMIN
    return Scope.READ if method in ("GET", "HEAD") else Scope.WRITE


KEYED = Depends(_allowed)
"""Every route has this dependency but the public ones."""
