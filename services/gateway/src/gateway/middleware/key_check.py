"""Checks the key and its scope before the body is read."""

from shared.chassis.errors import Refused
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.api_keys.keys import Caller, Keys
from gateway.api_keys.security import GIVE_A_KEY, NoKey, WrongKey, check_scope, presented_key
from gateway.http.paths import Paths
from gateway.http.problems import answer
from gateway.middleware.rate_limits import RateLimits


class KeyCheck:
    """Refuses a call without a key, with an unknown key or without the scope, if its route needs a key.

    Sets `caller` in the state of an accepted call. A call to a public path has no caller.
    """

    def __init__(self, app: ASGIApp, keys: Keys, limits: RateLimits, paths: Paths) -> None:
        self._app = app
        self._keys = keys
        self._limits = limits
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = self._paths.keyed(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if route is not None:
            try:
                scope["state"]["caller"] = caller = await self._caller(scope)
                check_scope(caller, scope["method"], route)
            except Refused as refusal:
                return await answer(refusal.problem())(scope, receive, send)
        return await self._app(scope, receive, send)

    async def _caller(self, scope: Scope) -> Caller:
        """Return the caller. Raises `NoKey`, `WrongKey`, or `TooManyCalls` when a rate limit is exceeded."""
        key = presented_key(Headers(scope=scope))
        if not key:
            self._limits.count_failure(scope)
            raise NoKey(GIVE_A_KEY)
        caller = await self._keys.caller(key)
        if caller is None:
            self._limits.count_failure(scope)
            raise WrongKey("this API key is unknown or was revoked")
        self._limits.count_key(scope, str(caller.key_id))
        return caller
