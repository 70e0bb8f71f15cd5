"""Counts deliveries that started but never ended because the process died while it handled the message.

An exception is recorded by the process itself. A crash is only visible at the next delivery. Therefore each delivery
after the first is recorded before its handler starts, and the record is deleted when the handler ends.
"""

import contextlib
from collections.abc import AsyncIterator

from nats.aio.msg import Msg
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from shared.chassis.database import Database
from shared.chassis.origin import message_id_of


class CrashedTooOften(Exception):
    """Every attempt to handle a message crashed the process, so another attempt is pointless."""

    def __init__(self, crashes: int) -> None:
        super().__init__(f"the service crashed {crashes} times while it handled this message")


class Deliveries:
    """The records of one service."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._table = database.tables.begun_deliveries

    @contextlib.asynccontextmanager
    async def recorded(self, raw: Msg, *, crashes_allowed: int) -> AsyncIterator[None]:
        """Record a delivery while its handler runs. Raises `CrashedTooOften` after `crashes_allowed` crashes.

        The first delivery is not recorded: a second one implies that the first crashed or failed. Raises
        `SQLAlchemyError` when Postgres is unavailable.
        """
        if raw.metadata.num_delivered == 1:
            yield
            return
        consumer, message_id = raw.metadata.consumer or "", message_id_of(raw)
        started = await self._begin(consumer, message_id)
        try:
            if started >= crashes_allowed:
                raise CrashedTooOften(started)
            yield
        finally:
            with contextlib.suppress(SQLAlchemyError, OSError):
                await self._end(consumer, message_id)

    async def _begin(self, consumer: str, message_id: str) -> int:
        """Record the start of a delivery after the first. Returns how many started in a row, including this one."""
        table = self._table
        inserted = insert(table).values(consumer=consumer, message_id=message_id)
        statement = inserted.on_conflict_do_update(
            index_elements=[table.c.consumer, table.c.message_id],
            set_={"times": table.c.times + 1, "last_begun_at": inserted.excluded.last_begun_at},
        ).returning(table.c.times)
        async with self._engine.begin() as connection:
            return int((await connection.execute(statement)).scalar_one())

    async def _end(self, consumer: str, message_id: str) -> None:
        """Delete the record: the handler has ended, successfully or not."""
        table = self._table
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(table).where(table.c.consumer == consumer, table.c.message_id == message_id)
            )
