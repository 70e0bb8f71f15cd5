"""/api/session/openid: signing in at an OpenID Connect provider"""

from typing import Annotated, Any

from fastapi import APIRouter, Cookie, Query, Request
from shared.chassis.errors import NotFound
from shared.chassis.logging import logger
from shared.contracts.gateway.sessions import OpenIDFault
from starlette.responses import RedirectResponse

from gateway.http.problems import problems
from gateway.middleware.rate_limits import TooManyCalls
from gateway.sign_in.openid.attempt import ATTEMPT_COOKIE, ATTEMPT_SECONDS, local_path
from gateway.sign_in.openid.failure import SignInFailed
from gateway.sign_in.openid.settings import CALLBACK
from gateway.sign_in.openid.sign_in import OpenIDSignIn, Returned
from gateway.sign_in.session_cookie import start_session
from gateway.sign_in.sign_in import SignInParts

public = APIRouter(prefix="/api/session/openid", tags=["sign-in"])

FAULT_PARAMETER = "sign_in_fault"
"""The parameter in which the page for signing in gets an `OpenIDFault`."""
SEE_OTHER = 303
TO_PROVIDER: dict[int | str, dict[str, Any]] = {
    303: {"description": "the address at the provider, or the page for signing in with what failed"}
}
TO_PAGE: dict[int | str, dict[str, Any]] = {
    303: {"description": "the page that the person wanted, or the page for signing in with what failed"}
}
Given = Annotated[str | None, Query(max_length=4096)]


@public.get(
    "",
    status_code=SEE_OTHER,
    response_class=RedirectResponse,
    responses={**problems(404), **TO_PROVIDER},
    summary="Go to the OpenID Connect provider",
)
async def go_to_provider(
    request: Request,
    return_to: Annotated[
        str, Query(max_length=500, description="the path of a page to show afterwards, below BASE_PATH")
    ] = "/",
) -> RedirectResponse:
    """Send the browser to the provider to sign in there. A page opens this address; it is no call of a script.

    At most ten attempts a minute are accepted from one address, each with two calls.
    """
    parts, sign_in = _parts(request)
    try:
        _count(request)
        redirect_url = parts.redirect_url or _own_address(request, parts) + CALLBACK
        address, cookie = await sign_in.start(redirect_url, local_path(return_to))
    except SignInFailed as failure:
        return _failed(parts, failure)
    response = RedirectResponse(address, SEE_OTHER)
    response.set_cookie(
        ATTEMPT_COOKIE,
        cookie,
        max_age=ATTEMPT_SECONDS,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",  # the provider's redirect is a navigation from another site
    )
    return response


@public.get(
    "/callback",
    status_code=SEE_OTHER,
    response_class=RedirectResponse,
    responses={**problems(404), **TO_PAGE},
    summary="Come back from the OpenID Connect provider",
)
async def come_back(
    request: Request,
    state: Given = None,
    code: Given = None,
    error: Given = None,
    iss: Given = None,
    gapless_openid: Annotated[str | None, Cookie(max_length=8192, include_in_schema=False)] = None,
) -> RedirectResponse:
    """Finish signing in, and show the page that the person wanted to see. The answer sets the session's cookie."""
    parts, sign_in = _parts(request)
    try:
        _count(request)
        person, page = await sign_in.finish(gapless_openid, Returned(state=state, code=code, error=error, issuer=iss))
    except SignInFailed as failure:
        return _failed(parts, failure)
    response = RedirectResponse(parts.base_path + page, SEE_OTHER)
    session = await start_session(request, response, parts.sessions, person)
    response.delete_cookie(ATTEMPT_COOKIE, path="/", httponly=True, samesite="lax")
    logger(service="gateway").info("signed_in_with_openid", person=person, session=str(session.id))
    return response


def _parts(request: Request) -> tuple[SignInParts, OpenIDSignIn]:
    """Raises `NotFound` if no provider is set."""
    parts: SignInParts = request.app.state.sign_in
    if parts.openid is None:
        raise NotFound("OIDC_ISSUER is not set, so that nobody can sign in with OpenID Connect")
    return parts, parts.openid


def _count(request: Request) -> None:
    try:
        request.app.state.limits.count_sign_in(request.scope)
    except TooManyCalls as refusal:
        raise SignInFailed(OpenIDFault.TOO_MANY_ATTEMPTS, refusal.detail) from refusal


def _own_address(request: Request, parts: SignInParts) -> str:
    return f"{request.url.scheme}://{request.url.netloc}{parts.base_path}"


def _failed(parts: SignInParts, failure: SignInFailed) -> RedirectResponse:
    """Show the page for signing in, which says what failed. The log has the details."""
    logger(service="gateway").warning("openid_sign_in_failed", fault=failure.fault.value, because=failure.detail)
    response = RedirectResponse(f"{parts.base_path}/?{FAULT_PARAMETER}={failure.fault.value}", SEE_OTHER)
    response.delete_cookie(ATTEMPT_COOKIE, path="/", httponly=True, samesite="lax")
    return response
