"""The account's session value, which the site replaces with every response. It is stored encrypted."""

import base64
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from shared.chassis.database import Transaction, Transactions
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from mam_search.adapters.postgres.tables import SessionRow

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

ACCOUNT = "default"


@dataclass(frozen=True, slots=True)
class KnownSessions:
    """The session values that the site may accept, the newest first. `stored` identifies the newest stored value."""

    values: list[str] = field(repr=False)
    stored: bytes = field(repr=False)


class SessionStore:
    """The stored session values of the account. `seed` is the value of the setting; a new one replaces all others."""

    def __init__(self, transaction: Transactions[Transaction], *, seed: str, secret: str) -> None:
        self._transaction = transaction
        self._seed = seed
        self._secret = secret
        self.fingerprint = sha256(f"{secret}:{seed}".encode()).hexdigest()
        """A hash of the seed and the secret."""

    @cached_property
    def _fernet(self) -> "Fernet":
        from cryptography.fernet import Fernet  # noqa: PLC0415 - it takes several MiB, and an idle service needs none

        return Fernet(base64.urlsafe_b64encode(sha256(self._secret.encode()).digest()))

    async def known(self) -> KnownSessions:
        """The newest value, the one before it, and the value of the setting.

        A crash between the site's response and the end of `replace` loses the newest value, so that an older one must
        be tried.
        """
        first = {
            "account": ACCOUNT,
            "seed_fingerprint": self.fingerprint,
            "session": self._fernet.encrypt(self._seed.encode()),
            "previous": None,
        }
        statement = insert(SessionRow).values(first)
        statement = statement.on_conflict_do_update(
            index_elements=[SessionRow.account],
            set_=first,
            where=SessionRow.seed_fingerprint != self.fingerprint,
        )
        async with self._transaction() as tx:
            await tx.session.execute(statement)
            row = await tx.session.get_one(SessionRow, ACCOUNT)
            stored = [self._decrypted(value) for value in (row.session, row.previous) if value is not None]
            values = [value for value in (*stored, self._seed) if value is not None]
            return KnownSessions(list(dict.fromkeys(values)), row.session)

    async def replace(self, known: KnownSessions, sent: str, received: str) -> None:
        """Store the value that the site returned for the value that was sent.

        If another replica has stored a value since `known` was read, that one is newer and is kept: this replica lost
        its turn while the request was in progress.
        """
        new = {"session": self._fernet.encrypt(received.encode()), "previous": self._fernet.encrypt(sent.encode())}
        unchanged = (SessionRow.account == ACCOUNT, SessionRow.session == known.stored)
        async with self._transaction() as tx:
            await tx.session.execute(update(SessionRow).where(*unchanged).values(new))

    def _decrypted(self, value: bytes) -> str | None:
        from cryptography.fernet import InvalidToken  # noqa: PLC0415

        try:
            return self._fernet.decrypt(value).decode()
        except InvalidToken:
            return None
