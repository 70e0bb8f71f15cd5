"""The last refused login at an address, in Postgres, so that restarts do not repeat it until we are banned."""

import asyncio
import hashlib
import hmac
import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from downloader.adapters.postgres.tables import METADATA, RefusedLoginRow

_TABLE = METADATA.tables["downloads.refused_logins"]


class RefusedLogins:
    """Credentials are stored as a salted hash (scrypt), only to detect whether they have changed."""

    def __init__(self, engine: AsyncEngine, address: str) -> None:
        self._engine = engine
        self._address = address

    async def reason(self, credentials: str, since: datetime) -> str | None:
        """Why these credentials were refused since then; None if they were not, or have changed."""
        query = select(_TABLE.c.credentials, _TABLE.c.words).where(
            _TABLE.c.address == self._address, _TABLE.c.refused_at > since
        )
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).first()
        if row is None or not await asyncio.to_thread(_matches, credentials, row[0]):
            return None
        return str(row[1])

    async def store(self, credentials: str, words: str, at: datetime) -> None:
        """Store this refusal, replacing the previous one."""
        values = {"credentials": await asyncio.to_thread(_hashed, credentials), "words": words, "refused_at": at}
        statement = insert(RefusedLoginRow).values(address=self._address, **values)
        async with self._engine.begin() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=["address"], set_=values))

    async def delete(self) -> None:
        """Delete the refusal after a successful login."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(_TABLE).where(_TABLE.c.address == self._address))


def _hashed(credentials: str, salt: bytes | None = None) -> str:
    salt = salt or secrets.token_bytes(16)
    return f"{salt.hex()}:{hashlib.scrypt(credentials.encode(), salt=salt, n=2**14, r=8, p=1).hex()}"


def _matches(credentials: str, stored: str) -> bool:
    return hmac.compare_digest(_hashed(credentials, bytes.fromhex(stored.partition(":")[0])), stored)
