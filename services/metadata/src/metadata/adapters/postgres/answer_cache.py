"""Caches the providers' answers: for a week if something was found, for a shorter time if not."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from pydantic import BaseModel
from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.contracts.metadata.bibliographies import CataloguedWork
from sqlalchemy import Text, cast, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from metadata.adapters.batch_loader import BatchLoader
from metadata.adapters.postgres.tables import AnswerRow
from metadata.domain.catalogue import Chapter, Found, ListedAuthor

FOUND_FOR = timedelta(days=7)
LEAST_OF_NOT_FOUND = 0.75
"""The share of its time after which the first answers without results expire, so that not all expire together."""
RECENT = timedelta(days=1)
"""A stored answer that found something and is younger is not replaced by one that another question implies."""
MAX_QUESTIONS = 200


class _Answer(BaseModel):
    works: list[CataloguedWork]
    cut: str | None = None
    chapters: list[Chapter] = []
    author: ListedAuthor | None = None


@dataclass(slots=True)
class _Batch:
    """Rows that are stored next, by their keys."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    implied: dict[str, dict[str, Any]] = field(default_factory=dict)


class PostgresAnswerCache:
    """Stores answers in Postgres, by question. Concurrent reads share a query, and concurrent writes a transaction."""

    def __init__(self, transaction: Transactions[Transaction], clock: Clock, not_found_for: timedelta) -> None:
        self._transaction = transaction
        self._clock = clock
        self._not_found_for = not_found_for
        self._loader = BatchLoader(self._read, MAX_QUESTIONS)
        self._writing = asyncio.Lock()
        self._batch = _Batch()

    async def get(self, keys: Sequence[str]) -> dict[str, Found]:
        """The stored answers that are still valid."""
        return await self._loader(keys)

    async def store(self, answers: Mapping[str, Found], implied: Mapping[str, Found]) -> dict[str, Found]:
        """Store answers, and the answers to other questions that they imply unless those found something recently.

        Return `answers` with the time until which they are valid.
        """
        now = self._clock.now()
        batch = self._batch
        batch.answers |= {key: _row(key, found, now) for key, found in answers.items()}
        batch.implied |= {key: _row(key, found, now) for key, found in implied.items()}
        async with self._writing:
            if batch is self._batch:
                self._batch = _Batch()
                await self._write(batch, now)
        return {key: self._dated(key, found, now) for key, found in answers.items()}

    async def _write(self, batch: "_Batch", now: datetime) -> None:
        """Store in one transaction everything that arrived since the last one began."""
        adding = insert(AnswerRow)
        newer = {"answer": adding.excluded.answer, "fetched_at": adding.excluded.fetched_at}
        async with self._transaction() as tx:
            renewing = adding.on_conflict_do_update(index_elements=["key"], set_=newer)
            # Sorted, so that two transactions lock the same rows in the same order.
            await tx.session.execute(renewing, [batch.answers[key] for key in sorted(batch.answers)])
            if batch.implied:
                found_nothing = func.jsonb_array_length(AnswerRow.answer["works"]) == 0
                replaced = or_(AnswerRow.fetched_at < now - RECENT, found_nothing)
                filling = adding.on_conflict_do_update(index_elements=["key"], set_=newer, where=replaced)
                await tx.session.execute(filling, [batch.implied[key] for key in sorted(batch.implied)])

    async def _read(self, keys: Sequence[str]) -> dict[str, Found]:
        now = self._clock.now()
        query = select(AnswerRow.key, cast(AnswerRow.answer, Text), AnswerRow.fetched_at)
        async with self._transaction() as tx:
            rows = (
                await tx.session.execute(query.where(AnswerRow.key.in_(keys), AnswerRow.fetched_at > now - FOUND_FOR))
            ).all()
        read = {key: (_Answer.model_validate_json(answer), fetched_at) for key, answer, fetched_at in rows}
        found = {
            key: self._dated(
                key, Found(answer.works, answer.cut, chapters=answer.chapters, author=answer.author), fetched_at
            )
            for key, (answer, fetched_at) in read.items()
        }
        return {key: each for key, each in found.items() if each.believed_until and each.believed_until > now}

    def _dated(self, key: str, found: Found, fetched_at: datetime) -> Found:
        valid_for = FOUND_FOR if found.works or found.chapters or found.author else self._not_found_for * _spread(key)
        return replace(found, believed_until=fetched_at + valid_for)


def _spread(key: str) -> float:
    """A factor from 0.75 to 1, always the same for a key."""
    return LEAST_OF_NOT_FOUND + (1 - LEAST_OF_NOT_FOUND) * (crc32(key.encode()) / 2**32)


def _row(key: str, found: Found, now: datetime) -> dict[str, Any]:
    answer: dict[str, Any] = {"works": [each.model_dump(mode="json") for each in found.works], "cut": found.cut}
    if found.chapters:
        answer["chapters"] = [asdict(each) for each in found.chapters]
    if found.author:
        answer["author"] = asdict(found.author)
    return {"key": key, "answer": answer, "fetched_at": now}
