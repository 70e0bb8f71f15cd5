"""Tells a response of the site from what it sends with status 200 if it refuses the session."""

import json

import httpx
from shared.contracts.mam.sessions import SessionKind, SessionState
from shared.translatable import translatable

from mam_search.adapters.mam.refusal_texts import refusal_state
from mam_search.adapters.mam.values import shown_text
from mam_search.domain.refusals import SessionRefused

LOGIN = "takelogin.php"
"""The address to which the login form of the site is sent."""
LONGEST_PAGE = 50_000
"""Characters of a page in which the login form is looked for."""
LONGEST_ERROR = 1_000
"""Bytes of a response that can be the error of a refused session. A longer one is not decoded twice."""
_A_PAGE = translatable("session.a_page", "a page instead of JSON")
_A_LOGIN = translatable("session.a_login", "a page that asks to log in")
_NOTHING = translatable("session.empty_response", "an empty response instead of JSON")


def check_is_json(response: httpx.Response) -> None:
    """Raises `SessionRefused` if the response is a page, empty, or an error that refuses the session."""
    body = response.content.lstrip()
    if not body or body[:1] == b"<":
        raise SessionRefused(SessionKind.API, SessionState.DEAD, _A_PAGE if body else _NOTHING)
    error = _error_in(body) if len(body) <= LONGEST_ERROR else ""
    if (state := refusal_state(error)) is not SessionState.REFUSED:
        raise SessionRefused(SessionKind.API, state, error)


def check_is_no_login(response: httpx.Response) -> httpx.Response:
    """The response, which may be another page. Raises `SessionRefused` if it is a page that asks to log in."""
    if not response.content[:LONGEST_ERROR].lstrip().startswith(b"<"):
        return response
    page = response.text[:LONGEST_PAGE]
    state = SessionState.DEAD if LOGIN in page else refusal_state(page)
    if state is not SessionState.REFUSED:
        raise SessionRefused(SessionKind.API, state, _A_LOGIN)
    return response


def _error_in(body: bytes) -> str:
    """The error text of a JSON object; empty if it has none."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return shown_text(answer.get("error"), 300) if isinstance(answer, dict) else ""
