"""The key and its scope are checked first: a caller that may not call never has its body read."""

from shared.chassis.errors import Refused
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.api_keys.keys import Caller, Keys
from gateway.api_keys.security import GIVE_A_KEY, NoKey, WrongKey, check_scope, presented_key
from gateway.http.paths import Paths
from gateway.http.problems import answer
from gateway.middleware.rate_limits import RateLimits


class KeyCheck:
    """Refuses a call to a route that needs a key when it has none, an unknown one, or one without the scope.

    The state of a call that may go on holds its `caller`. A call to a path that needs no key has none.
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
        """Raises `NoKey`, `WrongKey`, or `TooManyCalls` when the budget of the key or address is spent."""
        given = presented_key(Headers(scope=scope))
        if not given:
            self._limits.count_failure(scope)
            raise NoKey(GIVE_A_KEY)
        caller = await self._keys.caller(given)
        if caller is None:
            self._limits.count_failure(scope)
            raise WrongKey("this API key is not known")
        self._limits.count_key(scope, str(caller.key_id))
        return caller
