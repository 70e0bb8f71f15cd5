"""The errors that a session was refused, that the browser failed, and that the site has changed a page."""

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs, RemoteUnavailable
from shared.contracts.mam.sessions import SessionKind, SessionState
from shared.translatable import translatable

from mam_search.domain.session_remedies import meaning, remedy

SYSTEM = "myanonamouse"


class SessionRefused(RemoteRefusedUs):
    """The site refused the session. `state` is the reason.

    `retry_after_seconds` is when Gapless itself gets another session, such as with a login; None: a person has to act.
    """

    def __init__(self, kind: SessionKind, state: SessionState, observed: str = "", status: int | None = None) -> None:
        means, to_do = meaning(kind, state), remedy(kind, state)
        words = "; ".join(part for part in (observed, means, to_do) if part)
        super().__init__(
            SYSTEM, translatable("session.answer", words, observed=observed, meaning=means, remedy=to_do), status
        )
        self.state = state
        self.observed = observed
        self.retry_after_seconds: float | None = None


class BrowserStopped(RemoteUnavailable):
    """The browser ended or hung, or the page did not end. It says nothing about the site: the next page may be read."""


class PageChanged(RemoteAnsweredNonsense):
    """A selector does not match in a page, or not what it should. `html` is the page without secrets, for a report."""

    def __init__(self, selector: str, path: str, html: str) -> None:
        super().__init__(SYSTEM, f"the selector {selector!r} does not match in {path}: the site has changed this page")
        self.selector = selector
        self.path = path
        self.html = html
