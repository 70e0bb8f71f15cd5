"""API keys: long random texts, stored as keyed hashes.

A generated key has 256 bits and cannot be guessed, so that a fast keyed hash suffices. Keys are found by an index on
the hash and cached for a few seconds, during which another replica may still accept a revoked key.
"""

import asyncio
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import NotFound, Refused
from shared.chassis.logging import logger
from shared.chassis.sealing import KeyedHash, SecretKeys
from shared.contracts.gateway.api_keys import ApiKey, MadeApiKey, NewApiKey, Scope
from shared.contracts.page import Limit, Offset, Page
from shared.translatable import translatable
from sqlalchemy import ColumnElement, bindparam, exists, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from gateway.postgres.tables import ApiKeyRow, KeyTakenBackRow

REMEMBERED_SECONDS = 3.0


REMEMBERED_KEYS = 1_000


WRITE_USES_EVERY_SECONDS = 5.0


@dataclass(frozen=True)
class Caller:
    """Who calls, with the scopes: the id is that of an API key, of a browser session, or of a user of the proxy."""

    key_id: UUID
    name: str
    scopes: frozenset[Scope]

    def may(self, scope: Scope) -> bool:
        """Whether the key has this scope or a higher one."""
        order = list(Scope)
        return any(order.index(held) >= order.index(scope) for held in self.scopes)


class LastAdminKey(Refused):
    """The last key with the scope admin cannot be revoked, because no other key could create a new one."""

    code = "last_admin_key"
    status = 409
    title = "The last key with the scope admin"


class Keys:
    """The API keys of this installation."""

    def __init__(self, transaction: Transactions[Transaction], secret_keys: SecretKeys) -> None:
        self._transaction = transaction
        self._hashes = KeyedHash(secret_keys, "API keys")
        self._remembered: dict[bytes, tuple[float, Caller]] = {}
        self._looked_up: dict[bytes, asyncio.Task[Caller | None]] = {}
        self._used: dict[UUID, datetime] = {}
        self._log = logger(service="gateway")

    async def first(self, api_key: str | None) -> str | None:
        """Ensure that there is a key: the given one, or a new one, which is returned to be shown once.

        A given key that was revoked is not added again.
        """
        async with self._transaction() as tx:
            # Replicas that start together wait here for the first of them.
            await tx.session.execute(text("lock table gateway.api_keys in share row exclusive mode"))
            if api_key is not None:
                hashes = self._known_hashes(api_key)
                revoked = select(KeyTakenBackRow.hash).where(KeyTakenBackRow.hash.in_(hashes)).limit(1)
                if await tx.session.scalar(revoked):
                    self._log.warning(
                        "api_key_was_revoked",
                        hint="API_KEY was revoked and is not added again: set another key or none",
                    )
                    return None
                if not await tx.session.scalar(select(ApiKeyRow.id).where(ApiKeyRow.hash.in_(hashes)).limit(1)):
                    await tx.session.execute(self._insertion(api_key, "API_KEY"))
                return None
            if await tx.session.scalar(select(func.count()).select_from(ApiKeyRow)):
                return None
            made = secrets.token_urlsafe(32)
            await tx.session.execute(self._insertion(made, "first key"))
            return made

    async def caller(self, key: str) -> Caller | None:
        """Return the caller with this key, or None if the key is unknown."""
        digest = self._hash(key)
        remembered = self._remembered.get(digest)
        if remembered and time.monotonic() - remembered[0] < REMEMBERED_SECONDS:
            caller = remembered[1]
        else:
            found = await self._find_once(key, digest)
            if found is None:
                self._remembered.pop(digest, None)
                return None
            caller = found
            if len(self._remembered) >= REMEMBERED_KEYS:
                self._remembered.clear()
            self._remembered[digest] = (time.monotonic(), caller)
        self._used[caller.key_id] = datetime.now(UTC)
        return caller

    async def list(self, limit: Limit, offset: Offset) -> Page[ApiKey]:
        """Return one page of keys, newest first."""
        wanted = select(ApiKeyRow).order_by(ApiKeyRow.created_at.desc(), ApiKeyRow.id).limit(limit).offset(offset)
        async with self._transaction() as tx:
            rows = (await tx.session.scalars(wanted)).all()
            total = await tx.session.scalar(select(func.count()).select_from(ApiKeyRow))
        return Page(items=[_shown(row) for row in rows], total=total or 0, limit=limit, offset=offset)

    async def make(self, new: NewApiKey) -> MadeApiKey:
        """Create a key. Only the result contains the key itself."""
        key = secrets.token_urlsafe(32)
        insertion = self._insertion(key, new.name, new.scopes).returning(ApiKeyRow)
        async with self._transaction() as tx:
            row = (await tx.session.scalars(insertion)).one()
        return MadeApiKey(**_shown(row).model_dump(), key=key)

    async def delete(self, key_id: UUID) -> None:
        """Revoke a key. It takes effect at once on this replica and within `REMEMBERED_SECONDS` on others.

        Raises `NotFound`, or `LastAdminKey` when no other key has the scope admin.
        """
        async with self._transaction() as tx:
            await tx.session.execute(text("lock table gateway.api_keys in share row exclusive mode"))
            row = await tx.session.get(ApiKeyRow, key_id)
            if row is None:
                raise NotFound(f"no API key {key_id}")
            others = select(func.count()).select_from(ApiKeyRow).where(ApiKeyRow.id != key_id, _administers())
            if Scope.ADMIN in row.scopes and not await tx.session.scalar(others):
                raise LastAdminKey(
                    translatable(
                        "refused.last_admin_key",
                        f"the key {row.name!r} is the last one with the scope admin: create another first",
                        name=row.name,
                    )
                )
            await tx.session.delete(row)
            await tx.session.execute(insert(KeyTakenBackRow).values(hash=row.hash).on_conflict_do_nothing())
        self._remembered.pop(row.hash, None)

    async def write_uses(self) -> None:
        """Store the last uses of keys at regular intervals, until cancelled."""
        while True:
            await asyncio.sleep(WRITE_USES_EVERY_SECONDS)
            await self.write_uses_now()

    async def write_uses_now(self) -> None:
        """Store the last uses that are not stored yet."""
        used, self._used = self._used, {}
        if used:
            later = func.greatest(ApiKeyRow.last_used_at, bindparam("at"))
            statement = update(ApiKeyRow.__table__).where(ApiKeyRow.id == bindparam("key_id"))  # type: ignore[arg-type]  # a Table it is
            async with self._transaction() as tx:
                rows = [{"key_id": key_id, "at": at} for key_id, at in sorted(used.items())]
                await tx.session.execute(statement.values(last_used_at=later), rows)

    async def _find_once(self, key: str, digest: bytes) -> Caller | None:
        """Look up a key. Concurrent calls with the same key share one query."""
        if digest not in self._looked_up:
            self._looked_up[digest] = task = asyncio.create_task(self._find(key, digest))
            task.add_done_callback(lambda _: self._looked_up.pop(digest))
        return await asyncio.shield(self._looked_up[digest])

    async def _find(self, key: str, digest: bytes) -> Caller | None:
        """Look up a key. If it was hashed with a former SECRET_KEY, hash it with the present one."""
        hashes = self._known_hashes(key)
        revoked = exists().where(KeyTakenBackRow.hash.in_(hashes))
        present_first = (ApiKeyRow.hash == digest).desc()
        found = select(ApiKeyRow).where(ApiKeyRow.hash.in_(hashes), ~revoked).order_by(present_first).limit(1)
        async with self._transaction() as tx:
            row = await tx.session.scalar(found)
            if row is None:
                return None
            row.hash = digest
            return Caller(row.id, row.name, frozenset(Scope(scope) for scope in row.scopes))

    def _hash(self, key: str) -> bytes:
        return self._hashes.of(key.encode(errors="surrogatepass"))

    def _known_hashes(self, key: str) -> Sequence[bytes]:
        return self._hashes.known(key.encode(errors="surrogatepass"))

    def _insertion(self, key: str, name: str, scopes: Sequence[Scope] = (Scope.ADMIN,)) -> Any:
        held = [scope.value for scope in Scope if scope in scopes]
        return insert(ApiKeyRow).values(name=name, hash=self._hash(key), scopes=held)


def _administers() -> ColumnElement[bool]:
    return ApiKeyRow.scopes.contains([Scope.ADMIN.value])


def _shown(row: ApiKeyRow) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        scopes=[Scope(scope) for scope in row.scopes],
        created_at=row.created_at,
        last_used_at=row.last_used_at,
    )
