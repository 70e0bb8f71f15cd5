"""Sends what transactions left in the outbox: after the commit, once for all that matter, whatever is killed when.

A row is deleted when the stream has confirmed it. A relay killed in between sends it again under the same
`Nats-Msg-Id`, which the stream drops as a duplicate within its window; past that, receivers are idempotent themselves.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress

import nats.errors
import psycopg
from nats.js.api import PubAck
from nats.js.errors import Error as JetStreamError
from psycopg import sql

from shared.chassis.logging import logger

BATCH = 200
LONGEST_WAIT_SECONDS = 30.0
"""Postgres tells of each new row, and the next one that is due later is known: this is for what neither covers."""
SHORTEST_WAIT_SECONDS = 0.2
"""Rows that are due and not taken are in the hands of another relay."""

Publish = Callable[[str, bytes, dict[str, str]], Awaitable[PubAck]]
"""Publishes to a stream and returns when the stream has it."""


class OutboxRelay:
    """One service's relay. Any number may run at once: they skip each other's rows."""

    def __init__(self, database_url: str, schema: str, publish: Publish) -> None:
        self._url = database_url
        self._schema = schema
        self._publish = publish
        self._log = logger(schema=schema)
        table = sql.Identifier(schema, "outbox")
        self._take = sql.SQL(
            "select id, message_id, subject, payload, headers from {} where available_at <= now()"
            " order by available_at, id limit {} for update skip locked"
        ).format(table, sql.Literal(BATCH))
        self._wait = sql.SQL("select extract(epoch from min(available_at) - clock_timestamp())::float8 from {}").format(
            table
        )
        self._sent = sql.SQL("delete from {} where id = any(%s)").format(table)
        self._unsent = sql.SQL(
            "update {} set attempts = attempts + 1, available_at = now()"
            " + least(interval '1 min', interval '1 s' * power(2, least(attempts, 6))) where id = any(%s)"
        ).format(table)

    async def run(self) -> None:
        """Relay until cancelled, over lost connections."""
        away = False
        while True:
            try:
                async with AsyncExitStack() as stack:
                    work = await self._connect(stack)
                    ears = await self._connect(stack)
                    await ears.execute(sql.SQL("listen {}").format(sql.Identifier(f"outbox_{self._schema}")))
                    if away:
                        self._log.info("outbox_resumed")
                        away = False
                    await self._relay(work, ears)
            except psycopg.Error as error:
                if not away:
                    self._log.warning("outbox_waits", because=f"Postgres: {error}".strip())
                away = True
                await asyncio.sleep(1.0)

    async def _connect(self, stack: AsyncExitStack) -> psycopg.AsyncConnection[tuple[object, ...]]:
        return await stack.enter_async_context(await psycopg.AsyncConnection.connect(self._url, autocommit=True))

    async def _relay(
        self, work: psycopg.AsyncConnection[tuple[object, ...]], ears: psycopg.AsyncConnection[tuple[object, ...]]
    ) -> None:
        told, lost = asyncio.Event(), asyncio.Event()
        with _hearing(ears, told, lost):
            while not lost.is_set():
                told.clear()
                while await self.send_batch(work):
                    pass
                with suppress(TimeoutError):
                    async with asyncio.timeout(await self._seconds_until_next(work)):
                        await told.wait()
        raise psycopg.OperationalError("the connection that hears of new messages is lost")

    async def _seconds_until_next(self, work: psycopg.AsyncConnection[tuple[object, ...]]) -> float:
        found = await (await work.execute(self._wait)).fetchone()
        seconds = found[0] if found else None
        if not isinstance(seconds, float):
            return LONGEST_WAIT_SECONDS
        return min(LONGEST_WAIT_SECONDS, max(SHORTEST_WAIT_SECONDS, seconds))

    async def send_batch(self, connection: psycopg.AsyncConnection[tuple[object, ...]]) -> bool:
        """Send what is due, at most `BATCH`. False when nothing was due, or when nothing could be sent."""
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
            return bool(sent)


@contextmanager
def _hearing(
    ears: psycopg.AsyncConnection[tuple[object, ...]], told: asyncio.Event, lost: asyncio.Event
) -> Iterator[None]:
    """Within this context `told` is set whenever Postgres says something, `lost` too when the connection is.

    psycopg's own `notifies` looks ten times a second, in each service, whether there is anything.
    """
    loop, socket = asyncio.get_running_loop(), ears.fileno()

    def hear() -> None:
        try:
            ears.pgconn.consume_input()
            while ears.pgconn.notifies():
                pass
        except psycopg.OperationalError:
            loop.remove_reader(socket)
            lost.set()
        told.set()

    loop.add_reader(socket, hear)
    try:
        yield
    finally:
        loop.remove_reader(socket)
