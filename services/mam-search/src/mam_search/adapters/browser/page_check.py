"""Tells a page of the site from what the site sends instead: a login page, a refusal or a challenge."""

import httpx
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteThrottled, RemoteUnavailable
from shared.chassis.http import retry_after
from shared.contracts.mam.sessions import SessionState

from mam_search.adapters.browser import selectors
from mam_search.adapters.browser.process import LoadedPage
from mam_search.adapters.mam.account_rules import SYSTEM
from mam_search.adapters.mam.refusal_texts import refusal_state


def refusal(page: LoadedPage) -> SessionState | None:
    """The state of the browser session that this page shows; None if the site accepted the session."""
    if is_challenge(page):
        return SessionState.CHALLENGED
    if page.status in (401, 403):
        return refusal_state(page.html)
    if is_login(page):
        return SessionState.LOGIN_LOCKED if refusal_state(page.html) is SessionState.LOGIN_LOCKED else SessionState.DEAD
    return None


def failure(page: LoadedPage) -> RemoteError | None:
    """The error of a page that says nothing about the session; None for a page, and for status 404."""
    if page.status == 429 or (page.status == 503 and page.retry_after):
        headers = {"retry-after": page.retry_after} if page.retry_after else {}
        return RemoteThrottled(SYSTEM, f"the site returned {page.status} for a page", retry_after(_response(headers)))
    if page.status >= 500:
        return RemoteUnavailable(SYSTEM, f"the site returned {page.status} for a page")
    if page.status >= 400 and page.status != 404:
        return RemoteAnsweredNonsense(SYSTEM, f"the site returned {page.status} for a page")
    if not page.html.strip():
        return RemoteAnsweredNonsense(SYSTEM, "the site sent an empty page")
    return None


def is_login(page: LoadedPage) -> bool:
    """Whether the page is the login form, whichever page was requested."""
    return "takelogin.php" in page.html and contains(page.html, selectors.LOGIN_FORM)


def is_challenge(page: LoadedPage) -> bool:
    """Whether the page asks to prove that a person requests it."""
    if page.challenge.lower() == "challenge" or page.title.strip().lower() in selectors.CHALLENGE_TITLES:
        return True
    lower = page.html.lower()
    return any(hint in lower for hint in selectors.CHALLENGE_HINTS) and contains(
        page.html, ", ".join(selectors.CHALLENGES)
    )


def contains(html: str, selector: str) -> bool:
    """Whether an element of the page matches the selector."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - it takes several MiB, and an idle service needs none

    return BeautifulSoup(html, "lxml").select_one(selector) is not None


def _response(headers: dict[str, str]) -> httpx.Response:
    return httpx.Response(429, headers=headers)
