"""/api/session and /api/sessions: signing in with a browser"""

from ipaddress import ip_address
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from shared.chassis.errors import Refused
from shared.contracts.gateway.api_keys import Scope
from shared.contracts.gateway.sessions import (
    BrowserSession,
    ChangePassword,
    FirstPassword,
    SignIn,
    SignInState,
    SignInStatus,
)
from shared.contracts.page import Limit, Offset, Page
from shared.translatable import translatable

from gateway.api_keys.keys import Caller
from gateway.api_keys.security import NoKey, presented_key
from gateway.http.problems import problems
from gateway.sign_in.callers import session_value
from gateway.sign_in.origin import check_origin
from gateway.sign_in.password import PasswordIsSet
from gateway.sign_in.session_cookie import start_session
from gateway.sign_in.sessions import COOKIE
from gateway.sign_in.sign_in import SignInParts

public = APIRouter(prefix="/api/session", tags=["sign-in"], responses=problems())
router = APIRouter(tags=["sign-in"], responses=problems())


class WrongPassword(Refused):
    """The password or API key to sign in with is wrong."""

    code = "wrong_password"
    status = 401
    title = "Wrong password"


async def _parts(request: Request) -> SignInParts:
    parts: SignInParts = request.app.state.sign_in
    return parts


Parts = Annotated[SignInParts, Depends(_parts)]


async def _is_admin_key(parts: SignInParts, key: str | None) -> bool:
    caller = await parts.keys.caller(key) if key else None
    return caller is not None and caller.may(Scope.ADMIN)


@public.get("", summary="Show whether this browser is signed in")
async def show_session(request: Request, parts: Parts) -> SignInStatus:
    """Needs no key: a page that is not signed in yet asks for it."""
    value = session_value(request.headers)
    session = await parts.sessions.of(value) if value else None
    signed_in = session is not None or "proxy_user" in request.scope["state"]
    state = SignInState.SIGNED_IN if signed_in else SignInState.SIGNED_OUT
    if not signed_in and not await parts.password.is_set():
        state = SignInState.FIRST_RUN
    return SignInStatus(
        state=state,
        needs_api_key=not _is_local(request),
        session=session,
        openid_name=parts.openid.name if parts.openid else None,
    )


@public.post("", responses=problems(429), summary="Sign in")
async def sign_in(request: Request, response: Response, parts: Parts, attempt: SignIn) -> BrowserSession:
    """Sign in with the password or an API key that has the scope `admin`. The answer sets a cookie.

    At most ten attempts a minute are accepted from one address.
    """
    check_origin(request.method, request.headers)
    request.app.state.limits.count_sign_in(request.scope)
    if attempt.password is not None:
        if not await parts.password.is_right(attempt.password.get_secret_value()):
            raise WrongPassword(
                translatable(
                    "refused.wrong_password", "check capital letters and the keyboard layout, and enter it again"
                )
            )
    elif attempt.api_key is not None and not await _is_admin_key(parts, attempt.api_key.get_secret_value()):
        raise WrongPassword(
            translatable("refused.no_admin_key", "the API key is unknown, was revoked, or lacks the scope admin")
        )
    return await start_session(request, response, parts.sessions)


@public.post("/first-password", responses=problems(409, 429), summary="Set the first password")
async def set_first_password(
    request: Request, response: Response, parts: Parts, first: FirstPassword
) -> BrowserSession:
    """Set the password if there is none, and sign in. From a public address this needs an API key."""
    check_origin(request.method, request.headers)
    request.app.state.limits.count_sign_in(request.scope)
    if not _is_local(request) and not await _is_admin_key(parts, presented_key(request.headers)):
        raise NoKey(
            translatable(
                "refused.public_address",
                "from a public address, set the first password with an API key that has the scope admin",
            )
        )
    if await parts.password.is_set():
        raise PasswordIsSet("sign in, or replace the password with PUT /api/session/password and an API key")
    await parts.password.set_first(first.password.get_secret_value())
    return await start_session(request, response, parts.sessions)


@public.delete("", status_code=204, summary="Sign out")
async def sign_out(request: Request, response: Response, parts: Parts) -> None:
    """End the session of this browser and delete its cookie."""
    value = session_value(request.headers)
    if value is None:
        return
    check_origin(request.method, request.headers)
    session = await parts.sessions.of(value)
    if session is not None:
        await parts.sessions.revoke(session.id)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")


@router.put("/api/session/password", status_code=204, summary="Replace the password")
async def replace_password(request: Request, parts: Parts, change: ChangePassword) -> None:
    """Replace the password, and end all other sessions.

    A browser must send the present password too, or an API key for a person who lost it. A call with an API key need
    not.
    """
    caller: Caller = request.state.caller
    if not presented_key(request.headers) and await parts.password.is_set():
        request.app.state.limits.count_sign_in(request.scope)
        given = change.current or ""
        if not (await parts.password.is_right(given) or await _is_admin_key(parts, given)):
            raise WrongPassword(
                translatable(
                    "refused.wrong_present_password",
                    "the present password is wrong; an API key with the scope admin does, too",
                )
            )
    await parts.password.replace(change.password.get_secret_value())
    await parts.sessions.revoke_others(caller.key_id)


@router.get("/api/sessions", summary="List browser sessions")
async def list_sessions(parts: Parts, limit: Limit = 50, offset: Offset = 0) -> Page[BrowserSession]:
    """The browsers that are signed in, the last used first."""
    return await parts.sessions.list(limit, offset)


@router.delete("/api/sessions/{session_id}", status_code=204, responses=problems(404), summary="Revoke a session")
async def revoke_session(parts: Parts, session_id: UUID) -> None:
    """Sign a browser out."""
    await parts.sessions.revoke(session_id)


def _is_local(request: Request) -> bool:
    """Whether the caller is on this machine or in a private network."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    return address.is_loopback or address.is_private
