"""Sends the messages that transactions wrote to the outbox, after the commit and at least once.

A row is deleted when the stream has confirmed the message. A relay that is killed in between sends it again with the
same `Nats-Msg-Id`. The stream drops duplicates within its duplicate window; handlers are idempotent beyond that.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress

import nats.errors
import psycopg
from nats.js.api import PubAck
from nats.js.errors import Error as JetStreamError
from psycopg import sql

from shared.chassis.backoff import Backoff
from shared.chassis.logging import logger

BATCH = 200
LONGEST_WAIT_SECONDS = 30.0
"""The maximum time between two checks. Normally a notification or the next due time ends the wait earlier."""
SHORTEST_WAIT_SECONDS = 0.2
"""The minimum time between two checks: rows that are due but locked are being sent by another relay."""
UNSENT = Backoff.doubling(1.0, 60.0)
"""The delays before a message that the stream did not confirm is sent again."""

Publish = Callable[[str, bytes, dict[str, str]], Awaitable[PubAck]]
"""Publishes to a stream and returns when the stream has stored the message."""


class OutboxRelay:
    """The relay of one service. Several can run at once; each skips the rows that another has locked."""

    def __init__(self, database_url: str, schema: str, publish: Publish) -> None:
        self._url = database_url
        self._schema = schema
        self._publish = publish
        self._log = logger(schema=schema)
        table, delays = sql.Identifier(schema, "outbox"), list(UNSENT.delays_seconds)
        self._take = (
            sql.SQL(
                "select id, message_id, subject, payload, headers from {} where available_at <= now()"
                " order by available_at, id limit {} for update skip locked"
            )
            .format(table, sql.Literal(BATCH))
            .as_bytes()
        )
        wait = sql.SQL("select extract(epoch from min(available_at) - clock_timestamp())::float8 from {}")
        self._wait = wait.format(table).as_bytes()
        self._sent = sql.SQL("delete from {} where id = any(%s)").format(table).as_bytes()
        self._unsent = (
            sql.SQL(
                "update {} set attempts = attempts + 1, available_at = now()"
                " + make_interval(secs => ({}::float8[])[least(attempts + 1, {})]) where id = any(%s)"
            )
            .format(table, sql.Literal(delays), sql.Literal(len(delays)))
            .as_bytes()
        )

    async def run(self) -> None:
        """Relay until cancelled. Reconnects to Postgres when the connection is lost."""
        unavailable = False
        while True:
            try:
                async with AsyncExitStack() as stack:
                    work = await self._connect(stack)
                    listener = await self._connect(stack)
                    await listener.execute(sql.SQL("listen {}").format(sql.Identifier(f"outbox_{self._schema}")))
                    if unavailable:
                        self._log.info("outbox_resumed")
                        unavailable = False
                    await self._relay(work, listener)
            except psycopg.Error as error:
                if not unavailable:
                    self._log.warning("outbox_waiting", because=f"Postgres: {error}".strip())
                unavailable = True
                await asyncio.sleep(1.0)

    async def _connect(self, stack: AsyncExitStack) -> psycopg.AsyncConnection[tuple[object, ...]]:
        return await stack.enter_async_context(await psycopg.AsyncConnection.connect(self._url, autocommit=True))

    async def _relay(
        self, work: psycopg.AsyncConnection[tuple[object, ...]], listener: psycopg.AsyncConnection[tuple[object, ...]]
    ) -> None:
        notified, lost = asyncio.Event(), asyncio.Event()
        with _notifications(listener, notified, lost):
            while not lost.is_set():
                notified.clear()
                while await self.send_batch(work):
                    pass
                with suppress(TimeoutError):
                    async with asyncio.timeout(await self._seconds_until_next(work)):
                        await notified.wait()
        raise psycopg.OperationalError("the connection for notifications is lost")

    async def _seconds_until_next(self, work: psycopg.AsyncConnection[tuple[object, ...]]) -> float:
        found = await (await work.execute(self._wait)).fetchone()
        seconds = found[0] if found else None
        if not isinstance(seconds, float):
            return LONGEST_WAIT_SECONDS
        return min(LONGEST_WAIT_SECONDS, max(SHORTEST_WAIT_SECONDS, seconds))

    async def send_batch(self, connection: psycopg.AsyncConnection[tuple[object, ...]]) -> bool:
        """Send up to `BATCH` messages that are due. Returns whether more may be due now.

        A message that is stored meanwhile is announced by a notification.
        """
        async with connection.transaction():
            rows = await (await connection.execute(self._take)).fetchall()
            if not rows:
                return False
            results = await asyncio.gather(
                *(
                    self._publish(str(subject), str(payload).encode(), {"Nats-Msg-Id": str(mid), **dict(headers)})  # type: ignore[call-overload]
                    for _, mid, subject, payload, headers in rows
                ),
                return_exceptions=True,
            )
            sent = [row[0] for row, result in zip(rows, results, strict=True) if not isinstance(result, BaseException)]
            unsent = [row[0] for row, result in zip(rows, results, strict=True) if isinstance(result, BaseException)]
            errors = [result for result in results if isinstance(result, BaseException)]
            for error in errors:
                if not isinstance(error, (nats.errors.Error, JetStreamError, OSError)):
                    raise error
            if sent:
                await connection.execute(self._sent, (sent,))
            if unsent:
                self._log.warning("messages_unsent", count=len(unsent), because=repr(errors[0]))
                await connection.execute(self._unsent, (unsent,))
            return bool(sent) and len(rows) == BATCH


@contextmanager
def _notifications(
    listener: psycopg.AsyncConnection[tuple[object, ...]], notified: asyncio.Event, lost: asyncio.Event
) -> Iterator[None]:
    """Within this context `notified` is set at every notification, and also `lost` when the connection is lost.

    `notifies` of psycopg would poll ten times a second.
    """
    loop, socket = asyncio.get_running_loop(), listener.fileno()

    def read() -> None:
        try:
            listener.pgconn.consume_input()
            while listener.pgconn.notifies():
                pass
        except psycopg.OperationalError:
            loop.remove_reader(socket)
            lost.set()
        notified.set()

    loop.add_reader(socket, read)
    try:
        yield
    finally:
        loop.remove_reader(socket)
