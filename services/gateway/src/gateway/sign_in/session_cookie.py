"""Starts the session of a browser, and gives it the cookie."""

from fastapi import Request, Response
from shared.contracts.gateway.sessions import BrowserSession

from gateway.sign_in.sessions import COOKIE, SESSION_DAYS, BrowserSessions


async def start_session(
    request: Request, response: Response, sessions: BrowserSessions, person: str | None = None
) -> BrowserSession:
    """Start a session and set its cookie. `person` is who signed in at the OpenID Connect provider."""
    value, session = await sessions.start(
        address=request.client.host if request.client else "unknown",
        browser=request.headers.get("user-agent", ""),
        person=person,
    )
    response.set_cookie(
        COOKIE,
        value,
        max_age=SESSION_DAYS * 24 * 3600,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return session
