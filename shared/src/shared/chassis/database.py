"""Postgres for one service: its own role, its own schema, and the transaction as the unit of work."""

import select
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

import structlog
from sqlalchemy import URL, event, insert, make_url
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from shared.chassis.errors import ServiceAway
from shared.chassis.run_ledger import RunLedger
from shared.chassis.tables import ChassisTables
from shared.contracts.message import Command, Event


@dataclass(frozen=True)
class Delivery:
    """The message being handled: by which consumer, and its id, the same at every delivery."""

    consumer: str
    message_id: str


current_delivery: ContextVar[Delivery | None] = ContextVar("current_delivery", default=None)
said_at: ContextVar[datetime | None] = ContextVar("said_at", default=None)
"""When the message being handled came into the stream; None for one that is handled again by a person's wish."""


class Transaction:
    """What is stored and said together, or not at all. Services derive from it and hang their repositories on it."""

    def __init__(self, session: AsyncSession, tables: ChassisTables) -> None:
        self.session = session
        self._tables = tables
        self._outgoing: list[dict[str, Any]] = []
        self.runs = RunLedger(session, tables, self.announce)

    def announce(self, event: Event) -> None:
        """Say a fact once this transaction is committed."""
        self._put(event, None)

    def send(self, command: Command, *, at: datetime | None = None) -> None:
        """Send a command once this transaction is committed, not before `at`."""
        self._put(command, at)

    async def first_time(self) -> bool:
        """True when the message being handled has not been handled before; remembered with this transaction."""
        delivery = current_delivery.get()
        if delivery is None:
            return True
        row = {"consumer": delivery.consumer, "message_id": delivery.message_id}
        inbox = self._tables.inbox
        statement = insert_or_skip(inbox).values(row).on_conflict_do_nothing().returning(inbox.c.consumer)
        return (await self.session.execute(statement)).first() is not None

    def _put(self, message: Command | Event, at: datetime | None) -> None:
        bound = structlog.contextvars.get_contextvars()
        row: dict[str, Any] = {
            "message_id": uuid4(),
            "subject": message.subject,
            "payload": message.model_dump_json(),
            "headers": {"Gapless-Cause": str(bound["message_id"])} if "message_id" in bound else {},
        }
        self._outgoing.append(row | ({"available_at": at} if at else {}))

    async def flush_messages(self) -> None:
        """Write what was said into the outbox; part of the commit."""
        immediate = [row for row in self._outgoing if "available_at" not in row]
        later = [row for row in self._outgoing if "available_at" in row]
        for rows in (immediate, later):
            if rows:
                await self.session.execute(insert(self._tables.outbox), rows)
        self._outgoing.clear()


CONNECT_SECONDS = 3
POOL_SECONDS = 4.0
"""How long a connection may take to be made, and to become free: both less than a request is waited for."""
AWAY = ("08", "53300", "57P")
"""How the SQLSTATE begins of a connection that is lost or not given (PostgreSQL, appendix A)."""


def postgres_away(error: BaseException) -> ServiceAway | None:
    """What to tell people when Postgres does not answer; None for an error that says something else."""
    away = isinstance(error, NoConnectionFree)
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None)
        never_connected = isinstance(error, OperationalError) and state is None
        away = error.connection_invalidated or never_connected or str(state).startswith(AWAY)
    return ServiceAway("postgres", "Postgres does not answer") if away else None


class AnswerAwaited:
    """Until when the answer to the request being handled is waited for, and whether it has stored anything yet."""

    def __init__(self, until: float) -> None:
        self.until = until
        self.begun = False


_answer_awaited: ContextVar[AnswerAwaited | None] = ContextVar("answer_awaited", default=None)


@contextmanager
def answered_until(until: float | None) -> Iterator[None]:
    """Within this context a request is handled whose answer is waited for until then (seconds since 1970 UTC)."""
    token = _answer_awaited.set(None if until is None else AnswerAwaited(until))
    try:
        yield
    finally:
        _answer_awaited.reset(token)


def _refuse_if_too_late() -> None:
    """Refuse the first commit of a request whose asker has given up: it was told so, and may ask again.

    Once something is stored, what belongs to it is stored too.
    """
    awaited = _answer_awaited.get()
    if awaited is None or awaited.begun:
        return
    if time.time() > awaited.until:
        raise ServiceAway("", "nobody waits for the answer any more: nothing was changed")
    awaited.begun = True


TransactionT = TypeVar("TransactionT", bound=Transaction)
Transactions = Callable[[], AbstractAsyncContextManager[TransactionT]]
"""Opens a transaction: committed on the way out, rolled back when an exception leaves it."""


def async_url(url: str) -> URL:
    """The address for SQLAlchemy's psycopg driver, whatever driver the setting names."""
    return make_url(url).set(drivername="postgresql+psycopg")


def plain_url(url: str) -> str:
    """The address for psycopg itself."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


class Database:
    """A service's connections to Postgres."""

    def __init__(self, url: str, tables: ChassisTables, *, pool_size: int = 10) -> None:
        self.tables = tables
        self.url = plain_url(url)
        self.engine: AsyncEngine = create_async_engine(
            async_url(url),
            pool_size=pool_size,
            max_overflow=5,
            pool_timeout=POOL_SECONDS,
            connect_args={"connect_timeout": CONNECT_SECONDS},
            hide_parameters=True,  # errors are kept and logged, and a value may be a link with a key in it
        )
        event.listen(self.engine.sync_engine, "checkout", _is_open)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=True)
        at_once = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._readings = async_sessionmaker(at_once, expire_on_commit=False)

    def transactions(self, kind: type[TransactionT]) -> Transactions[TransactionT]:
        """How a service opens its transactions of this kind."""

        @asynccontextmanager
        async def transaction() -> AsyncIterator[TransactionT]:
            async with self._sessions() as session, session.begin():
                opened = kind(session, self.tables)
                yield opened
                await opened.flush_messages()
                _refuse_if_too_late()

        return transaction

    def readings(self, kind: type[TransactionT]) -> Transactions[TransactionT]:
        """How a service reads alone: a transaction's repositories without the two messages that begin and end one.

        Each statement sees what is committed when it starts, as it does in a transaction; nothing may be said here.
        """

        @asynccontextmanager
        async def reading() -> AsyncIterator[TransactionT]:
            async with self._readings() as session:
                yield kind(session, self.tables)

        return reading

    async def aclose(self) -> None:
        await self.engine.dispose()


def _is_open(connection: Any, _record: Any, _proxy: Any) -> None:
    """Throw the pool's connections away when the server has closed the one that is taken from it.

    A server says nothing unasked but its farewell, so that it is enough to look whether there is something to be read:
    to ask it first, before each use, costs a message there and back.
    """
    waiting = select.poll()
    waiting.register(connection.driver_connection.pgconn.socket, select.POLLIN)
    if waiting.poll(0):
        raise InvalidatePoolError("the server has closed the connection")
