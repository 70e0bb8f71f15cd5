"""A provider's rate limiter: one request at a time over all replicas, at its interval, and none while it is paused.

The provider's row is locked while a request is in progress. If a replica is killed, Postgres releases the lock with its
connection. Within one replica, requests wait in memory, so a replica uses one connection per provider.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import RemoteError, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError, OperationalError

from metadata.adapters.postgres.tables import ProviderRow
from metadata.domain.providers import Budget

LONGEST_WAIT_SECONDS = 75
MAX_HOLD_SECONDS = 1.0
"""Consecutive requests share a transaction for this time. Other replicas wait for it and for one more request."""
IDLE_SECONDS = 0.05
"""The lock is released after this time without another request."""
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
REFUSED_FOR_SECONDS = 900
"""The pause after a refusal. A new address or token ends it."""
AWAY_AFTER = 3
AWAY_FOR_SECONDS = 30
"""Requests pause for this time after so many consecutive failures, so that a long run does not wait for each."""


@dataclass(frozen=True, slots=True)
class RateLimitRules:
    """The provider and its budget. A new `address` or `secret` ends a pause."""

    provider: str
    budget: Budget
    address: str
    secret: str = ""

    @property
    def fingerprint(self) -> str:
        """A hash of the address and the secret."""
        return sha256(f"{self.address}\n{self.secret}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _HeldLock:
    """The lock while we hold it: the open transaction, its row, and the monotonic time at which to release it."""

    stack: AsyncExitStack
    row: ProviderRow
    until: float

    def is_over(self) -> bool:
        """Whether it is time to release the lock."""
        return time.monotonic() >= self.until


class ProviderRateLimiter:
    """Serializes the requests to one provider. Its state is one row in Postgres.

    Consecutive requests share one transaction, which locks the row for up to a second. If the process is killed, the
    state of these requests is lost.
    """

    def __init__(self, transaction: Transactions[Transaction], rules: RateLimitRules, clock: Clock) -> None:
        self._transaction = transaction
        self._rules = rules
        self._clock = clock
        self._local_lock = asyncio.Lock()
        self._held_lock: _HeldLock | None = None
        self._releasing: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def acquire(self, *, probe: bool = False) -> AsyncIterator[None]:
        """Wait for permission to send one request, and hold it until the block ends. Its outcome is stored.

        Raises `RemoteThrottled`, `RemoteUnavailable` or `RemoteRefusedUs` while requests are paused. With `probe`, only
        while the provider is throttled.
        """
        async with self._local_lock:
            row = await self._acquire_row()
            keep = False
            try:
                self._check_pause(row, probe=probe)
                self._count(row)
                budget = self._rules.budget
                allowed_at = row.next_request_at - timedelta(seconds=budget.seconds_between * (budget.burst - 1))
                wait = (allowed_at - self._clock.now()).total_seconds()
                if wait > 0:
                    await asyncio.sleep(min(wait, LONGEST_WAIT_SECONDS))
                was_ok = row.health == "ok"
                try:
                    yield
                except RemoteError as failure:
                    self._store_outcome(row, failure)
                    raise
                else:
                    self._store_outcome(row, None)
                    keep = was_ok
                finally:
                    row.next_request_at = max(row.next_request_at, self._clock.now()) + timedelta(
                        seconds=budget.seconds_between
                    )
            finally:
                if keep and self._held_lock is not None and not self._held_lock.is_over():
                    self._release_soon()
                else:
                    await self._release()

    async def _acquire_row(self) -> ProviderRow:
        """The locked row. It is not read again while the lock is held."""
        if self._releasing is not None:
            self._releasing.cancel()
            self._releasing = None
        if self._held_lock is None:
            async with AsyncExitStack() as stack:
                tx = await stack.enter_async_context(self._transaction())
                row = await self._lock_row(tx)
                self._held_lock = _HeldLock(stack.pop_all(), row, time.monotonic() + MAX_HOLD_SECONDS)
        return self._held_lock.row

    async def _release(self) -> None:
        """Commit the state and release the lock."""
        held, self._held_lock = self._held_lock, None
        if held is not None:
            await held.stack.aclose()

    def _release_soon(self) -> None:
        """Release the lock unless this replica sends another request within a moment."""
        self._releasing = asyncio.create_task(self._release_when_idle())

    async def _release_when_idle(self) -> None:
        await asyncio.sleep(IDLE_SECONDS)
        async with self._local_lock:
            self._releasing = None
            with suppress(DBAPIError):  # the next request reports an unavailable Postgres; the state is lost
                await self._release()

    async def _lock_row(self, tx: Transaction) -> ProviderRow:
        name, fingerprint = self._rules.provider, self._rules.fingerprint
        await tx.session.execute(text(f"set local lock_timeout = '{LONGEST_WAIT_SECONDS}s'"))
        try:
            row = await tx.session.get(ProviderRow, name, with_for_update=True)
            if row is None:
                fresh = {"name": name, "fingerprint": fingerprint, "next_request_at": self._clock.now()}
                await tx.session.execute(insert(ProviderRow).values(fresh).on_conflict_do_nothing())
                row = await tx.session.get_one(ProviderRow, name, with_for_update=True)
        except OperationalError as error:
            raise RemoteThrottled(name, "too many requests are waiting; try again in a minute", 60) from error
        if row.fingerprint != fingerprint:
            row.fingerprint, row.health, row.detail = fingerprint, "unknown", ""
            row.blocked_until, row.failures_in_a_row = None, 0
            row.minute_began_at = row.day_began_at = None
        return row

    def _check_pause(self, row: ProviderRow, *, probe: bool) -> None:
        if row.blocked_until is None or row.blocked_until <= self._clock.now():
            return
        if probe and row.health != "throttled":
            return
        detail = f"requests are paused until {row.blocked_until:%H:%M:%S} UTC: {row.detail}"
        if row.health == "refused":
            raise RemoteRefusedUs(row.name, detail)
        if row.health == "away":
            raise RemoteUnavailable(row.name, detail)
        raise RemoteThrottled(row.name, detail, (row.blocked_until - self._clock.now()).total_seconds())

    def _count(self, row: ProviderRow) -> None:
        """Count the request. A minute and a day begin with their first request.

        Raises `RemoteThrottled` if the requests of the day are used up.
        """
        now = self._clock.now()
        if row.minute_began_at is None or now - row.minute_began_at >= A_MINUTE:
            row.minute_began_at, row.asked_in_minute = now, 0
        if row.day_began_at is None or now - row.day_began_at >= A_DAY:
            row.day_began_at, row.asked_in_day = now, 0
        per_day = self._rules.budget.per_day
        if per_day is not None and row.asked_in_day >= per_day:
            seconds = (row.day_began_at + A_DAY - now).total_seconds()
            raise RemoteThrottled(row.name, f"today's {per_day} requests are used up", seconds)
        row.asked_in_minute, row.asked_in_day = row.asked_in_minute + 1, row.asked_in_day + 1

    def _store_outcome(self, row: ProviderRow, failure: RemoteError | None) -> None:
        now = self._clock.now()
        if failure is None:
            row.health, row.detail, row.failures_in_a_row = "ok", "", 0
            row.last_answer_at, row.blocked_until = now, None
            return
        row.detail, row.failures_in_a_row = failure.detail, row.failures_in_a_row + 1
        seconds = 0.0
        if isinstance(failure, RemoteThrottled):
            row.health, seconds = "throttled", failure.retry_after_seconds
        elif isinstance(failure, RemoteRefusedUs):
            row.health, seconds = "refused", REFUSED_FOR_SECONDS
        else:
            row.health = "away"
            seconds = AWAY_FOR_SECONDS if row.failures_in_a_row >= AWAY_AFTER else 0.0
        row.blocked_until = now + timedelta(seconds=seconds) if seconds else None
