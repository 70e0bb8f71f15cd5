"""A provider's line: one request at a time over all replicas, at the provider's pace, and none while it is closed.

The provider's row is locked for as long as a request is under way; a replica that is killed lets go of the lock with
its connection. Within one replica the waiting is done in memory, so that it holds one connection for each provider.
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

LONGEST_WAIT_SECONDS = 75
HELD_SECONDS = 1.0
"""How long turns that follow each other share a transaction; other replicas wait for it, and for one request more."""
IDLE_SECONDS = 0.05
"""After so long without another turn the line is let go."""
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
REFUSED_FOR_SECONDS = 900
"""How long a provider that refused us is left alone, unless its address or token change."""
AWAY_AFTER = 3
AWAY_FOR_SECONDS = 30
"""After so many failures in a row a provider is left alone for a while, so that a long run does not wait for each."""


@dataclass(frozen=True, slots=True)
class LineRules:
    """Whose line it is and its pace. `secret` is what a refusal depends on: another one opens the line again."""

    provider: str
    seconds_between: float
    address: str
    secret: str = ""

    @property
    def fingerprint(self) -> str:
        return sha256(f"{self.address}\n{self.secret}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Held:
    """The line while it is ours: the open transaction, the row in it, and the time (monotonic) to let go."""

    stack: AsyncExitStack
    row: ProviderRow
    until: float

    def is_over(self) -> bool:
        return time.monotonic() >= self.until


class ProviderLine:
    """Whose turn it is, kept in Postgres.

    The line is held for up to a second of turns that follow each other: one transaction for all of them, in which the
    row is locked, so that no other replica asks meanwhile. A process that is killed loses what it learnt in it.
    """

    def __init__(self, transaction: Transactions[Transaction], rules: LineRules, clock: Clock) -> None:
        self._transaction = transaction
        self._rules = rules
        self._clock = clock
        self._here = asyncio.Lock()
        self._held: _Held | None = None
        self._letting_go: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def turn(self, *, knock: bool = False) -> AsyncIterator[None]:
        """Wait for our turn and hold it. What becomes of the request is remembered.

        Raises `RemoteThrottled`, `RemoteUnavailable` or `RemoteRefusedUs` while the provider is closed to us; with
        `knock` only while it is throttled.
        """
        async with self._here:
            row = await self._hold()
            keep = False
            try:
                self._check_open(row, knock=knock)
                self._count(row)
                wait = (row.next_request_at - self._clock.now()).total_seconds()
                if wait > 0:
                    await asyncio.sleep(min(wait, LONGEST_WAIT_SECONDS))
                was_well = row.health == "ok"
                try:
                    yield
                except RemoteError as failure:
                    self._learn(row, failure)
                    raise
                else:
                    self._learn(row, None)
                    keep = was_well
                finally:
                    row.next_request_at = self._clock.now() + timedelta(seconds=self._rules.seconds_between)
            finally:
                if keep and self._held is not None and not self._held.is_over():
                    self._let_go_soon()
                else:
                    await self._let_go()

    async def _hold(self) -> ProviderRow:
        """The row, locked; what it was held for before is not read again."""
        if self._letting_go is not None:
            self._letting_go.cancel()
            self._letting_go = None
        if self._held is None:
            async with AsyncExitStack() as stack:
                tx = await stack.enter_async_context(self._transaction())
                row = await self._locked(tx)
                self._held = _Held(stack.pop_all(), row, time.monotonic() + HELD_SECONDS)
        return self._held.row

    async def _let_go(self) -> None:
        """Store what was learnt, and let other replicas have their turn."""
        held, self._held = self._held, None
        if held is not None:
            await held.stack.aclose()

    def _let_go_soon(self) -> None:
        """Unless somebody here has the next turn in a moment."""
        self._letting_go = asyncio.create_task(self._let_go_when_idle())

    async def _let_go_when_idle(self) -> None:
        await asyncio.sleep(IDLE_SECONDS)
        async with self._here:
            self._letting_go = None
            with suppress(DBAPIError):  # the next turn tells of a Postgres that is away; what was learnt is lost
                await self._let_go()

    async def _locked(self, tx: Transaction) -> ProviderRow:
        name, fingerprint = self._rules.provider, self._rules.fingerprint
        await tx.session.execute(text(f"set local lock_timeout = '{LONGEST_WAIT_SECONDS}s'"))
        try:
            row = await tx.session.get(ProviderRow, name, with_for_update=True)
            if row is None:
                fresh = {"name": name, "fingerprint": fingerprint, "next_request_at": self._clock.now()}
                await tx.session.execute(insert(ProviderRow).values(fresh).on_conflict_do_nothing())
                row = await tx.session.get_one(ProviderRow, name, with_for_update=True)
        except OperationalError as error:
            raise RemoteThrottled(name, "too many requests wait for their turn", 60) from error
        if row.fingerprint != fingerprint:
            row.fingerprint, row.health, row.detail = fingerprint, "unknown", ""
            row.blocked_until, row.failures_in_a_row = None, 0
            row.minute_began_at = row.day_began_at = None
        return row

    def _check_open(self, row: ProviderRow, *, knock: bool) -> None:
        if row.blocked_until is None or row.blocked_until <= self._clock.now():
            return
        if knock and row.health != "throttled":
            return
        detail = f"left alone until {row.blocked_until:%H:%M:%S} UTC: {row.detail}"
        if row.health == "refused":
            raise RemoteRefusedUs(row.name, detail)
        if row.health == "away":
            raise RemoteUnavailable(row.name, detail)
        raise RemoteThrottled(row.name, detail, (row.blocked_until - self._clock.now()).total_seconds())

    def _count(self, row: ProviderRow) -> None:
        """Count the request, in a minute and a day that begin with their first one."""
        now = self._clock.now()
        if row.minute_began_at is None or now - row.minute_began_at >= A_MINUTE:
            row.minute_began_at, row.asked_in_minute = now, 0
        if row.day_began_at is None or now - row.day_began_at >= A_DAY:
            row.day_began_at, row.asked_in_day = now, 0
        row.asked_in_minute, row.asked_in_day = row.asked_in_minute + 1, row.asked_in_day + 1

    def _learn(self, row: ProviderRow, failure: RemoteError | None) -> None:
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
