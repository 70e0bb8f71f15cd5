"""Logs in with the login form of the site, in the browser, as a member does."""

from dataclasses import dataclass, field

from shared.chassis.errors import RemoteAnsweredNonsense
from shared.contracts.mam.sessions import SessionState

from mam_search.adapters.browser import selectors
from mam_search.adapters.browser.page_check import contains, failure, is_challenge, is_login
from mam_search.adapters.browser.process import BrowserProcess, LoadedPage
from mam_search.adapters.mam.account_rules import SYSTEM
from mam_search.adapters.mam.refusal_texts import refusal_state
from mam_search.adapters.mam.session_cookie import rotated

LOGIN_PATH = "/login.php?returnto=%2F"


@dataclass(frozen=True, slots=True)
class LoginResult:
    """The value of the new session, or the state that says why there is none."""

    session: str | None = field(default=None, repr=False)
    refused: SessionState | None = None


class LoginForm:
    """One login: first `open`, then `submit`. Raises the `RemoteError` family."""

    def __init__(self, browser: BrowserProcess) -> None:
        self._browser = browser

    async def open(self) -> SessionState | None:
        """Load the form. Returns the state if the site lets nobody log in now; that is not a failed login.

        Raises `RemoteAnsweredNonsense` with the selector of a field that is missing.
        """
        page = await self._browser.read(LOGIN_PATH, {}, _ignore, scripts=True)
        if state := _closed(page):
            return state
        if failed := failure(page):
            raise failed
        fields = (selectors.LOGIN_FORM, selectors.LOGIN_NAME, selectors.LOGIN_PASSWORD, selectors.LOGIN_BUTTON)
        for selector in (*fields, *selectors.LOGIN_ONE_TIME_FIELDS):
            if not contains(page.html, selector):
                raise RemoteAnsweredNonsense(SYSTEM, f"the login form has changed: {selector} is not in /login.php")
        return None

    async def submit(self, username: str, password: str) -> LoginResult:
        """Fill and submit the form that is open. Its hidden one-time fields are sent as the site filled them."""
        received: list[str] = []

        async def collect(header: str) -> None:
            if value := rotated([header]):
                received.append(value)

        fields = {selectors.LOGIN_NAME: username, selectors.LOGIN_PASSWORD: password}
        page = await self._browser.submit(fields, [selectors.LOGIN_REMEMBER], selectors.LOGIN_BUTTON, collect)
        if state := _closed(page):
            return LoginResult(refused=state)
        if failed := failure(page):
            raise failed
        if is_login(page) or not received:
            return LoginResult(refused=SessionState.LOGIN_REFUSED)
        return LoginResult(received[-1])


def _closed(page: LoadedPage) -> SessionState | None:
    """The state of a page that allows no login."""
    if is_challenge(page):
        return SessionState.CHALLENGED
    return SessionState.LOGIN_LOCKED if refusal_state(page.html) is SessionState.LOGIN_LOCKED else None


async def _ignore(_header: str) -> None:
    """A form has no session, so its cookies are not stored."""
