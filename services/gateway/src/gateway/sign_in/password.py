"""The password of the installation, stored as an Argon2id hash."""

import asyncio
from typing import TYPE_CHECKING

from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import Refused
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from gateway.postgres.tables import PasswordRow

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB, ROUNDS, LANES = 19_456, 2, 1
"""The least that the OWASP Password Storage Cheat Sheet recommends for Argon2id, because the machine may be small."""


class PasswordIsSet(Refused):
    """There is a password already, so that nobody can set a first one."""

    code = "password_is_set"
    status = 409
    title = "A password is set"


class PasswordStore:
    """Sets and checks the password. Only one hash is computed at a time: each takes 19 MiB and tens of milliseconds."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction
        self._one_at_a_time = asyncio.Semaphore(1)

    async def is_set(self) -> bool:
        """Whether there is a password."""
        return await self._stored() is not None

    async def set_first(self, password: str) -> None:
        """Set the password if there is none. Raises `PasswordIsSet`."""
        digest = await self._hash(password)
        first = insert(PasswordRow).values(hash=digest).on_conflict_do_nothing().returning(PasswordRow.only)
        async with self._transaction() as tx:
            if (await tx.session.execute(first)).first() is None:
                raise PasswordIsSet("sign in, or replace the password with PUT /api/session/password and an API key")

    async def replace(self, password: str) -> None:
        """Set the password, whether there is one or not."""
        digest = await self._hash(password)
        async with self._transaction() as tx:
            await tx.session.execute(delete(PasswordRow))
            await tx.session.execute(insert(PasswordRow).values(hash=digest))

    async def is_right(self, password: str) -> bool:
        """Whether this is the password. Without a stored one, none is."""
        stored = await self._stored()
        if stored is None:
            return False
        async with self._one_at_a_time:
            return await asyncio.to_thread(_verify, stored, password)

    async def _stored(self) -> str | None:
        async with self._transaction() as tx:
            return await tx.session.scalar(select(PasswordRow.hash))

    async def _hash(self, password: str) -> str:
        async with self._one_at_a_time:
            return await asyncio.to_thread(lambda: _hasher().hash(password))


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # noqa: PLC0415 - needed only for signing in

    return PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES)


def _verify(digest: str, password: str) -> bool:
    from argon2.exceptions import VerificationError  # noqa: PLC0415

    try:
        return _hasher().verify(digest, password)
    except VerificationError:
        return False
