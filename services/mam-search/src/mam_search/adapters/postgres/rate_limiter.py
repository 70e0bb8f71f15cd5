"""The account's line: one request at a time over all replicas, at the pace that the setting says.

The account's row is locked for as long as a request is under way, by a transaction that also stores the session value
that came back. A replica that is killed lets go of the lock with its connection.
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
"""How long the site is left alone when it refused every session value known, unless the setting changes: each time
twice as long."""
OTHER_VALUE_AFTER = timedelta(minutes=5)
"""How long the site is left alone after a refusal while a session value is left that it has not refused."""
AWAY_AFTER = 3
AWAY_FOR = timedelta(minutes=1)
"""After so many requests in a row that it did not answer, the site is left alone for a while."""
PACES_BEFORE_KNOCKING = 20
"""A site that refused us or is away is asked no sooner than after so many times the account's pace, whoever wants to
know: a page that is looked at all day may ask for it."""
_REFUSED, _AWAY = "refused: ", "away: "


@dataclass(frozen=True)
class Account:
    """The session from the settings, the key that its successors are stored with, and the pace."""

    seed: str
    secret: str
    seconds_between: float


class Turn:
    """One turn in the line: the session value to send, and what becomes of it."""

    def __init__(self, session: str) -> None:
        self.session = session
        self.rotated: str | None = None
        self.refused: str | None = None
        self.taken = False

    def rotate(self, value: str | None) -> None:
        """The site gave a new value; None: it gave none."""
        self.rotated = value

    def close_line(self, why: str) -> None:
        """The site refused this value."""
        self.refused = why

    def was_taken(self) -> None:
        """The site answered as it does to a session that it takes."""
        self.taken = True


class AccountLine:
    """Whose turn it is, kept in Postgres."""

    def __init__(self, transaction: Transactions[Transaction], account: Account, clock: Clock) -> None:
        self._transaction = transaction
        self._account = account
        self._clock = clock
        self._fernet = Fernet(base64.urlsafe_b64encode(sha256(account.secret.encode()).digest()))
        self._here = asyncio.Lock()
        self._fingerprint = sha256(f"{account.secret}:{account.seed}".encode()).hexdigest()

    @asynccontextmanager
    async def turn(self, *, knock: bool = False, without_session: bool = False) -> AsyncIterator[Turn]:
        """Wait for our turn and hold it. Also while the session is known to be refused, or the site away: with `knock`
        now and then, and `without_session` always.

        Raises `RemoteThrottled` when the line is longer than a request may wait or is closed for a while,
        `RemoteRefusedUs` while the session is known to be refused and `RemoteUnavailable` while the site is left alone
        because it did not answer.
        """
        # The lock keeps this replica from waiting in the line with more than one connection.
        async with self._first_here(), self._transaction() as tx:
            row = await self._locked(tx)
            self._check_open(row, knocks=without_session or (knock and self._may_knock(row)))
            await self._pace(row)
            turn = Turn(self._value_to_try(row, knocks=knock))
            failure: RemoteError | None = None
            try:
                yield turn
            except RemoteError as error:
                # What was learnt has to be stored although the request failed, so the error leaves after the commit.
                failure = error
            self._store(row, turn)
            self._learn(row, turn, failure)
        if failure is not None:
            raise failure

    async def access(self) -> TrackerAccess:
        """When the next request may go, as the line stands now."""
        async with self._transaction() as tx:
            row = await tx.session.get(SessionRow, ACCOUNT)
        told = TrackerAccess(seconds_between=self._account.seconds_between)
        if row is None:
            return told
        closed = row.closed_until is not None and row.closed_until > self._clock.now()
        return told.model_copy(
            update={
                "next_request_at": row.next_request_at,
                "closed_until": row.closed_until if closed else None,
                "closed_because": (row.closed_why or "") if closed else "",
            }
        )

    @asynccontextmanager
    async def _first_here(self) -> AsyncIterator[None]:
        try:
            await asyncio.wait_for(self._here.acquire(), LONGEST_WAIT_SECONDS)
        except TimeoutError as error:
            raise RemoteThrottled(SYSTEM, "too many requests wait for the account's turn", 60) from error
        try:
            yield
        finally:
            self._here.release()

    async def _pace(self, row: SessionRow) -> None:
        """Wait for the account's next moment, if that is soon enough for whoever asks."""
        wait = (row.next_request_at - self._clock.now()).total_seconds()
        if wait > LONGEST_WAIT_SECONDS:
            raise RemoteThrottled(SYSTEM, f"the account's next request may go in {wait:.0f} s (MAM_RATE_LIMIT)", wait)
        if wait > 0:
            await asyncio.sleep(wait)

    async def _locked(self, tx: Transaction) -> SessionRow:
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
            raise RemoteThrottled(SYSTEM, "too many requests wait for the account's turn", 60) from error
        if row is None:
            raise RemoteThrottled(SYSTEM, "the account's line is being made; try again", 1)
        if row.seed_fingerprint != self._fingerprint:
            row.seed_fingerprint, row.session, row.previous = self._fingerprint, fresh["session"], None  # type: ignore[assignment]
            _open(row)
        return row

    def _may_knock(self, row: SessionRow) -> bool:
        """The pace was kept once already where the next request is."""
        pause = timedelta(seconds=(PACES_BEFORE_KNOCKING - 1) * self._account.seconds_between)
        return self._clock.now() >= row.next_request_at + pause

    def _check_open(self, row: SessionRow, *, knocks: bool) -> None:
        if row.closed_until is None or row.closed_until <= self._clock.now():
            return
        seconds = (row.closed_until - self._clock.now()).total_seconds()
        why = row.closed_why or "closed for a while"
        if knocks and why.startswith((_REFUSED, _AWAY)):
            return
        if why.startswith(_REFUSED):
            raise RemoteRefusedUs(SYSTEM, why.removeprefix(_REFUSED))
        if why.startswith(_AWAY):
            raise RemoteUnavailable(SYSTEM, f"left alone for a while: {why.removeprefix(_AWAY)}")
        raise RemoteThrottled(SYSTEM, why, seconds)

    def _value_to_try(self, row: SessionRow, *, knocks: bool) -> str:
        """The newest value, or after a refusal the next older one, and in the end the setting's, one a turn.

        The newest may have been lost in a crash between the site's answer and our commit. A person's check is about
        the newest: perhaps the site refused it for another reason, which is put right.
        """
        values = self._values(row)
        return values[0] if knocks else values[_refusals(row) % len(values)]

    def _values(self, row: SessionRow) -> list[str]:
        stored = [self._decrypted(value) for value in (row.session, row.previous) if value is not None]
        known = [value for value in (*stored, self._account.seed) if value is not None]
        return list(dict.fromkeys(known))

    def _decrypted(self, value: bytes) -> str | None:
        try:
            return self._fernet.decrypt(value).decode()
        except InvalidToken:
            return None

    def _store(self, row: SessionRow, turn: Turn) -> None:
        row.next_request_at = self._clock.now() + timedelta(seconds=self._account.seconds_between)
        if turn.rotated is not None:
            row.previous = self._fernet.encrypt(turn.session.encode())
            row.session = self._fernet.encrypt(turn.rotated.encode())

    def _learn(self, row: SessionRow, turn: Turn, failure: RemoteError | None) -> None:
        """What came of the request opens or closes the line."""
        if turn.taken:
            _open(row)
        elif turn.refused is not None:
            refusals = row.failures_in_a_row = _refusals(row) + 1
            rounds, untried = divmod(refusals, len(self._values(row)))
            closed = OTHER_VALUE_AFTER if untried else min(REFUSED_FOR * 2 ** min(rounds - 1, 10), REFUSED_AT_MOST)
            self._close(row, closed, f"{_REFUSED}{turn.refused}")
        elif isinstance(failure, RemoteThrottled):
            self._close(row, timedelta(seconds=failure.retry_after_seconds), failure.detail)
        elif isinstance(failure, RemoteUnavailable):
            row.failures_in_a_row += 1
            if row.failures_in_a_row >= AWAY_AFTER:
                self._close(row, AWAY_FOR, f"{_AWAY}{failure.detail}")

    def _close(self, row: SessionRow, length: timedelta, why: str) -> None:
        row.closed_until = self._clock.now() + length
        row.closed_why = why


def _refusals(row: SessionRow) -> int:
    """How often in a row the site refused us."""
    return row.failures_in_a_row if (row.closed_why or "").startswith(_REFUSED) else 0


def _open(row: SessionRow) -> None:
    row.closed_until = row.closed_why = None
    row.failures_in_a_row = 0
