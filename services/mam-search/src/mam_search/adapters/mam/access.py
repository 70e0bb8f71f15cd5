"""The access to the account, as the API shows it: the rate limiter and the sessions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from shared.chassis.clock import Clock
from shared.chassis.rate_limit_state import DAY, Account, Line
from shared.chassis.rate_limiter import REQUESTS, RateLimiter
from shared.contracts.mam.account import DailyBudget, TrackerAccess
from shared.contracts.mam.seedbox import Seedbox, SeedboxState
from shared.contracts.mam.sessions import SessionKind, SessionState, TrackerSession
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from mam_search.adapters.postgres.seedbox_store import SeedboxStore
from mam_search.adapters.postgres.session_store import SessionStore
from mam_search.domain.session_remedies import in_state, with_remedy


class TrackerAccessReader:
    """Reads the state of the rate limiter and of each session, and lets a person pause all requests."""

    def __init__(
        self, rate_limiter: RateLimiter, sessions: Sequence[SessionStore], seedbox: SeedboxStore | None, clock: Clock
    ) -> None:
        """`seedbox` is None if our address is not kept registered."""
        self._rate_limiter = rate_limiter
        self._seedbox = seedbox
        self._sessions = sessions
        self._clock = clock

    async def access(self) -> TrackerAccess:
        """When the next request is allowed, until when and why requests are paused, and the state of each session."""
        status, now = await self._rate_limiter.status(), self._clock.now()
        account, line = status.account, status.lines.get(REQUESTS)
        sessions = [_with_account((await each.load()).health.shown(now), account, now) for each in self._sessions]
        until, because = _closed(sessions)
        return TrackerAccess(
            seconds_between=self._rate_limiter.rules.lines[REQUESTS].seconds_between,
            next_request_at=line.next_request_at if line else None,
            closed_until=until,
            closed_because=because,
            translatable=translatables(closed_because=because),
            stopped_at=account.stopped_at if account else None,
            stopped_by=account.stopped_by if account else None,
            budgets=self._budgets(status.lines, now),
            sessions=sessions,
            seedbox=await self._seedbox.load() if self._seedbox else Seedbox(state=SeedboxState.OFF),
        )

    def _budgets(self, lines: Mapping[str, Line], now: datetime) -> list[DailyBudget]:
        """What is left of each budget of a day."""
        budgets = []
        for name, rules in self._rate_limiter.rules.lines.items():
            if rules.per_day is None:
                continue
            began_at, sent = lines[name].day.in_span(DAY, now) if name in lines else (None, 0)
            left = max(0, rules.per_day - sent)
            renewed_at = None if began_at is None else began_at + DAY
            budgets.append(DailyBudget(kind=name, limit=rules.per_day, left=left, renewed_at=renewed_at))
        return budgets

    async def pause(self, by: str) -> None:
        """Pause all requests of all replicas until `resume`."""
        await self._rate_limiter.stop(by)

    async def resume(self) -> None:
        """Allow requests again, and forget what a person had to act on: a challenge, or failed logins."""
        await self._rate_limiter.resume()
        for each in self._sessions:
            await each.forget_refusals()


def _with_account(session: TrackerSession, account: Account | None, now: datetime) -> TrackerSession:
    """The session, or why the whole account keeps it from being used."""
    if account is None or session.state is SessionState.NOT_CONFIGURED:
        return session
    if account.stopped_at is not None:
        words = f"{account.stopped_by} paused them at {account.stopped_at:%Y-%m-%d %H:%M} UTC"
        by, at = account.stopped_by, account.stopped_at.isoformat()
        observed = translatable("session.paused_by", words, by=by, at=at)
        return in_state(session, SessionState.PAUSED, observed)
    if account.paused_until is None or account.paused_until <= now:
        return session
    state = SessionState.THROTTLED if account.health == "throttled" else SessionState.AWAY
    return in_state(session, state, account.detail, closed_until=account.paused_until)


def _closed(sessions: Sequence[TrackerSession]) -> tuple[datetime | None, str]:
    """Until when and why no JSON is requested."""
    api = next((each for each in sessions if each.kind is SessionKind.API), None)
    if api is None or (api.closed_until is None and api.state is not SessionState.PAUSED):
        return None, ""
    return api.closed_until, with_remedy(api)
