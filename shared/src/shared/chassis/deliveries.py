"""Counts deliveries that were begun and never ended: the process died while it handled the message.

An exception is recorded by the process that meets it. A death is seen only by the next delivery, so each delivery after
the first is noted before its handler begins, and the note is deleted however the handler ends.
"""

import contextlib
from collections.abc import AsyncIterator

from nats.aio.msg import Msg
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from shared.chassis.database import Database
from shared.chassis.origin import message_id_of


class DiedTooOften(Exception):
    """Every attempt to handle a message has ended the process: another one would too."""

    def __init__(self, deaths: int) -> None:
        super().__init__(f"the service ended {deaths} times while it handled this message, without an error of its own")


class Deliveries:
    """The notes of one service."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._table = database.tables.begun_deliveries

    @contextlib.asynccontextmanager
    async def noted(self, raw: Msg, *, deaths_allowed: int) -> AsyncIterator[None]:
        """Note a delivery while its handler runs. Raises `DiedTooOften` before the handler that many deaths later.

        The first delivery is not noted: that there is a second one tells that it did not end, or ended with a failure.
        Raises `SQLAlchemyError` when Postgres does not answer.
        """
        if raw.metadata.num_delivered == 1:
            yield
            return
        consumer, message_id = raw.metadata.consumer or "", message_id_of(raw)
        begun = await self._begin(consumer, message_id)
        try:
            if begun >= deaths_allowed:
                raise DiedTooOften(begun)
            yield
        finally:
            with contextlib.suppress(SQLAlchemyError, OSError):
                await self._end(consumer, message_id)

    async def _begin(self, consumer: str, message_id: str) -> int:
        """Note that a delivery after the first begins. Returns how many in a row have begun, this one included."""
        table = self._table
        noted = insert(table).values(consumer=consumer, message_id=message_id)
        statement = noted.on_conflict_do_update(
            index_elements=[table.c.consumer, table.c.message_id],
            set_={"times": table.c.times + 1, "last_begun_at": noted.excluded.last_begun_at},
        ).returning(table.c.times)
        async with self._engine.begin() as connection:
            return int((await connection.execute(statement)).scalar_one())

    async def _end(self, consumer: str, message_id: str) -> None:
        """The handler has ended, well or not."""
        table = self._table
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(table).where(table.c.consumer == consumer, table.c.message_id == message_id)
            )
