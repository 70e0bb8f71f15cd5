"""Stores the answers to calls with an Idempotency-Key in Postgres, for all replicas."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import Refused
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from gateway.postgres.tables import IdempotentAnswerRow

RETENTION = timedelta(hours=24)
MAX_ANSWERS = 5_000
"""Answers that are stored for one API key at a time."""
MAX_BYTES = 50 * 1024 * 1024
"""Total size of the answers that are stored for one API key; the last one may exceed it."""


class TooManyStoredAnswers(Refused):
    """The API key has used up the room for stored answers. An earlier answer must not be dropped: its call might be
    repeated, and would be done twice."""

    code = "too_many_stored_answers"
    status = 429
    title = "Too many calls with an Idempotency-Key"


@dataclass(frozen=True)
class Call:
    """A call with an Idempotency-Key."""

    key_id: UUID
    route: str
    idempotency_key: str
    request_hash: bytes


@dataclass(frozen=True)
class StoredAnswer:
    """The stored answer to the first call."""

    request_hash: bytes
    status: int
    headers: dict[str, str]
    sealed_body: bytes


class IdempotencyStore:
    """Stores which calls have begun and their answers.

    A call without an answer after `abandoned_after` died with its gateway and may begin again.
    """

    def __init__(self, transaction: Transactions[Transaction], abandoned_after: timedelta) -> None:
        self._transaction = transaction
        self._abandoned_after = abandoned_after

    async def begin(self, call: Call) -> bool:
        """Store the call as in progress. Returns True only for the first call.

        Raises `TooManyStoredAnswers` for a first call if the API key has no room left.
        """
        row = IdempotentAnswerRow
        begun: dict[str, Any] = {"request_hash": call.request_hash, "begun_at": func.now()}
        over = or_(
            row.begun_at < func.now() - RETENTION,
            and_(row.status.is_(None), row.begun_at < func.now() - self._abandoned_after),
        )
        statement = (
            insert(row)
            .values(key_id=call.key_id, route=call.route, idempotency_key=call.idempotency_key, **begun)
            .on_conflict_do_update(
                index_elements=[row.key_id, row.route, row.idempotency_key],
                set_={**begun, "status": None, "headers": None, "sealed_body": None},
                where=over,
            )
            .returning(row.key_id)
        )
        async with self._transaction() as tx:
            is_first = (await tx.session.execute(statement)).first() is not None
            if is_first:
                await _require_room(tx, call.key_id)
            return is_first

    async def recall(self, call: Call) -> StoredAnswer | None:
        """Return the stored answer, or None while there is none."""
        async with self._transaction() as tx:
            row = await tx.session.scalar(select(IdempotentAnswerRow).where(_of(call)))
        if row is None or row.status is None:
            return None
        return StoredAnswer(row.request_hash, row.status, row.headers or {}, row.sealed_body or b"")

    async def keep(self, call: Call, status: int, headers: dict[str, str], sealed_body: bytes) -> None:
        """Store the answer."""
        values = {"status": status, "headers": headers, "sealed_body": sealed_body}
        async with self._transaction() as tx:
            await tx.session.execute(update(IdempotentAnswerRow).where(_of(call)).values(values))

    async def leave(self, call: Call, within: timedelta) -> None:
        """Keep the call in progress for this time, because its outcome is unknown."""
        begun_at = func.now() + within - self._abandoned_after
        async with self._transaction() as tx:
            await tx.session.execute(update(IdempotentAnswerRow).where(_of(call)).values(begun_at=begun_at))

    async def forget(self, call: Call) -> None:
        """Delete the call, because nothing was done. It may be repeated."""
        async with self._transaction() as tx:
            await tx.session.execute(delete(IdempotentAnswerRow).where(_of(call)))


def expired() -> ColumnElement[bool]:
    """Return the condition for answers that have passed their retention period."""
    return IdempotentAnswerRow.begun_at < text("now() - interval '24 hours'")


async def _require_room(tx: Transaction, key_id: UUID) -> None:
    """Raise `TooManyStoredAnswers` if the answers of this API key, with the call just begun, exceed a limit."""
    row = IdempotentAnswerRow
    size = func.coalesce(func.sum(func.octet_length(row.sealed_body)), 0)
    counted = select(func.count(), size).where(row.key_id == key_id, ~expired())
    answers, stored_bytes = (await tx.session.execute(counted)).one()
    if answers > MAX_ANSWERS or stored_bytes >= MAX_BYTES:
        raise TooManyStoredAnswers(
            f"at most {MAX_ANSWERS} answers and {MAX_BYTES // 1024**2} MB are stored for one API key within 24 hours:"
            " repeat the call without an Idempotency-Key, or try again when earlier answers have expired"
        )


def _of(call: Call) -> ColumnElement[bool]:
    row = IdempotentAnswerRow
    return and_(row.key_id == call.key_id, row.route == call.route, row.idempotency_key == call.idempotency_key)
