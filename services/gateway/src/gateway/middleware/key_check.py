"""Checks the key or the browser session, and its scope, before the body is read."""

from shared.chassis.errors import Refused
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.api_keys.keys import Caller
from gateway.api_keys.security import check_scope
from gateway.http.paths import Paths
from gateway.http.problems import answer
from gateway.middleware.rate_limits import RateLimits
from gateway.sign_in.callers import Callers


class KeyCheck:
    """Refuses a call without a known key or session, or without the scope, if its route needs one.

    Sets `caller` in the state of an accepted call. A call to a public path has no caller.
    """

    def __init__(self, app: ASGIApp, callers: Callers, limits: RateLimits, paths: Paths) -> None:
        self._app = app
        self._callers = callers
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
        """Return the caller. Raises what `Callers.of` raises, or `TooManyCalls` when a rate limit is exceeded."""
        try:
            caller = await self._callers.of(scope)
        except Refused:
            self._limits.count_failure(scope)
            raise
        self._limits.count_key(scope, str(caller.key_id))
        return caller
