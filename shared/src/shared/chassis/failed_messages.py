"""Failed messages: stored with their error until they are handled successfully or expire."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import delete, func, insert, literal, or_, select
from sqlalchemy.dialects.postgresql import insert as insert_or_update
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.chassis.database import Database
from shared.chassis.errors import NotFound
from shared.chassis.logging import redact
from shared.contracts.page import Page
from shared.contracts.runs import RunFinished, RunOutcome, RunTally, with_codes
from shared.contracts.system import FailedMessage, ListFailedMessages
from shared.translatable import translatable

BODY_SHOWN = 2_000
"""Characters of a body that are shown. The whole body is stored, so that it can be resent."""
ERROR_STORED = 2_000
"""Characters of an error that are stored."""


@dataclass(frozen=True)
class Failure:
    """A message whose handler failed, and why. `run_id` is the run that fails if the message fails permanently."""

    consumer: str
    message_id: str
    subject: str
    body: bytes
    error: str
    run_id: UUID | None = None


def describe_error(error: Exception) -> str:
    """The text of an error, safe to store and log.

    For an invalid input it contains only the location and the kind of error, never the value, which may be a secret.
    """
    if not isinstance(error, ValidationError):
        return f"{type(error).__name__}: {error}"
    errors = error.errors(include_url=False, include_context=False, include_input=False)
    listed = [f"{'.'.join(map(str, each['loc'])) or 'the whole body'}: {each['type']}" for each in errors]
    return f"ValidationError: {error.title}: {'; '.join(listed)}"


class FailedMessages:
    """The failed messages of one service."""

    def __init__(self, database: Database, service: str) -> None:
        self._engine = database.engine
        self._table = database.tables.failed_messages
        self._outbox = database.tables.outbox
        self._service = service

    async def record(self, failure: Failure, *, attempts_allowed: int) -> tuple[int, bool]:
        """Record a failed attempt. Returns the number of attempts, and whether this was the last one."""
        table = self._table
        error = _storable(redact(failure.error))[:ERROR_STORED]
        row = {
            "consumer": failure.consumer,
            "message_id": failure.message_id,
            "subject": failure.subject,
            "body": _storable(failure.body.decode("utf-8", "replace")),
            "error": error,
            "final": attempts_allowed <= 1,
        }
        inserted = insert_or_update(table).values(row)
        statement = inserted.on_conflict_do_update(
            index_elements=[table.c.consumer, table.c.message_id],
            set_={
                "attempts": table.c.attempts + 1,
                "error": inserted.excluded.error,
                "final": or_(inserted.excluded.final, table.c.attempts + 1 >= literal(attempts_allowed)),
                "last_failed_at": func.now(),
            },
        ).returning(table.c.attempts, table.c.final)
        async with self._engine.begin() as connection:
            attempts, final = (await connection.execute(statement)).one()
            if final and failure.run_id is not None:
                await self._end_run(connection, failure.run_id, error)
        return int(attempts), bool(final)

    async def _end_run(self, connection: AsyncConnection, run_id: UUID, error: str) -> None:
        """End the run of a message that failed permanently; it would otherwise stay in progress forever."""
        words = translatable(
            "run.crashed",
            f"{self._service} failed with an unexpected error; see the failed messages: {error}",
            service=self._service,
            error=error,
        )
        coded = with_codes({}, [words])
        event = RunFinished(run_id=run_id, outcome=RunOutcome.FAILED, tally=RunTally(), problems=[words], details=coded)
        values = {"subject": event.subject, "payload": event.model_dump_json()}
        await connection.execute(insert(self._outbox).values(values))

    async def forget(self, consumer: str, message_id: str) -> None:
        """Delete the record of a message that was handled successfully."""
        table = self._table
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(table).where(table.c.consumer == consumer, table.c.message_id == message_id)
            )

    async def count(self) -> int:
        """The number of failed messages."""
        async with self._engine.connect() as connection:
            return int((await connection.execute(select(func.count()).select_from(self._table))).scalar_one())

    async def list(self, request: ListFailedMessages) -> Page[FailedMessage]:
        """A page of the failed messages, newest first."""
        table = self._table
        async with self._engine.connect() as connection:
            total = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            rows = await connection.execute(
                select(table).order_by(table.c.last_failed_at.desc()).limit(request.limit).offset(request.offset)
            )
            items = [self._model(row) for row in rows.mappings()]
        return Page(items=items, total=total, limit=request.limit, offset=request.offset)

    async def get(self, identity: str) -> FailedMessage:
        """One failed message, by the id from the list. Raises `NotFound`."""
        return self._model(await self._row(identity))

    async def body(self, identity: str) -> bytes:
        """The whole body of a failed message. Raises `NotFound`."""
        return str((await self._row(identity))["body"]).encode()

    async def _row(self, identity: str) -> Any:
        consumer, _, message_id = identity.partition("/")
        table = self._table
        async with self._engine.connect() as connection:
            found = await connection.execute(
                select(table).where(table.c.consumer == consumer, table.c.message_id == message_id)
            )
            row = found.mappings().first()
        if row is None:
            raise NotFound(f"{self._service} has no failed message {identity!r}")
        return row

    def _model(self, row: Any) -> FailedMessage:
        return FailedMessage(
            id=f"{row['consumer']}/{row['message_id']}",
            service=self._service,
            consumer=row["consumer"],
            message_subject=row["subject"],
            body=row["body"][:BODY_SHOWN],
            error=row["error"],
            attempts=row["attempts"],
            final=row["final"],
            first_failed_at=row["first_failed_at"],
            last_failed_at=row["last_failed_at"],
        )


def _storable(text: str) -> str:
    """Replace NUL characters, which Postgres does not store in a text."""
    return text.replace("\x00", "\ufffd")
