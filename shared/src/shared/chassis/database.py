"""Postgres for one service: its own role, its own schema, and the transaction as the unit of work."""

import select
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID, uuid4

import structlog
from sqlalchemy import URL, event, insert, make_url
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from shared.chassis.counters import Counter, Histogram, count, observe
from shared.chassis.errors import ServiceUnavailable, TooLarge
from shared.chassis.message_size import HEADERS_BYTES, MAX_PAYLOAD_BYTES
from shared.chassis.run_ledger import RunLedger
from shared.chassis.tables import ChassisTables
from shared.chassis.traces import TRACEPARENT, Kind, Span, span, traceparent
from shared.contracts.message import Command, Event
from shared.translatable import translatable


@dataclass(frozen=True)
class Delivery:
    """The message being handled: its consumer, and its id, which is the same at every delivery."""

    consumer: str
    message_id: str


current_delivery: ContextVar[Delivery | None] = ContextVar("current_delivery", default=None)
published_at: ContextVar[datetime | None] = ContextVar("published_at", default=None)
"""When the message being handled was stored in the stream; None for a resent message."""


class Transaction:
    """One unit of work: changes and messages are committed together. Services derive from it and add repositories."""

    def __init__(self, session: AsyncSession, tables: ChassisTables) -> None:
        self.session = session
        self._tables = tables
        self._outgoing: list[dict[str, Any]] = []
        self._counted: list[Callable[[], None]] = []
        self.runs = RunLedger(session, tables, self.announce)

    def announce(self, event: Event, *, message_id: UUID | None = None) -> None:
        """Announce an event when this transaction is committed.

        An event that is announced again has the `message_id` of the first time, so that `first_time` recognizes it.
        Raises `TooLarge` if it exceeds the broker's limit.
        """
        self._put(event, None, message_id or uuid4())

    def send(self, command: Command, *, at: datetime | None = None) -> None:
        """Send a command when this transaction is committed, and not before `at`.

        Raises `TooLarge` if it exceeds the broker's limit.
        """
        self._put(command, at, uuid4())

    def count(self, counter: Counter, *labels: str, amount: float = 1) -> None:
        """Count something, with these values of the labels, when this transaction is committed."""
        self._counted.append(partial(count, counter, *labels, amount=amount))

    def observe(self, histogram: Histogram, value: float, *labels: str) -> None:
        """Record a measured value when this transaction is committed."""
        self._counted.append(partial(observe, histogram, value, *labels))

    async def first_time(self) -> bool:
        """Whether the message being handled is not a duplicate. It is recorded as handled with this transaction."""
        delivery = current_delivery.get()
        if delivery is None:
            return True
        row = {"consumer": delivery.consumer, "message_id": delivery.message_id}
        inbox = self._tables.inbox
        statement = insert_or_skip(inbox).values(row).on_conflict_do_nothing().returning(inbox.c.consumer)
        return (await self.session.execute(statement)).first() is not None

    def _put(self, message: Command | Event, at: datetime | None, message_id: UUID) -> None:
        payload = message.model_dump_json()
        limit = MAX_PAYLOAD_BYTES - HEADERS_BYTES
        if len(payload) > limit or len(payload.encode()) > limit:
            raise TooLarge(f"{message.subject} has more than {limit} bytes, the limit of a message, so it is not sent")
        bound, trace = structlog.contextvars.get_contextvars(), traceparent()
        headers = {"Gapless-Cause": str(bound["message_id"])} if "message_id" in bound else {}
        if trace is not None:
            headers[TRACEPARENT] = trace
        row: dict[str, Any] = {
            "message_id": message_id,
            "subject": message.subject,
            "payload": payload,
            "headers": headers,
        }
        self._outgoing.append(row | ({"available_at": at} if at else {}))

    async def flush_messages(self) -> None:
        """Write the outgoing messages to the outbox; part of the commit."""
        immediate = [row for row in self._outgoing if "available_at" not in row]
        later = [row for row in self._outgoing if "available_at" in row]
        for rows in (immediate, later):
            if rows:
                await self.session.execute(insert(self._tables.outbox), rows)
        self._outgoing.clear()

    def count_committed(self) -> None:
        """Count what the handlers counted in this transaction; called after its commit."""
        for each in self._counted:
            each()


POSTGRES_AWAY = translatable("system.postgres_away", "Postgres is unavailable")
CONNECT_SECONDS = 3
POOL_SECONDS = 4.0
"""Time-outs for connecting, and for waiting for a free connection. Both are shorter than the time-out of a request."""
LOCK_SECONDS = 300
"""The longest wait of a statement for a lock, and the longest pause within a transaction. After it, Postgres reports an
error, and the work is tried again. Without a limit, a transaction that is stuck would block others for ever.
"""
IDLE_SECONDS = 300
"""Postgres closes a connection that was not used for this long, because its process takes several MiB. The pool opens
another one when it needs it (`_check_open`)."""
DEAD_NETWORK = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
"""A connection whose other end is gone without a notice ends within a minute (libpq, section 34.1.2)."""
CONNECTION_LOST = ("08", "53300", "57P")
"""Prefixes of the SQLSTATE of a lost or refused connection (PostgreSQL, appendix A)."""


def postgres_unavailable(error: BaseException) -> ServiceUnavailable | None:
    """The error to report when Postgres is unavailable; None when `error` has another cause."""
    unavailable = isinstance(error, NoConnectionFree)
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None)
        never_connected = isinstance(error, OperationalError) and state is None
        unavailable = error.connection_invalidated or never_connected or str(state).startswith(CONNECTION_LOST)
    return ServiceUnavailable("postgres", POSTGRES_AWAY) if unavailable else None


class _Deadline:
    """The deadline of the request being handled, and whether the request has committed anything yet."""

    def __init__(self, at: float) -> None:
        self.at = at
        self.committed = False


_deadline: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def with_deadline(at: float | None) -> Iterator[None]:
    """Refuse the first commit within this context after a deadline, in seconds since 1970 UTC; None: no deadline."""
    token = _deadline.set(None if at is None else _Deadline(at))
    try:
        yield
    finally:
        _deadline.reset(token)


def _refuse_after_deadline() -> None:
    """Refuse the first commit of a request after its deadline: its caller got an error and may send it again.

    After a first commit the later ones are allowed, so that no work is left half done.
    """
    deadline = _deadline.get()
    if deadline is None or deadline.committed:
        return
    if time.time() > deadline.at:
        raise ServiceUnavailable("", "the request was not handled before its deadline: nothing was changed")
    deadline.committed = True


TransactionT = TypeVar("TransactionT", bound=Transaction)
Transactions = Callable[[], AbstractAsyncContextManager[TransactionT]]
"""Opens a transaction. It is committed at the end, and rolled back when an exception leaves it."""


def async_url(url: str) -> URL:
    """The address for SQLAlchemy with the psycopg driver, whatever driver the setting names."""
    return make_url(url).set(drivername="postgresql+psycopg")


def plain_url(url: str) -> str:
    """The address for psycopg without SQLAlchemy."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


class Database:
    """The connections of one service to Postgres."""

    def __init__(
        self,
        url: str,
        tables: ChassisTables,
        *,
        pool_size: int = 10,
        lock_seconds: float = LOCK_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self.tables = tables
        self.url = plain_url(url)
        milliseconds, idle = round(lock_seconds * 1000), round(idle_seconds * 1000)
        limits = (
            f"-c lock_timeout={milliseconds} -c idle_in_transaction_session_timeout={milliseconds}"
            f" -c idle_session_timeout={idle}"
        )
        self.engine: AsyncEngine = create_async_engine(
            async_url(url),
            pool_size=pool_size,
            max_overflow=5,
            pool_timeout=POOL_SECONDS,
            pool_use_lifo=True,  # uses as few connections as possible, so that the others become idle
            connect_args={"connect_timeout": CONNECT_SECONDS, "options": limits, **DEAD_NETWORK},
            hide_parameters=True,  # errors are stored and logged, and a value may contain a secret
        )
        event.listen(self.engine.sync_engine, "checkout", _check_open)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=True)
        at_once = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._autocommit_sessions = async_sessionmaker(at_once, expire_on_commit=False)

    def transactions(self, kind: type[TransactionT]) -> Transactions[TransactionT]:
        """The function with which a service opens transactions of this kind."""

        @asynccontextmanager
        async def transaction() -> AsyncIterator[TransactionT]:
            with self._span("transaction"):
                async with self._sessions() as session, session.begin():
                    opened = kind(session, self.tables)
                    yield opened
                    await opened.flush_messages()
                    _refuse_after_deadline()
            opened.count_committed()

        return transaction

    def read_only(self, kind: type[TransactionT]) -> Transactions[TransactionT]:
        """The function with which a service opens a session for reading, without the round trips of BEGIN and COMMIT.

        Each statement sees what is committed when it starts, as in a transaction. Messages are not sent.
        """

        @asynccontextmanager
        async def reading() -> AsyncIterator[TransactionT]:
            with self._span("read"):
                async with self._autocommit_sessions() as session:
                    yield kind(session, self.tables)

        return reading

    def _span(self, name: str) -> AbstractContextManager[Span]:
        return span(name, Kind.CLIENT, db__system__name="postgresql", db__namespace=self.tables.schema)

    async def aclose(self) -> None:
        """Close the connections."""
        await self.engine.dispose()


def _check_open(connection: Any, _record: Any, _proxy: Any) -> None:
    """Discard the connections of the pool when the server has closed the one being checked out.

    An idle server sends nothing except the notice that it closes the connection, so it is enough to check whether the
    socket is readable. A ping before each use would cost a round trip.
    """
    readable = select.poll()
    readable.register(connection.driver_connection.pgconn.socket, select.POLLIN)
    if readable.poll(0):
        raise InvalidatePoolError("the server has closed the connection")
