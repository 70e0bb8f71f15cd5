"""API keys: long random texts, kept as keyed hashes, looked up without a slow hash on the request path.

A key has 256 bits, so that nobody guesses one and a fast keyed hash suffices; the hash is found by an index, and what
was found is remembered for a while.
"""

import hmac
import secrets
import time
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from shared.chassis.database import Transaction, Transactions
from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from gateway.postgres.tables import ApiKeyRow

REMEMBERED_SECONDS = 30.0
REMEMBERED_KEYS = 1_000


class Scope(StrEnum):
    """What a key may do; each includes those before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


@dataclass(frozen=True)
class Caller:
    """Who calls: a key by its id, and what it may do."""

    key_id: UUID
    name: str
    scopes: frozenset[Scope]

    def may(self, scope: Scope) -> bool:
        order = list(Scope)
        return any(order.index(held) >= order.index(scope) for held in self.scopes)


class Keys:
    """The API keys of this installation."""

    def __init__(self, transaction: Transactions[Transaction], secret: str) -> None:
        self._transaction = transaction
        self._secret = secret.encode()
        self._remembered: dict[bytes, tuple[float, Caller]] = {}

    async def first(self, given: str | None) -> str | None:
        """Make sure that there is a key: the one given, else a new one, which is returned to be shown once."""
        async with self._transaction() as tx:
            if given is not None:
                await tx.session.execute(self._insertion(given, "API_KEY").on_conflict_do_nothing())
                return None
            # Replicas that start together wait here for the first of them.
            await tx.session.execute(text("lock table gateway.api_keys in share row exclusive mode"))
            if await tx.session.scalar(select(func.count()).select_from(ApiKeyRow)):
                return None
            made = secrets.token_urlsafe(32)
            await tx.session.execute(self._insertion(made, "first key"))
            return made

    async def caller(self, key: str) -> Caller | None:
        """Who has this key; None when nobody."""
        digest = self._hash(key)
        remembered = self._remembered.get(digest)
        if remembered and time.monotonic() - remembered[0] < REMEMBERED_SECONDS:
            return remembered[1]
        async with self._transaction() as tx:
            found = await tx.session.execute(
                update(ApiKeyRow)
                .where(ApiKeyRow.hash == digest)
                .values(last_used_at=func.now())
                .returning(ApiKeyRow.id, ApiKeyRow.name, ApiKeyRow.scopes)
            )
            row = found.first()
        if row is None:
            return None
        caller = Caller(row.id, row.name, frozenset(Scope(scope) for scope in row.scopes))
        if len(self._remembered) >= REMEMBERED_KEYS:
            self._remembered.clear()
        self._remembered[digest] = (time.monotonic(), caller)
        return caller

    def _hash(self, key: str) -> bytes:
        return hmac.new(self._secret, key.encode(), sha256).digest()

    def _insertion(self, key: str, name: str) -> Any:
        return insert(ApiKeyRow).values(name=name, hash=self._hash(key), scopes=[Scope.ADMIN.value])
