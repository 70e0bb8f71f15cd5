"""Whether a session at the site works, since when, and how long Gapless waits after a refusal."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.contracts.mam.sessions import SessionKind, SessionState, TrackerSession
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from mam_search.domain.refusals import SessionRefused
from mam_search.domain.session_remedies import described, remedy

LIFETIME = timedelta(days=15)
"""The Max-Age of the cookie: a session that is not used for so long is dead."""
STORE_SUCCESS_EVERY = timedelta(minutes=1)
PERSON_HAS_TO_ACT = frozenset({SessionState.NOT_CONFIGURED, SessionState.CHALLENGED, SessionState.LOGIN_LOCKED})
"""No request is sent in these states, not even a probe. In the others, the site is tried again after a pause."""
MAX_FAILED_LOGINS = 3
"""Failed logins until a person acts. The site locks the login of an account after repeated failures."""


@dataclass
class SessionHealth:
    """The state of one session. `refusals` is the number of consecutive refusals."""

    kind: SessionKind
    state: SessionState = SessionState.UNTRIED
    detail: str = ""
    refusals: int = 0
    refused_at: datetime | None = None
    closed_until: datetime | None = None
    began_at: datetime | None = None
    rotated_at: datetime | None = None
    last_success_at: datetime | None = None
    failed_logins: int = 0

    def check(self, now: datetime, *, probe_after: timedelta | None = None) -> None:
        """Raise `SessionRefused` while no request may be sent with this session.

        A request with `probe_after` may be sent nevertheless, if this time has passed since the last refusal.
        """
        used_up = self.state is SessionState.LOGIN_REFUSED and self.failed_logins >= MAX_FAILED_LOGINS
        if self.state in PERSON_HAS_TO_ACT or used_up:
            raise SessionRefused(self.kind, self.state, self.detail)
        if self.closed_until is None or self.closed_until <= now:
            return
        if probe_after is not None and (self.refused_at is None or now >= self.refused_at + probe_after):
            return
        words = f"requests with this session are paused until {self.closed_until:%H:%M:%S} UTC"
        words += f": {self.detail}" if self.detail else ""
        until = self.closed_until.isoformat()
        observed = translatable("session.closed", words, until=until, why=self.detail or None)
        raise SessionRefused(self.kind, self.state, observed)

    def succeed(self, now: datetime) -> bool:
        """Record that the site accepted the session. Returns whether the state has to be stored."""
        fresh = self.last_success_at is not None and timedelta() <= now - self.last_success_at < STORE_SUCCESS_EVERY
        if self.state is SessionState.OK and not self.failed_logins and fresh:
            return False
        self.state, self.detail, self.refusals, self.failed_logins = SessionState.OK, "", 0, 0
        self.refused_at = self.closed_until = None
        self.last_success_at = now
        return True

    def refuse(self, refused: SessionRefused, pause_seconds: float, now: datetime) -> None:
        """Record that the site refused the session, and pause the requests with it."""
        self.state, self.detail = refused.state, refused.observed
        self.refusals += 1
        self.refused_at, self.closed_until = now, now + timedelta(seconds=pause_seconds)

    def begin_after_login(self) -> None:
        """Record a new session. Its login counts as failed until the site has accepted the session."""
        self.state, self.detail, self.refusals = SessionState.UNTRIED, "", 0
        self.refused_at = self.closed_until = None

    @property
    def expires_at(self) -> datetime | None:
        """When the session expires unless it is used before; None if it was never used."""
        used_at = max((at for at in (self.rotated_at, self.last_success_at) if at is not None), default=None)
        return None if used_at is None else used_at + LIFETIME

    def shown(self, now: datetime) -> TrackerSession:
        """The session as the API shows it."""
        closed = self.closed_until if self.closed_until and self.closed_until > now else None
        detail, to_do = described(self.kind, self.state, self.detail), remedy(self.kind, self.state)
        return TrackerSession(
            kind=self.kind,
            state=self.state,
            detail=detail,
            remedy=to_do,
            translatable=translatables(detail=detail, remedy=to_do),
            closed_until=closed,
            began_at=self.began_at,
            rotated_at=self.rotated_at,
            last_success_at=self.last_success_at,
            expires_at=self.expires_at,
        )
