"""The rate limiter of a shared account: one request at a time over all replicas, at the pace of its line.

An account has one or more lines, such as API requests and pages. Each line has its own pace and budget. All lines of an
account share one exclusive turn, which is a `SessionLock`. Its state is in two tables, so that it survives restarts.

A request is counted, and the time of the next one is stored, before the request is sent. This statement runs on the
connection that holds the lock, so a request is not sent if the lock was lost while it waited. If the connection is lost
during the request, the request is cancelled, because another replica may send one.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

from psycopg import sql
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from shared.chassis.clock import Clock
from shared.chassis.database import Database, current_delivery
from shared.chassis.errors import RemoteError, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable, ServiceUnavailable
from shared.chassis.priority_lock import Priority, PriorityLock
from shared.chassis.rate_limit_state import Account, Line, LineRules, PauseRules, account_of, line_of
from shared.chassis.session_lock import IDLE_SECONDS, LockLost, LockNotAcquired, SessionLock
from shared.chassis.tables import RateLimitTables

REQUESTS = "requests"
"""The line of an account that has only one."""
IDLE_CONNECTION_SECONDS = 5.0
"""The connection is closed if no request uses it for this time. Postgres would close it later and log an error."""


@dataclass(frozen=True, slots=True)
class AccountRules:
    """The account `name` of an outside system and its lines. A new `fingerprint` of its credentials ends a pause.

    A request that cannot start within `longest_wait_seconds` is refused.
    """

    name: str
    fingerprint: str
    lines: Mapping[str, LineRules]
    pauses: PauseRules
    longest_wait_seconds: float = 30.0


@dataclass
class Turn:
    """Permission to send one request. `refusals` is the number of consecutive refusals before it.

    Set `pause_seconds` to replace the pause that follows if this request is refused.
    """

    refusals: int
    pause_seconds: float | None = None


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
        self._lock = SessionLock(
            database.url,
            tables.schema,
            f"rate limit {rules.name}",
            wait_seconds=rules.longest_wait_seconds,
            idle_seconds=frozen_after_seconds,
        )
        self._statements = _Statements(tables.schema)
        self._closing: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def acquire(
        self,
        line: str = REQUESTS,
        *,
        priority: Priority | None = None,
        probe: bool = False,
        without_credentials: bool = False,
    ) -> AsyncIterator[Turn]:
        """Wait for permission to send one request, and hold it until the block ends. The outcome is stored.

        Within a replica, a person's request goes before one of a schedule. Without `priority`, the request is of a
        schedule if it is sent while a command or an event is handled. Replicas take turns, request by request.

        While requests are paused because the system is away or refused us, `probe` lets one through in 20 intervals. A
        request `without_credentials` is not paused then either, and neither its success nor its refusal counts.

        Raises `RemoteThrottled` if the wait would be too long, the system asked for a pause or a person stopped all
        requests; `RemoteRefusedUs` and `RemoteUnavailable` during a pause; `RemoteUnavailable` if the connection that
        holds the lock is lost during the request; `ServiceUnavailable` if Postgres is unavailable before it.
        """
        rules = self.rules.lines[line]
        async with self._exclusive(_priority_now() if priority is None else priority):
            account, state = await self._load(line)
            may_pass = without_credentials or (probe and state.may_probe(rules, self._clock.now()))
            account.check(self._clock.now(), may_pass_pause=may_pass)
            await self._wait(state, rules)
            state.begin_request(rules, self._clock.now())
            await self._store_line(state)
            turn, failure = Turn(account.refusals), None
            try:
                async with self._lock.watched():
                    yield turn
            except RemoteError as error:
                failure = error
            except LockLost as error:
                detail = "the request was cancelled because the connection to Postgres was lost"
                raise RemoteUnavailable(self.rules.name, detail) from error
            with suppress(LockLost):  # the request has ended: its result counts even if its outcome cannot be stored
                state.end_request(rules, self._clock.now())
                await self._store_line(state)
                if self._record(account, turn, failure, without_credentials=without_credentials):
                    await self._store_account(account)
            if failure is not None:
                raise failure

    def _record(self, account: Account, turn: Turn, failure: RemoteError | None, *, without_credentials: bool) -> bool:
        """Record how a request ended. Returns False if its outcome says nothing about the account."""
        if without_credentials and (failure is None or isinstance(failure, RemoteRefusedUs)):
            return False
        if failure is None:
            account.succeed(self._clock.now())
        else:
            account.fail(failure, self.rules.pauses, self._clock.now(), turn.pause_seconds)
        return True

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
    async def _exclusive(self, priority: Priority) -> AsyncIterator[None]:
        """Hold the local lock and the lock over all replicas. Unless the block ends normally, close the connection."""
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._local.held(priority, self.rules.longest_wait_seconds))
                stack.push_async_callback(self._close_soon)
                if self._closing is not None:
                    self._closing.cancel()
                await self._lock.acquire()
            except (LockNotAcquired, TimeoutError) as error:
                detail = "too many requests are waiting; try again in a minute"
                raise RemoteThrottled(self.rules.name, detail, 60) from error
            except LockLost as error:
                raise ServiceUnavailable("postgres", "Postgres is unavailable") from error
            try:
                yield
            except RemoteError:
                await self._lock.release()
                raise
            except LockLost as error:
                raise ServiceUnavailable("postgres", "Postgres is unavailable") from error
            except BaseException:
                await self._lock.aclose()
                raise
            await self._lock.release()

    async def _close_soon(self) -> None:
        self._closing = asyncio.create_task(self._close_when_idle())

    async def _close_when_idle(self) -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(IDLE_CONNECTION_SECONDS)
            await self._lock.aclose()

    async def _load(self, line: str) -> tuple[Account, Line]:
        """The state, which only the holder of the lock changes; except that a person may stop all requests."""
        name, now = self.rules.name, self._clock.now()
        found = await self._lock.execute(self._statements.account, [name])
        if not found:
            await self._lock.execute(self._statements.add_account, [name, self.rules.fingerprint])
            found = await self._lock.execute(self._statements.account, [name])
        lines = await self._lock.execute(self._statements.line, [name, line])
        if not lines:
            await self._lock.execute(self._statements.add_line, [name, line, now])
            lines = await self._lock.execute(self._statements.line, [name, line])
        account, state = account_of(found[0]), line_of(lines[0])
        account.use_credentials(self.rules.fingerprint)
        return account, state

    async def _wait(self, line: Line, rules: LineRules) -> None:
        """Wait for the pace and the budget. Raises `RemoteThrottled` if that takes too long."""
        seconds = line.seconds_to_wait(rules, self._clock.now())
        if seconds > self.rules.longest_wait_seconds:
            raise RemoteThrottled(self.rules.name, f"the next request is allowed in {seconds:.0f} s", seconds)
        if seconds > 0:
            async with self._lock.watched():
                await asyncio.sleep(seconds)

    async def _store_line(self, line: Line) -> None:
        counts = [line.minute.began_at, line.minute.sent, line.day.began_at, line.day.sent]
        values = [line.next_request_at, *counts, self.rules.name, line.name]
        await self._lock.execute(self._statements.store_line, values)

    async def _store_account(self, account: Account) -> None:
        outcome = [account.health, account.detail, account.failures_in_a_row]
        values = [account.fingerprint, *outcome, account.last_answer_at, account.paused_until, account.name]
        await self._lock.execute(self._statements.store_account, values)


class _Statements:
    """The SQL for the tables of one schema."""

    def __init__(self, schema: str) -> None:
        accounts, lines = (sql.Identifier(schema, f"rate_limited_{each}") for each in ("accounts", "lines"))
        self.add_account = sql.SQL("insert into {} (name, fingerprint) values (%s, %s) on conflict do nothing").format(
            accounts
        )
        self.add_line = sql.SQL(
            "insert into {} (account, name, next_request_at) values (%s, %s, %s) on conflict do nothing"
        ).format(lines)
        self.account = sql.SQL("select * from {} where name = %s").format(accounts)
        self.line = sql.SQL("select * from {} where account = %s and name = %s").format(lines)
        self.store_account = sql.SQL(
            "update {} set fingerprint = %s, health = %s, detail = %s, failures_in_a_row = %s, last_answer_at = %s,"
            " paused_until = %s where name = %s"
        ).format(accounts)
        self.store_line = sql.SQL(
            "update {} set next_request_at = %s, minute_began_at = %s, sent_in_minute = %s, day_began_at = %s,"
            " sent_in_day = %s where account = %s and name = %s"
        ).format(lines)


def _priority_now() -> Priority:
    return Priority.PERSON if current_delivery.get() is None else Priority.SCHEDULE
