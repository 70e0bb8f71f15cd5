"""Authorization: calls are denied by default and need a key with the right scope."""

import re
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader
from shared.chassis.errors import Refused
from shared.contracts.gateway.api_keys import Scope
from starlette.datastructures import Headers, QueryParams
from starlette.types import Scope as ConnectionScope

from gateway.api_keys.keys import Caller

_BEARER = re.compile(r"^bearer\s+", re.IGNORECASE)
_header = APIKeyHeader(
    name="X-Api-Key", auto_error=False, description="or Authorization: KEY, or Authorization: Bearer KEY"
)

READARR_PREFIX = "/api/v1/"
GIVE_A_KEY = "send an API key as X-Api-Key: KEY or Authorization: Bearer KEY"
ADMIN_PREFIXES = (
    "/api/system/keys", "/api/system/backup", "/api/system/support-bundle", "/api/session", "/api/settings",
    "/api/logs",
)  # fmt: skip
"""Every route below these needs the scope admin."""
ADMIN_ONLY = {("POST", "/api/system/diagnostics/{area}/resend")}
WRITERS_ONLY = {
    ("GET", path)
    for path in ("/api/releases/search", "/api/releases/search/mam", "/api/releases/page", "/api/top10/weekly")
}
"""They change nothing in Gapless, but each call uses requests of the user's accounts at the trackers."""


class NoKey(Refused):
    """The call has no key."""

    code = "no_key"
    status = 401
    title = "No API key"


class WrongKey(Refused):
    """The key is unknown or lacks the scope."""

    code = "wrong_key"
    status = 403
    title = "This API key may not do that"


def presented_key(headers: Headers) -> str:
    """Return the key of a call from its headers, or an empty text if there is none."""
    return headers.get("x-api-key") or _BEARER.sub("", headers.get("authorization", "")).strip()


def check_scope(caller: Caller, method: str, route: str) -> None:
    """Raises `WrongKey` when the caller lacks the scope that this method of this route needs."""
    needed = needed_scope(method, route)
    if not caller.may(needed):
        raise WrongKey(f"the key {caller.name!r} lacks the scope {needed.value!r}")


def key_in_address(scope: ConnectionScope) -> str:
    """Return the key in the address of a call that programs for Readarr send, or an empty text.

    Only these routes accept it, because an address is easily shared or logged.
    """
    if scope["method"] != "GET" or not scope["path"].startswith(READARR_PREFIX):
        return ""
    return QueryParams(scope["query_string"]).get("apikey", "")


async def _checked(request: Request, _key: Annotated[str | None, Security(_header)]) -> Caller:
    """Return the caller that `middleware/key_check.py` accepted. No route with a key runs without one."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None:
        raise NoKey(GIVE_A_KEY)
    check_scope(caller, request.method, request.scope["route"].path)
    return caller


def needed_scope(method: str, route: str) -> Scope:
    """Return the scope for a route: read; write for changes and tracker searches; admin for some."""
    if route.startswith(ADMIN_PREFIXES) or (method, route) in ADMIN_ONLY:
        return Scope.ADMIN
    reads = method in ("GET", "HEAD") and (method, route) not in WRITERS_ONLY
    return Scope.READ if reads else Scope.WRITE


KEYED = Depends(_checked)
"""Every route except the public ones has this dependency."""
