"""The rate limiter of a shared account: one request at a time over all replicas, at the pace of its line.

An account has one or more lines, such as API requests and pages. Each line has its own pace and budget. All lines of an
account share one exclusive turn, which is a `SessionLock`. Its state is in two tables, so that it survives restarts. A
request of a slow line waits without the turn, so that it does not hold up the other lines.

A request is counted, and the time of the next one is stored, before the request is sent. This statement runs on the
connection that holds the lock, so a request is not sent if the lock was lost while it waited. If the connection is lost
during the request, the request is cancelled, because another replica may send one.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from math import inf

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from shared.chassis.clock import Clock
from shared.chassis.counters import PACE_WAITS, observe
from shared.chassis.database import POSTGRES_AWAY, Database, current_delivery
from shared.chassis.errors import RemoteError, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable, ServiceUnavailable
from shared.chassis.priority_lock import Priority, PriorityLock
from shared.chassis.rate_limit_state import Account, Count, Line, LineRules, PauseRules, account_of, line_of
from shared.chassis.rate_limit_statements import RateLimitStatements
from shared.chassis.session_lock import IDLE_SECONDS, LockLost, LockNotAcquired, SessionLock, Statement
from shared.chassis.tables import RateLimitTables
from shared.translatable import translatable

REQUESTS = "requests"
"""The line of an account that has only one."""
TOO_MANY = translatable("remote.too_many", "too many requests are waiting; try again in a minute")
_CANCELLED = translatable("remote.cancelled", "the request was cancelled because the connection to Postgres was lost")
IDLE_CONNECTION_SECONDS = 5.0
"""The connection is closed if no request uses it for this time. Postgres would close it later and log an error."""


@dataclass(frozen=True, slots=True)
class AccountRules:
    """The account `name` of an outside system and its lines. A new `fingerprint` of its credentials ends a pause.

    With `counts_per_credentials`, it also sets the counts of the minute and the day to 0. A request that cannot start
    within `longest_wait_seconds` is refused.
    """

    name: str
    fingerprint: str
    lines: Mapping[str, LineRules]
    pauses: PauseRules
    longest_wait_seconds: float = 30.0
    counts_per_credentials: bool = False


class NotNeeded(Exception):
    """A request was no longer needed when its turn came. It was not sent and is not counted."""


@dataclass(frozen=True, slots=True)
class _Held:
    """The state while we hold the lock. The statements of `outcome` are run when it is released."""

    account: Account
    line: Line
    outcome: list[Statement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RateLimitStatus:
    """The stored state of an account: its health and pause, and its lines by name. None: nothing was sent yet."""

    account: Account | None
    lines: Mapping[str, Line] = field(default_factory=dict)


class RateLimiter:
    """Serializes the requests of one account over all replicas. It uses one dedicated connection."""

    def __init__(
        self,
        database: Database,
        tables: RateLimitTables,
        rules: AccountRules,
        clock: Clock,
        *,
        frozen_after_seconds: int = IDLE_SECONDS,
    ) -> None:
        self.rules = rules
        self._database = database
        self._tables = tables
        self._clock = clock
        self._local = PriorityLock()
        self._lines: dict[str, PriorityLock] = {}
        self._lock = SessionLock(
            database.url,
            tables.schema,
            f"rate limit {rules.name}",
            wait_seconds=rules.longest_wait_seconds,
            idle_seconds=frozen_after_seconds,
        )
        self._statements = RateLimitStatements(tables.schema)
        self._closing: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def acquire(  # noqa: PLR0913 - the options of a request
        self,
        line: str = REQUESTS,
        *,
        priority: Priority | None = None,
        probe: bool = False,
        without_credentials: bool = False,
        requests: int = 1,
        longest_wait_seconds: float | None = None,
        still_needed: Callable[[], Awaitable[bool]] | None = None,
    ) -> AsyncIterator[None]:
        """Wait for permission to send one request, and hold it until the block ends. The outcome is stored.

        `requests` is how many the block sends, if they belong together; the budget counts all of them. The wait for the
        pace is at most `longest_wait_seconds`, and never longer than the rules allow.

        Within a replica, a person's request goes before one of a schedule. Without `priority`, the request is of a
        schedule if it is sent while a command or an event is handled. Replicas take turns, request by request.

        While requests are paused because the system is away or refused us, `probe` lets one through in 20 intervals. A
        request `without_credentials` is not paused then either, and neither its success nor its refusal counts.

        `still_needed` is called when the turn has come and requests are not paused, before the wait for the pace: the
        request before it may have brought the same answer. What is stored before a turn ends is visible to it, on every
        replica.

        Raises `RemoteThrottled` if the wait would be too long or the system asked for a pause; `RequestsStopped` if a
        person stopped all requests; `RemoteRefusedUs` and `RemoteUnavailable` during a pause; `RemoteUnavailable` if
        the connection that holds the lock is lost during the request; `ServiceUnavailable` if Postgres is unavailable
        before it; `NotNeeded` if `still_needed` returns False.
        """
        rules = self.rules.lines[line]
        priority = _priority_now() if priority is None else priority
        longest, began = self._longest_wait(rules, longest_wait_seconds), asyncio.get_running_loop().time()
        async with self._line_turn(line, priority, longest):
            waited = asyncio.get_running_loop().time() - began
            while True:
                async with self._exclusive(line, priority) as held:
                    account, state = held.account, held.line
                    may_pass = without_credentials or (probe and state.may_probe(rules, self._clock.now()))
                    account.check(self._clock.now(), may_pass_pause=may_pass)
                    if still_needed is not None and not await still_needed():
                        raise NotNeeded
                    seconds = self._seconds_to_wait(state, rules, longest - waited, requests)
                    if seconds <= self._longest_wait_in_turn:
                        await self._sleep_in_turn(seconds)
                        whole_wait = asyncio.get_running_loop().time() - began
                        observe(PACE_WAITS, whole_wait, self.rules.name, line)
                        async with self._request(held, rules, requests, without_credentials=without_credentials):
                            yield
                        return
                await asyncio.sleep(seconds - self._longest_wait_in_turn)
                waited += seconds - self._longest_wait_in_turn

    @asynccontextmanager
    async def _request(
        self, held: _Held, rules: LineRules, requests: int, *, without_credentials: bool
    ) -> AsyncIterator[None]:
        """Count the requests before the block, and record its outcome after it."""
        account, state = held.account, held.line
        await self._begin(state, rules, requests)
        failure = None
        try:
            async with self._lock.watched():
                yield
        except RemoteError as error:
            failure = error
        except LockLost as error:
            raise RemoteUnavailable(self.rules.name, _CANCELLED) from error
        state.end_request(rules, self._clock.now())
        held.outcome.append(self._statements.stored_line(self.rules.name, state))
        if self._record(account, failure, without_credentials=without_credentials):
            held.outcome.append(self._statements.stored_account(account))
        if failure is not None:
            raise failure

    async def _begin(self, state: Line, rules: LineRules, requests: int) -> None:
        """Count the requests. Raises `RequestsStopped` if a person has stopped them since the lock was acquired."""
        state.begin_request(rules, self._clock.now(), requests)
        if await self._lock.execute(*self._statements.begun_request(self.rules.name, state)):
            return
        (row,) = await self._lock.execute(self._statements.account, [self.rules.name])
        account_of(row).check(self._clock.now(), may_pass_pause=True)
        await self._lock.execute(*self._statements.stored_line(self.rules.name, state))  # resumed meanwhile

    def _record(self, account: Account, failure: RemoteError | None, *, without_credentials: bool) -> bool:
        """Record how a request ended. Returns False if its outcome says nothing about the account."""
        if without_credentials and (failure is None or isinstance(failure, RemoteRefusedUs)):
            return False
        if failure is None:
            account.succeed(self._clock.now())
        else:
            account.fail(failure, self.rules.pauses, self._clock.now())
        return True

    async def check(
        self,
        line: str = REQUESTS,
        *,
        without_credentials: bool = False,
        requests: int = 1,
        longest_wait_seconds: float | None = None,
    ) -> None:
        """Raise the `RemoteError` that `acquire` would raise now because of the state of the account or the line.

        It neither waits nor sends anything, so that nothing expensive is prepared in vain.
        """
        status, rules = await self.status(), self.rules.lines[line]
        if status.account is None or status.account.use_credentials(self.rules.fingerprint):
            return
        status.account.check(self._clock.now(), may_pass_pause=without_credentials)
        if (state := status.lines.get(line)) is not None:
            self._seconds_to_wait(state, rules, self._longest_wait(rules, longest_wait_seconds), requests)

    async def status(self) -> RateLimitStatus:
        """The stored state of the account."""
        accounts, lines = self._tables.accounts, self._tables.lines
        async with self._database.engine.connect() as connection:
            row = (await connection.execute(select(accounts).where(accounts.c.name == self.rules.name))).first()
            rows = await connection.execute(select(lines).where(lines.c.account == self.rules.name))
            return RateLimitStatus(
                None if row is None else account_of(dict(row._mapping)),
                {each.name: line_of(dict(each._mapping)) for each in rows},
            )

    async def stop(self, by: str) -> None:
        """Stop all requests of the account until `resume`. A request that is in progress is not cancelled."""
        accounts = self._tables.accounts
        stopped = {"stopped_at": self._clock.now(), "stopped_by": by}
        row = {"name": self.rules.name, "fingerprint": self.rules.fingerprint, **stopped}
        statement = insert(accounts).values(row).on_conflict_do_update(index_elements=[accounts.c.name], set_=stopped)
        async with self._database.engine.begin() as connection:
            await connection.execute(statement)

    async def resume(self) -> None:
        """Allow the requests again that `stop` has stopped."""
        accounts = self._tables.accounts
        resumed = update(accounts).where(accounts.c.name == self.rules.name)
        async with self._database.engine.begin() as connection:
            await connection.execute(resumed.values(stopped_at=None, stopped_by=None))

    async def aclose(self) -> None:
        """Close the connection."""
        if self._closing is not None:
            self._closing.cancel()
        await self._lock.aclose()

    @asynccontextmanager
    async def _exclusive(self, line: str, priority: Priority) -> AsyncIterator[_Held]:
        """Hold the local lock and the lock over all replicas.

        If the block ends normally, with a `RemoteError` or with `NotNeeded`, its outcome is stored as far as the
        connection allows: the request has ended, so its result counts. Otherwise the connection is closed.
        """
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._local.held(priority, self.rules.longest_wait_seconds))
                stack.push_async_callback(self._close_soon)
                if self._closing is not None:
                    self._closing.cancel()
                held = await self._load(line)
            except (LockNotAcquired, TimeoutError) as error:
                raise RemoteThrottled(self.rules.name, TOO_MANY, 60) from error
            except LockLost as error:
                raise ServiceUnavailable("postgres", POSTGRES_AWAY) from error
            try:
                yield held
            except (RemoteError, NotNeeded):
                await self._lock.release(*held.outcome)
                raise
            except LockLost as error:
                raise ServiceUnavailable("postgres", POSTGRES_AWAY) from error
            except BaseException:
                await self._lock.aclose()
                raise
            await self._lock.release(*held.outcome)

    async def _close_soon(self) -> None:
        self._closing = asyncio.create_task(self._close_when_idle())

    async def _close_when_idle(self) -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(IDLE_CONNECTION_SECONDS)
            await self._lock.aclose()

    async def _load(self, line: str) -> _Held:
        """Acquire the lock and read the state. Only the holder changes it, except that a person may stop all requests.

        Raises `LockNotAcquired` and `LockLost`.
        """
        statements, name = self._statements, self.rules.name
        selected = (statements.account, [name]), (statements.line, [name, line])
        accounts, lines = await self._lock.acquire(*selected)
        try:
            if not accounts:
                await self._lock.execute(statements.add_account, [name, self.rules.fingerprint])
                accounts = await self._lock.execute(*selected[0])
            if not lines:
                await self._lock.execute(statements.add_line, [name, line, self._clock.now()])
                lines = await self._lock.execute(*selected[1])
            held = _Held(account_of(accounts[0]), line_of(lines[0]))
            if held.account.use_credentials(self.rules.fingerprint):
                await self._store_new_credentials(held)
        except BaseException:
            await self._lock.aclose()
            raise
        return held

    async def _store_new_credentials(self, held: _Held) -> None:
        await self._lock.execute(*self._statements.stored_account(held.account))
        if self.rules.counts_per_credentials:
            await self._lock.execute(self._statements.reset_counts, [self.rules.name])
            held.line.minute, held.line.day = Count(), Count()

    @asynccontextmanager
    async def _line_turn(self, line: str, priority: Priority, longest_wait: float) -> AsyncIterator[None]:
        """Within this replica, one request of a line at a time waits for its pace, those of persons first."""
        waiting = self._lines.setdefault(line, PriorityLock())
        try:
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(waiting.held(priority, longest_wait))
                acquired = stack.pop_all()
        except TimeoutError as error:
            raise RemoteThrottled(self.rules.name, TOO_MANY, 60) from error
        async with acquired:
            yield

    def _longest_wait(self, rules: LineRules, asked: float | None) -> float:
        """The longest wait of a request in seconds: that of its line, or the shorter one that was asked for."""
        of_line = self.rules.longest_wait_seconds if rules.longest_wait_seconds is None else rules.longest_wait_seconds
        return of_line if asked is None else min(of_line, asked)

    @property
    def _longest_wait_in_turn(self) -> float:
        """How long a request may hold the turn while it waits: the interval of the fastest line.

        The only line of an account always waits in its turn, so that replicas are served in order.
        """
        lines = self.rules.lines.values()
        return min(each.longest_interval for each in lines) if len(lines) > 1 else inf

    def _seconds_to_wait(self, line: Line, rules: LineRules, longest: float, requests: int) -> float:
        """Seconds to wait for the pace and the budget, after those waited without the turn.

        Raises `RemoteThrottled` if that takes too long.
        """
        now = self._clock.now()
        seconds = line.seconds_to_wait(rules, now, requests)
        if seconds > max(longest, 0.0):
            words = f"the next request is allowed in {seconds:.0f} s"
            detail = translatable("remote.next_in", words, seconds=round(seconds))
            if line.seconds_until_next_day(rules, now, requests) == seconds:
                words = f"today's {rules.per_day} requests are used up"
                detail = translatable("remote.day_used_up", words, requests=rules.per_day)
            raise RemoteThrottled(self.rules.name, detail, seconds)
        return seconds

    async def _sleep_in_turn(self, seconds: float) -> None:
        """Wait for the pace. Raises `LockLost` if the lock is lost meanwhile."""
        if seconds > 0:
            async with self._lock.watched():
                await asyncio.sleep(seconds)


def _priority_now() -> Priority:
    return Priority.PERSON if current_delivery.get() is None else Priority.SCHEDULE
