"""Messages that failed: kept with their error until they are handled after all."""

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from shared.chassis.database import Database
from shared.chassis.errors import NotFound
from shared.chassis.logging import redact
from shared.contracts.page import Page
from shared.contracts.system import FailedMessage, ListFailedMessages

BODY_KEPT = 200_000
ERROR_KEPT = 2_000


class Failures:
    """The failed messages of one service."""

    def __init__(self, database: Database, service: str) -> None:
        self._engine = database.engine
        self._table = database.tables.failed_messages
        self._service = service

    async def record(self, *, consumer: str, message_id: str, subject: str, body: bytes, error: str, last: bool) -> int:
        """Count a failed attempt; returns how many there were. `last` forbids further attempts by themselves."""
        table = self._table
        row = {
            "consumer": consumer,
            "message_id": message_id,
            "subject": subject,
            "body": body[:BODY_KEPT].decode("utf-8", "replace").replace("\x00", "�"),
            "error": redact(error)[:ERROR_KEPT],
            "final": last,
        }
        inserted = insert(table).values(row)
        statement = inserted.on_conflict_do_update(
            index_elements=[table.c.consumer, table.c.message_id],
            set_={
                "attempts": table.c.attempts + 1,
                "error": inserted.excluded.error,
                "final": inserted.excluded.final,
                "last_failed_at": func.now(),
            },
        ).returning(table.c.attempts)
        async with self._engine.begin() as connection:
            return int((await connection.execute(statement)).scalar_one())

    async def forget(self, consumer: str, message_id: str) -> None:
        """The message was handled after all."""
        table = self._table
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(table).where(table.c.consumer == consumer, table.c.message_id == message_id)
            )

    async def count(self) -> int:
        async with self._engine.connect() as connection:
            return int((await connection.execute(select(func.count()).select_from(self._table))).scalar_one())

    async def list(self, request: ListFailedMessages) -> Page[FailedMessage]:
        table = self._table
        async with self._engine.connect() as connection:
            total = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            rows = await connection.execute(
                select(table).order_by(table.c.last_failed_at.desc()).limit(request.limit).offset(request.offset)
            )
            items = [self._model(row) for row in rows.mappings()]
        return Page(items=items, total=total, limit=request.limit, offset=request.offset)

    async def get(self, identity: str) -> FailedMessage:
        """One failed message by the id that the list shows. Raises `NotFound`."""
        consumer, _, message_id = identity.partition("/")
        table = self._table
        async with self._engine.connect() as connection:
            found = await connection.execute(
                select(table).where(table.c.consumer == consumer, table.c.message_id == message_id)
            )
            row = found.mappings().first()
        if row is None:
            raise NotFound(f"{self._service} keeps no failed message {identity!r}")
        return self._model(row)

    def _model(self, row: Any) -> FailedMessage:
        return FailedMessage(
            id=f"{row['consumer']}/{row['message_id']}",
            service=self._service,
            consumer=row["consumer"],
            message_subject=row["subject"],
            body=row["body"],
            error=row["error"],
            attempts=row["attempts"],
            final=row["final"],
            first_failed_at=row["first_failed_at"],
            last_failed_at=row["last_failed_at"],
        )
