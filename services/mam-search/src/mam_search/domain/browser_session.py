"""The browser session, with which pages are read: its states, what each means, and what a person has to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MAX_FAILED_LOGINS = 3
"""Failed logins until a person acts. The site locks the login of an account after repeated failures."""


class BrowserSessionState(StrEnum):
    """Whether pages can be read, and if not, why."""

    READY = "ready"
    MISSING = "missing"
    REFUSED = "refused"
    WRONG_TYPE = "wrong_type"
    WRONG_NETWORK = "wrong_network"
    CHALLENGED = "challenged"
    LOGIN_REFUSED = "login_refused"
    LOGIN_LOCKED = "login_locked"


_CREATE = "create a session at the site (Preferences > Security) and set MAM_BROWSER_SESSION"
_RESET = "then allow Gapless to read pages again"
EXPLANATIONS = {
    BrowserSessionState.READY: "pages can be read",
    BrowserSessionState.MISSING: (
        "no session for pages is configured: set MAM_BROWSER_SESSION, or MAM_USERNAME and MAM_PASSWORD"
    ),
    BrowserSessionState.REFUSED: f"the site does not accept the browser session any more: {_CREATE}",
    BrowserSessionState.WRONG_TYPE: (
        f"MAM_BROWSER_SESSION is a session for the API, which cannot read pages: {_CREATE}"
    ),
    BrowserSessionState.WRONG_NETWORK: (
        "the browser session is locked to another address: use that address for Gapless (MAM_PROXY), or " + _CREATE
    ),
    BrowserSessionState.CHALLENGED: (
        "the site shows a challenge that only a person can solve: open it in your own browser from the same address"
        f" and solve it, {_RESET}"
    ),
    BrowserSessionState.LOGIN_REFUSED: (
        "the site refused MAM_USERNAME and MAM_PASSWORD: correct them. No login is tried after"
        f" {MAX_FAILED_LOGINS} failures until they change or you allow it"
    ),
    BrowserSessionState.LOGIN_LOCKED: (
        f"the site has locked the login of this account: log in with your own browser as soon as it allows it, {_RESET}"
    ),
}
"""What each state means and what a person has to do."""
PERSON_HAS_TO_ACT = frozenset(
    {
        BrowserSessionState.MISSING,
        BrowserSessionState.WRONG_TYPE,
        BrowserSessionState.CHALLENGED,
        BrowserSessionState.LOGIN_LOCKED,
    }
)
"""No page is requested in these states. In the others, the site is tried again after a pause."""


@dataclass
class BrowserSession:
    """The state of the browser session. `refusals` is the number of consecutive refusals."""

    state: BrowserSessionState = BrowserSessionState.READY
    failed_logins: int = 0
    refusals: int = 0
    paused_until: datetime | None = None

    def obstacle(self, now: datetime) -> str | None:
        """Why no page may be requested now; None if one may be."""
        if self.state in PERSON_HAS_TO_ACT or self.logins_used_up:
            return EXPLANATIONS[self.state]
        if self.paused_until is not None and self.paused_until > now:
            return f"{EXPLANATIONS[self.state]}. The next page is requested at {self.paused_until:%H:%M} UTC"
        return None

    @property
    def logins_used_up(self) -> bool:
        """Whether a person has to act before the next login."""
        return self.state is BrowserSessionState.LOGIN_REFUSED and self.failed_logins >= MAX_FAILED_LOGINS

    def refuse(self, state: BrowserSessionState, now: datetime, pause_seconds: float) -> None:
        """Record that the site refused a page or a login."""
        self.state = state
        self.refusals += 1
        self.paused_until = now + timedelta(seconds=pause_seconds)

    def accept(self) -> None:
        """Record that the site sent a page."""
        self.state, self.failed_logins, self.refusals, self.paused_until = BrowserSessionState.READY, 0, 0, None
