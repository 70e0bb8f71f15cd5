"""Finds out who calls: the owner of an API key, a browser that is signed in, or a user of the reverse proxy."""

from uuid import NAMESPACE_URL, uuid5

from shared.chassis.errors import Refused
from shared.translatable import translatable
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from gateway.api_keys.keys import Caller, Keys
from gateway.api_keys.security import GIVE_A_KEY, NoKey, WrongKey, key_in_address, presented_key
from gateway.sign_in.origin import check_origin
from gateway.sign_in.sessions import COOKIE, EVERYTHING, BrowserSessions, caller_of


class SessionEnded(Refused):
    """The session in the cookie is unknown, was revoked, or was not used for too long."""

    code = "session_ended"
    status = 401
    title = "The session has ended"


class Callers:
    """The callers that this installation knows. An API key takes precedence over a cookie."""

    def __init__(self, keys: Keys, sessions: BrowserSessions) -> None:
        self._keys = keys
        self._sessions = sessions

    async def of(self, scope: Scope) -> Caller:
        """Return the caller of a call.

        Raises `NoKey`, `WrongKey`, `SessionEnded`, or `OtherOrigin` if a page of another site uses the cookie.
        """
        headers = Headers(scope=scope)
        if key := presented_key(headers) or key_in_address(scope):
            caller = await self._keys.caller(key)
            if caller is None:
                raise WrongKey(translatable("refused.unknown_key", "this API key is unknown or was revoked"))
            return caller
        user = scope["state"].get("proxy_user")
        value = session_value(headers)
        if user is None and value is None:
            raise NoKey(GIVE_A_KEY)
        check_origin(scope["method"], headers)
        if user is not None:
            return Caller(uuid5(NAMESPACE_URL, f"gapless:proxy-user:{user}"), user, EVERYTHING)
        session = await self._sessions.of(value or "")
        if session is None:
            raise SessionEnded(translatable("refused.sign_in_again", "sign in again"))
        return caller_of(session)


def session_value(headers: Headers) -> str | None:
    """Return the value of the session's cookie, or None without one."""
    return cookie_parser(headers.get("cookie", "")).get(COOKIE) or None
