"""The state of a shared account's rate limiter: when the next request is allowed, and until when requests pause."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from shared.chassis.backoff import Backoff
from shared.chassis.errors import (
    RemoteBlockedUs,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
    RequestsStopped,
)
from shared.translatable import translatable

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
INTERVALS_BEFORE_PROBE = 20
"""Intervals between two probes of a paused system. A status page that is open all day may ask for them."""
STOPPED_RETRY_SECONDS = 300.0

Health = Literal["unknown", "ok", "away", "throttled", "refused", "blocked"]
BLOCKED = Backoff.doubling(6 * 3600.0, 48 * 3600.0)
"""The pauses after consecutive challenges or block pages, in seconds."""


@dataclass(frozen=True, slots=True)
class LineRules:
    """The pace of one kind of request, and how many may be sent in a minute and in a day; None: any number.

    The interval between two requests is random between the two values, and constant without `max_seconds_between`.
    After a pause, `burst` requests may follow each other at once. A request that cannot start within
    `longest_wait_seconds` is refused; None: the value of the account.
    """

    seconds_between: float
    max_seconds_between: float | None = None
    burst: int = 1
    per_minute: int | None = None
    per_day: int | None = None
    longest_wait_seconds: float | None = None

    @property
    def longest_interval(self) -> float:
        """The longest interval between two requests, in seconds."""
        return max(self.seconds_between, self.max_seconds_between or 0.0)

    @property
    def seconds_ahead(self) -> float:
        """How long before its time a request may be sent, because of the burst."""
        return self.longest_interval * (self.burst - 1)

    def interval(self) -> timedelta:
        """The interval to the next request."""
        return timedelta(seconds=random.uniform(self.seconds_between, self.longest_interval))  # noqa: S311 - no secret


@dataclass(frozen=True, slots=True)
class PauseRules:
    """How long requests pause: after each consecutive refusal or block, and after several consecutive failures.

    Each further consecutive 429 doubles the pause that the system asks for, up to `throttled_longest_seconds`. Each
    failure after `away_after` consecutive ones doubles `away_seconds`, up to `away_longest_seconds`.
    """

    refused: Backoff
    away_after: int
    away_seconds: float
    throttled_longest_seconds: float = 0.0
    away_longest_seconds: float = 0.0
    blocked: Backoff = BLOCKED

    def away_pause(self, failures: int) -> float:
        """The pause in seconds after this number of consecutive failures; 0 for the first ones."""
        if failures < self.away_after:
            return 0.0
        doubled = self.away_seconds * 2.0 ** min(failures - self.away_after, 20)
        return max(self.away_seconds, min(doubled, self.away_longest_seconds))


@dataclass
class Account:
    """The health of an account and the pause of its requests."""

    name: str
    fingerprint: str
    health: Health = "unknown"
    detail: str = ""
    failures_in_a_row: int = 0
    last_answer_at: datetime | None = None
    paused_until: datetime | None = None
    stopped_at: datetime | None = None
    stopped_by: str | None = None

    def use_credentials(self, fingerprint: str) -> bool:
        """End the pause if the address or the credentials have changed. Returns whether they have."""
        if self.fingerprint == fingerprint:
            return False
        self.fingerprint, self.health, self.detail = fingerprint, "unknown", ""
        self.failures_in_a_row, self.paused_until = 0, None
        return True

    def check(self, now: datetime, *, may_pass_pause: bool) -> None:
        """Raise `RequestsStopped` or, while requests are paused, another `RemoteError` with the reason.

        `may_pass_pause` lets a request pass while the system is away or has refused us, but not while it is throttled
        or blocks us, or a person has stopped all requests.
        """
        if self.stopped_at is not None:
            words = f"{self.stopped_by} has stopped all requests; resume them first"
            detail = translatable("remote.stopped", words, by=self.stopped_by)
            raise RequestsStopped(self.name, detail, STOPPED_RETRY_SECONDS)
        passes = may_pass_pause and self.health not in ("throttled", "blocked")
        if self.paused_until is None or self.paused_until <= now or passes:
            return
        until = f"{self.paused_until:%H:%M:%S}" if self.paused_until - now < DAY else f"{self.paused_until:%d %B %H:%M}"
        words, why = f"requests are paused until {until} UTC: {self.detail}", self.detail or None
        detail = translatable("remote.paused", words, until=self.paused_until.isoformat(), why=why)
        if self.health == "refused":
            raise RemoteRefusedUs(self.name, detail)
        if self.health == "blocked":
            raise RemoteBlockedUs(self.name, detail)
        if self.health == "away":
            raise RemoteUnavailable(self.name, detail)
        raise RemoteThrottled(self.name, detail, (self.paused_until - now).total_seconds())

    def succeed(self, now: datetime) -> None:
        """Record an answer, and end the pause."""
        self.health, self.detail, self.failures_in_a_row = "ok", "", 0
        self.last_answer_at, self.paused_until = now, None

    def fail(self, error: RemoteError, rules: PauseRules, now: datetime) -> None:
        """Record a failure. A probe that gets no answer does not end or change the pause."""
        refused = isinstance(error, RemoteRefusedUs)
        if not isinstance(error, (RemoteRefusedUs, RemoteThrottled)) and self.paused_until and self.paused_until > now:
            return
        continues = refused == (self.health in ("refused", "blocked"))
        self.failures_in_a_row = self.failures_in_a_row + 1 if continues else 1
        self.detail = error.detail
        seconds = 0.0
        if isinstance(error, RemoteThrottled):
            asked = error.retry_after_seconds
            doubled = asked * 2.0 ** min(self.failures_in_a_row - 1, 20)
            self.health, seconds = "throttled", max(asked, min(doubled, rules.throttled_longest_seconds))
        elif isinstance(error, RemoteBlockedUs):
            self.health, seconds = "blocked", rules.blocked.after(self.failures_in_a_row)
        elif refused:
            self.health, seconds = "refused", rules.refused.after(self.failures_in_a_row)
        else:
            self.health, seconds = "away", rules.away_pause(self.failures_in_a_row)
        self.paused_until = now + timedelta(seconds=seconds) if seconds else None


@dataclass
class Count:
    """The requests since the beginning of a span. A span begins with its first request."""

    began_at: datetime | None = None
    sent: int = 0

    def add(self, span: timedelta, now: datetime, requests: int) -> None:
        """Count requests."""
        began_at, sent = self.in_span(span, now)
        self.began_at, self.sent = began_at or now, sent + requests

    def in_span(self, span: timedelta, now: datetime) -> tuple[datetime | None, int]:
        """When the current span began, and the number of its requests; None and 0 if there is no current span."""
        running = self.began_at is not None and timedelta() <= now - self.began_at < span
        return (self.began_at, self.sent) if running else (None, 0)

    def seconds_to_wait(self, most: int | None, span: timedelta, now: datetime, requests: int) -> float:
        """Seconds until this number of requests fits into the budget."""
        began_at, sent = self.in_span(span, now)
        if most is None or began_at is None or sent + requests <= most:
            return 0.0
        return (began_at + span - now).total_seconds()


@dataclass
class Line:
    """The pace and the counts of one kind of request."""

    name: str
    next_request_at: datetime
    minute: Count = field(default_factory=Count)
    day: Count = field(default_factory=Count)

    def seconds_to_wait(self, rules: LineRules, now: datetime, requests: int = 1) -> float:
        """Seconds until this number of requests is allowed in one turn.

        A clock that was set back cannot extend the interval.
        """
        pace = min((self.next_request_at - now).total_seconds() - rules.seconds_ahead, rules.longest_interval)
        in_minute = self.minute.seconds_to_wait(rules.per_minute, MINUTE, now, requests)
        return max(0.0, pace, in_minute, self.seconds_until_next_day(rules, now, requests))

    def seconds_until_next_day(self, rules: LineRules, now: datetime, requests: int = 1) -> float:
        """Seconds until the day ends, if fewer than `requests` are left; else 0."""
        return self.day.seconds_to_wait(rules.per_day, DAY, now, requests)

    def may_probe(self, rules: LineRules, now: datetime) -> bool:
        """Whether enough intervals have passed since the last request for a probe.

        One of them has already passed at `next_request_at`.
        """
        pause = timedelta(seconds=(INTERVALS_BEFORE_PROBE - 1) * rules.seconds_between)
        return now >= self.next_request_at + pause

    def begin_request(self, rules: LineRules, now: datetime, requests: int = 1) -> None:
        """Count the requests of a turn that are about to be sent, and set the time of the next turn."""
        self.minute.add(MINUTE, now, requests)
        self.day.add(DAY, now, requests)
        # The requests of a burst add up. A clock that was set back does not.
        latest = now + timedelta(seconds=rules.seconds_ahead)
        self.next_request_at = min(max(self.next_request_at, now), latest) + rules.interval()

    def end_request(self, rules: LineRules, now: datetime) -> None:
        """Let the interval begin at the end of the request."""
        self.next_request_at = max(self.next_request_at, now + rules.interval())


def account_of(row: dict[str, Any]) -> Account:
    """The account in a row of `rate_limited_accounts`."""
    return Account(**row)


def line_of(row: dict[str, Any]) -> Line:
    """The line in a row of `rate_limited_lines`."""
    return Line(
        row["name"],
        row["next_request_at"],
        Count(row["minute_began_at"], row["sent_in_minute"]),
        Count(row["day_began_at"], row["sent_in_day"]),
    )
