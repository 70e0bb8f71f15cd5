"""Rate limits: a token bucket for each key and each address, which refills evenly within a minute.

Each replica has its own buckets. Responses show what is left in the headers `RateLimit` and `RateLimit-Policy`
(draft-ietf-httpapi-ratelimit-headers).
"""

import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from shared.chassis.errors import Refused
from shared.contracts.problem import Problem
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.http.problems import answer

MINUTE_SECONDS = 60.0
MAX_BUCKETS = 10_000
SIGN_INS_PER_MINUTE = 10
FAILED_SHARE = 50
"""The limit for calls with a missing or wrong key is this fraction of the limit of an address."""


@dataclass(frozen=True)
class Budget:
    """What is left of a limit: `remaining` calls now, and all of `quota` after `full_after_seconds`."""

    policy: str
    quota: int
    remaining: int
    full_after_seconds: int
    retry_after_seconds: int | None = None

    @property
    def spent(self) -> bool:
        """Whether the last counted call exceeded the limit."""
        return self.retry_after_seconds is not None


class TooManyCalls(Refused):
    """A rate limit is exceeded."""

    code = "too_many_calls"
    status = 429
    title = "Too many calls"

    def __init__(self, budget: Budget) -> None:
        super().__init__(f"the limit of {budget.quota} calls per minute ({budget.policy}) is exceeded; try again later")
        self._retry_after_seconds = budget.retry_after_seconds

    def problem(self, service: str | None = None) -> Problem:
        return super().problem(service).model_copy(update={"retry_after_seconds": self._retry_after_seconds})


class TokenBuckets:
    """A bucket for each caller, with up to `quota` calls at once and `quota` calls per minute. 0: no limit."""

    def __init__(self, policy: str, quota: int, now: Callable[[], float] = time.monotonic) -> None:
        self._policy = policy
        self._quota = quota
        self._now = now
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, caller: str) -> Budget | None:
        """Count one call and return what is left, or None without a limit."""
        if not self._quota:
            return None
        now, per_second = self._now(), self._quota / MINUTE_SECONDS
        tokens, since = self._buckets.pop(caller, (float(self._quota), now))
        tokens = min(float(self._quota), tokens + (now - since) * per_second)
        enough = tokens >= 1.0
        if enough:
            tokens -= 1.0
        self._buckets[caller] = (tokens, now)
        if len(self._buckets) > MAX_BUCKETS:
            # The first one was not used for the longest time, because each used one moves to the end.
            del self._buckets[next(iter(self._buckets))]
        full_after = math.ceil((self._quota - tokens) / per_second)
        retry_after = None if enough else max(1, math.ceil((1.0 - tokens) / per_second))
        return Budget(self._policy, self._quota, int(tokens), full_after, retry_after)


class RateLimits:
    """The limits for keys, for addresses, and for addresses that send wrong keys, in calls per minute."""

    def __init__(self, per_key: int, per_address: int, now: Callable[[], float] = time.monotonic) -> None:
        self._keys = TokenBuckets("key", per_key, now)
        self._addresses = TokenBuckets("address", per_address, now)
        self._sign_ins = TokenBuckets("sign-in", SIGN_INS_PER_MINUTE, now)
        self._failures = TokenBuckets("failed-keys", per_address and max(10, per_address // FAILED_SHARE), now)

    def count_address(self, scope: Scope) -> Budget | None:
        """Count a call of an address."""
        return _noted(scope, self._addresses.take(address_of(scope)))

    def count_key(self, scope: Scope, key_id: str) -> None:
        """Count a call with a known key. Raises `TooManyCalls`."""
        _refuse(_noted(scope, self._keys.take(key_id)))

    def count_sign_in(self, scope: Scope) -> None:
        """Count an attempt to sign in. Raises `TooManyCalls` after `SIGN_INS_PER_MINUTE` from one address."""
        _refuse(_noted(scope, self._sign_ins.take(address_of(scope))))

    def count_failure(self, scope: Scope) -> None:
        """Count a call without a key or with an unknown one. Raises `TooManyCalls`."""
        _refuse(_noted(scope, self._failures.take(address_of(scope))))


def _noted(scope: Scope, budget: Budget | None) -> Budget | None:
    if budget is not None:
        scope["state"].setdefault("budgets", []).append(budget)
    return budget


def _refuse(budget: Budget | None) -> None:
    if budget is not None and budget.spent:
        raise TooManyCalls(budget)


def address_of(scope: Scope) -> str:
    """Return the IPv4 address of the caller, or its IPv6 /64 network, because one person has many IPv6 addresses."""
    host = scope["client"][0] if scope.get("client") else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    return str(address) if address.version == 4 else str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))


class RateLimiting:
    """Limits calls by address, and adds the rate limit headers to each response."""

    def __init__(self, app: ASGIApp, limits: RateLimits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def send_with_budgets(message: Message) -> None:
            budgets: list[Budget] = scope["state"].get("budgets", [])
            if message["type"] == "http.response.start" and budgets:
                headers = MutableHeaders(scope=message)
                policies = (f'"{each.policy}";q={each.quota};w={MINUTE_SECONDS:.0f}' for each in budgets)
                left = (f'"{each.policy}";r={each.remaining};t={each.full_after_seconds}' for each in budgets)
                headers["RateLimit-Policy"], headers["RateLimit"] = ", ".join(policies), ", ".join(left)
            await send(message)

        scope.setdefault("state", {})
        budget = self._limits.count_address(scope)
        if budget is not None and budget.spent:
            return await answer(TooManyCalls(budget).problem())(scope, receive, send_with_budgets)
        return await self._app(scope, receive, send_with_budgets)
