"""The account's rate limiter: one request at a time over all replicas, at the interval that `MAM_RATE_LIMIT` sets.

The account's row is locked while a request is in progress. The same transaction stores the session value that the site
returned. If a replica is killed, Postgres releases the lock with its connection.
"""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import RemoteError, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable
from shared.contracts.mam.account import TrackerAccess
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError

from mam_search.adapters.postgres.tables import SessionRow

ACCOUNT = "default"
SYSTEM = "myanonamouse"
LONGEST_WAIT_SECONDS = 30
REFUSED_FOR, REFUSED_AT_MOST = timedelta(minutes=15), timedelta(hours=12)
"""The pause after the site refused every known session value. It doubles each time; a new MAM_SESSION ends it."""
OTHER_VALUE_AFTER = timedelta(minutes=5)
"""The pause after a refusal while there is a session value that the site has not refused."""
AWAY_AFTER = 3
AWAY_FOR = timedelta(minutes=1)
"""Requests pause for this time after so many consecutive failures."""
INTERVALS_BEFORE_PROBE = 20
"""Intervals of `MAM_RATE_LIMIT` between two probes of a paused site. A status page that is open all day may ask for
them."""
TOO_MANY_WAITING = "too many requests to MyAnonamouse are waiting; try again in a minute"
_REFUSED, _AWAY = "refused: ", "away: "


@dataclass(frozen=True)
class Account:
    """The session from the settings, the secret that encrypts its successors, and the interval between requests."""

    seed: str
    secret: str
    seconds_between: float


class Permit:
    """Permission for one request: the session value to send, and how the site responded to it."""

    def __init__(self, session: str) -> None:
        self.session = session
        self.rotated: str | None = None
        self.refusal: str | None = None
        self.accepted = False

    def rotate(self, value: str | None) -> None:
        """Record the new session value that the site returned; None if it returned none."""
        self.rotated = value

    def refuse(self, reason: str) -> None:
        """Record that the site refused the session value. Requests pause after this one."""
        self.refusal = reason

    def accept(self) -> None:
        """Record that the site accepted the session value."""
        self.accepted = True


class AccountRateLimiter:
    """Serializes the account's requests over all replicas. Its state is one row in Postgres."""

    def __init__(self, transaction: Transactions[Transaction], account: Account, clock: Clock) -> None:
        self._transaction = transaction
        self._account = account
        self._clock = clock
        self._fernet = Fernet(base64.urlsafe_b64encode(sha256(account.secret.encode()).digest()))
        self._local_lock = asyncio.Lock()
        self._fingerprint = sha256(f"{account.secret}:{account.seed}".encode()).hexdigest()

    @asynccontextmanager
    async def acquire(self, *, probe: bool = False, without_session: bool = False) -> AsyncIterator[Permit]:
        """Wait for permission to send one request, and hold it until the block ends.

        While requests are paused because the session was refused or the site is unavailable, `probe` lets a request
        through once in 20 intervals, and `without_session` lets every request through.

        Raises `RemoteThrottled` if the wait would be too long or the site asked for a pause, `RemoteRefusedUs` while
        requests are paused after a refusal, and `RemoteUnavailable` while they are paused after failures.
        """
        # The local lock keeps this replica from using more than one connection to wait.
        async with self._acquire_local_lock(), self._transaction() as tx:
            row = await self._lock_row(tx)
            self._check_pause(row, may_probe=without_session or (probe and self._may_probe(row)))
            await self._wait_for_interval(row)
            permit = Permit(self._session_to_send(row, probe=probe))
            failure: RemoteError | None = None
            try:
                yield permit
            except RemoteError as error:
                # The outcome must be stored although the request failed, so the error is raised after the commit.
                failure = error
            self._store_session(row, permit)
            self._store_outcome(row, permit, failure)
        if failure is not None:
            raise failure

    async def access(self) -> TrackerAccess:
        """When the next request is allowed, and until when and why requests are paused."""
        async with self._transaction() as tx:
            row = await tx.session.get(SessionRow, ACCOUNT)
        access = TrackerAccess(seconds_between=self._account.seconds_between)
        if row is None:
            return access
        paused = row.closed_until is not None and row.closed_until > self._clock.now()
        return access.model_copy(
            update={
                "next_request_at": row.next_request_at,
                "closed_until": row.closed_until if paused else None,
                "closed_because": (row.closed_why or "") if paused else "",
            }
        )

    @asynccontextmanager
    async def _acquire_local_lock(self) -> AsyncIterator[None]:
        try:
            await asyncio.wait_for(self._local_lock.acquire(), LONGEST_WAIT_SECONDS)
        except TimeoutError as error:
            raise RemoteThrottled(SYSTEM, TOO_MANY_WAITING, 60) from error
        try:
            yield
        finally:
            self._local_lock.release()

    async def _wait_for_interval(self, row: SessionRow) -> None:
        """Sleep until the interval since the last request is over, unless that takes too long."""
        wait = (row.next_request_at - self._clock.now()).total_seconds()
        if wait > LONGEST_WAIT_SECONDS:
            raise RemoteThrottled(SYSTEM, f"the next request is allowed in {wait:.0f} s (MAM_RATE_LIMIT)", wait)
        if wait > 0:
            await asyncio.sleep(wait)

    async def _lock_row(self, tx: Transaction) -> SessionRow:
        await tx.session.execute(text(f"set local lock_timeout = '{LONGEST_WAIT_SECONDS}s'"))
        fresh = {
            "account": ACCOUNT,
            "seed_fingerprint": self._fingerprint,
            "session": self._fernet.encrypt(self._account.seed.encode()),
            "next_request_at": self._clock.now(),
        }
        try:
            await tx.session.execute(insert(SessionRow).values(fresh).on_conflict_do_nothing())
            row = await tx.session.get(SessionRow, ACCOUNT, with_for_update=True, populate_existing=True)
        except OperationalError as error:
            raise RemoteThrottled(SYSTEM, TOO_MANY_WAITING, 60) from error
        if row is None:
            raise RemoteThrottled(SYSTEM, "the account's session is being stored; try again", 1)
        if row.seed_fingerprint != self._fingerprint:
            row.seed_fingerprint, row.session, row.previous = self._fingerprint, fresh["session"], None  # type: ignore[assignment]
            _resume(row)
        return row

    def _may_probe(self, row: SessionRow) -> bool:
        """`next_request_at` is one interval after the last request, so one interval fewer is left to wait."""
        pause = timedelta(seconds=(INTERVALS_BEFORE_PROBE - 1) * self._account.seconds_between)
        return self._clock.now() >= row.next_request_at + pause

    def _check_pause(self, row: SessionRow, *, may_probe: bool) -> None:
        if row.closed_until is None or row.closed_until <= self._clock.now():
            return
        seconds = (row.closed_until - self._clock.now()).total_seconds()
        why = row.closed_why or "requests are paused"
        if may_probe and why.startswith((_REFUSED, _AWAY)):
            return
        if why.startswith(_REFUSED):
            raise RemoteRefusedUs(SYSTEM, why.removeprefix(_REFUSED))
        if why.startswith(_AWAY):
            raise RemoteUnavailable(SYSTEM, f"requests are paused after repeated failures: {why.removeprefix(_AWAY)}")
        raise RemoteThrottled(SYSTEM, why, seconds)

    def _session_to_send(self, row: SessionRow, *, probe: bool) -> str:
        """The newest value. After a refusal the next older one, and last the value of the setting, one per request.

        A crash between the site's response and our commit loses the newest value. A probe always sends the newest: the
        site may have refused it for another reason that is now fixed.
        """
        values = self._known_sessions(row)
        return values[0] if probe else values[_refusals(row) % len(values)]

    def _known_sessions(self, row: SessionRow) -> list[str]:
        stored = [self._decrypted(value) for value in (row.session, row.previous) if value is not None]
        known = [value for value in (*stored, self._account.seed) if value is not None]
        return list(dict.fromkeys(known))

    def _decrypted(self, value: bytes) -> str | None:
        try:
            return self._fernet.decrypt(value).decode()
        except InvalidToken:
            return None

    def _store_session(self, row: SessionRow, permit: Permit) -> None:
        row.next_request_at = self._clock.now() + timedelta(seconds=self._account.seconds_between)
        if permit.rotated is not None:
            row.previous = self._fernet.encrypt(permit.session.encode())
            row.session = self._fernet.encrypt(permit.rotated.encode())

    def _store_outcome(self, row: SessionRow, permit: Permit, failure: RemoteError | None) -> None:
        """Pause or resume requests, depending on how the request ended."""
        if permit.accepted:
            _resume(row)
        elif permit.refusal is not None:
            refusals = row.failures_in_a_row = _refusals(row) + 1
            rounds, untried = divmod(refusals, len(self._known_sessions(row)))
            pause = OTHER_VALUE_AFTER if untried else min(REFUSED_FOR * 2 ** min(rounds - 1, 10), REFUSED_AT_MOST)
            self._pause(row, pause, f"{_REFUSED}{permit.refusal}")
        elif isinstance(failure, RemoteThrottled):
            self._pause(row, timedelta(seconds=failure.retry_after_seconds), failure.detail)
        elif isinstance(failure, RemoteUnavailable):
            row.failures_in_a_row += 1
            if row.failures_in_a_row >= AWAY_AFTER:
                self._pause(row, AWAY_FOR, f"{_AWAY}{failure.detail}")

    def _pause(self, row: SessionRow, length: timedelta, reason: str) -> None:
        row.closed_until = self._clock.now() + length
        row.closed_why = reason


def _refusals(row: SessionRow) -> int:
    """The number of consecutive refusals."""
    return row.failures_in_a_row if (row.closed_why or "").startswith(_REFUSED) else 0


def _resume(row: SessionRow) -> None:
    row.closed_until = row.closed_why = None
    row.failures_in_a_row = 0
