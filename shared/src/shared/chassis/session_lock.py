"""A named lock of one schema. A dedicated connection holds it, and the lock ends with that connection.

Postgres ends the connection if it is idle for `IDLE_SECONDS`. A holder sends a heartbeat more often than that, so a
holder that is frozen or whose machine has failed keeps the lock for at most `IDLE_SECONDS`.
"""

import asyncio
import select
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import DictRow, dict_row

IDLE_SECONDS = 20
HEARTBEATS = 4
"""Heartbeats within `idle_seconds`."""
STATEMENT_SECONDS = 5.0
"""A statement that takes longer means that the connection is lost."""
CONNECT_SECONDS = 3

Statement = tuple[bytes | LiteralString, Sequence[Any]]
"""A statement and its values. A `sql.Composed` would be composed again for each execution."""


class LockNotAcquired(Exception):
    """Another session held the lock for the whole waiting time."""


class LockLost(Exception):
    """The connection is lost, and the lock with it."""


class SessionLock:
    """The lock `name` of a schema. One task at a time may use it."""

    def __init__(
        self, url: str, schema: str, name: str, *, wait_seconds: float, idle_seconds: int = IDLE_SECONDS
    ) -> None:
        self._url = url
        self._wait_seconds = wait_seconds
        self._name = name
        self._idle_seconds = idle_seconds
        self._lock = sql.SQL("select {}(%s)").format(sql.Identifier(schema, "lock_for_session")).as_bytes()
        self._unlock = sql.SQL("select {}(%s)").format(sql.Identifier(schema, "unlock_for_session")).as_bytes()
        self._connection: psycopg.AsyncConnection[DictRow] | None = None

    async def acquire(self, *statements: Statement) -> list[list[DictRow]]:
        """Acquire the lock, then run the statements, in one round trip. Returns the rows of each statement.

        If that fails or is cancelled, the connection is closed, unless another session has the lock. Raises
        `LockNotAcquired` if another session holds it for `wait_seconds`, `LockLost` if Postgres is unavailable, and
        `psycopg.Error` if it refuses a statement.
        """
        try:
            async with asyncio.timeout(self._wait_seconds + STATEMENT_SECONDS):
                connection = await self._connected()
                async with connection.pipeline():
                    await connection.execute(self._lock, [self._name])
                    cursors = [await connection.execute(*each) for each in statements]
                    return [await each.fetchall() for each in cursors]
        except psycopg.errors.LockNotAvailable as error:
            raise LockNotAcquired(self._name) from error
        except (psycopg.OperationalError, OSError) as error:
            await self.aclose()
            raise LockLost(str(error) or "no answer from Postgres") from error
        except BaseException:
            await self.aclose()
            raise

    async def release(self, *statements: Statement) -> None:
        """Run and commit the statements, then release the lock, in one round trip. The connection stays open.

        If the connection is lost, the statements may not have been run. If anything fails or is cancelled, the
        connection is closed, which releases the lock.
        """
        if self._connection is None:
            return
        try:
            async with asyncio.timeout(STATEMENT_SECONDS), self._connection.pipeline() as pipeline:
                for each in statements:
                    await self._connection.execute(*each)
                await pipeline.sync()  # commits before another session can acquire the lock
                await self._connection.execute(self._unlock, [self._name])
        except (psycopg.OperationalError, OSError, TimeoutError):
            await self.aclose()
        except BaseException:
            await self.aclose()
            raise

    async def execute(self, statement: bytes | LiteralString, values: Sequence[Any] = ()) -> list[DictRow]:
        """Run a statement on the connection that holds the lock, and return its rows.

        Raises `LockLost` if the connection is lost: then nothing was changed, or it is unknown whether it was.
        """
        if self._connection is None:
            raise LockLost("the connection is closed")
        try:
            async with asyncio.timeout(STATEMENT_SECONDS):
                cursor = await self._connection.execute(statement, values)
                return await cursor.fetchall() if cursor.description else []
        except (psycopg.OperationalError, OSError, TimeoutError) as error:
            await self.aclose()
            raise LockLost(str(error) or "no answer from Postgres") from error

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Send heartbeats until the block ends. If the connection is lost, cancel the block and raise `LockLost`.

        The block must not use the connection.
        """
        loop = asyncio.get_running_loop()
        finished, lost = loop.create_future(), asyncio.timeout(None)

        def cancel_block() -> None:
            if not finished.done() and not lost.expired():
                lost.reschedule(loop.time())

        try:
            async with lost:
                watching = asyncio.create_task(self._watch(finished, cancel_block))
                try:
                    yield
                finally:
                    finished.set_result(None)
                    await watching
        except TimeoutError as error:
            if lost.expired():
                raise LockLost("the connection that held the lock is lost") from error
            raise

    async def aclose(self) -> None:
        """Close the connection. A lock that it holds is released."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _watch(self, finished: asyncio.Future[None], lost: Callable[[], None]) -> None:
        while self._connection is not None:
            await self._wait_for_input(self._connection.fileno(), finished)
            if finished.done():
                return
            # Not only after `execute`: to cancel a statement on a hung server takes it 10 more seconds.
            overdue = asyncio.get_running_loop().call_later(STATEMENT_SECONDS, lost)
            try:
                await self.execute("select 1")
            except LockLost:
                break
            finally:
                overdue.cancel()
        lost()

    async def _wait_for_input(self, socket: int, finished: asyncio.Future[None]) -> None:
        """Return when it is time for a heartbeat, when the block has ended, or when the server sends something.

        An idle server sends nothing except the notice that it closes the connection.
        """
        loop, seconds = asyncio.get_running_loop(), self._idle_seconds / HEARTBEATS
        readable = asyncio.Event()
        loop.add_reader(socket, readable.set)
        waiting = asyncio.create_task(readable.wait())
        try:
            await asyncio.wait((finished, waiting), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            loop.remove_reader(socket)
            waiting.cancel()

    async def _connected(self) -> psycopg.AsyncConnection[DictRow]:
        """The connection, or a new one if the server has closed it."""
        if self._connection is not None and _has_input(self._connection):
            await self.aclose()
        if self._connection is None:
            timeouts = f"-c idle_session_timeout={self._idle_seconds}s -c lock_timeout={self._wait_seconds * 1000:.0f}"
            self._connection = await psycopg.AsyncConnection.connect(
                self._url,
                autocommit=True,
                row_factory=dict_row,
                connect_timeout=CONNECT_SECONDS,
                options=timeouts,
                keepalives_idle=10,
                keepalives_interval=5,
                keepalives_count=3,
            )
        return self._connection


def _has_input(connection: psycopg.AsyncConnection[DictRow]) -> bool:
    readable = select.poll()
    readable.register(connection.fileno(), select.POLLIN)
    return bool(readable.poll(0))
