"""The account's session value, which the site replaces with every response. It is stored encrypted."""

from dataclasses import dataclass, field
from hashlib import sha256

from shared.chassis.database import Transaction, Transactions
from shared.chassis.sealing import CannotOpen, KeyedHash, Seal, SecretKeys
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from mam_search.adapters.postgres.tables import SessionRow

ACCOUNT = "default"


@dataclass(frozen=True, slots=True)
class KnownSessions:
    """The session values that the site may accept, the newest first. `stored` identifies the newest stored value.

    If the stored values were encrypted with an unknown SECRET_KEY, they are `unreadable`, and only the value of the
    setting is left. They are kept until the site has accepted that one.
    """

    values: list[str] = field(repr=False)
    stored: bytes = field(repr=False)
    unreadable: bool = False


class SessionStore:
    """The stored session values of the account. `seed` is the value of the setting; a new one replaces all others."""

    def __init__(self, transaction: Transactions[Transaction], keys: SecretKeys, *, seed: str) -> None:
        self._transaction = transaction
        self._seed = seed
        self._seal = Seal(keys, "tracker sessions")
        fingerprints = KeyedHash(keys, "fingerprints of tracker sessions", _fingerprint_before_derivation)
        self._fingerprints = [each.hex() for each in fingerprints.known(seed.encode())]
        self.fingerprint = self._fingerprints[0]
        """A keyed hash of the seed."""

    async def known(self) -> KnownSessions:
        """The newest value, the one before it, and the value of the setting.

        A crash between the site's response and the end of `replace` loses the newest value, so that an older one must
        be tried.
        """
        seed = self._seal.seal(self._seed.encode())
        first = {"account": ACCOUNT, "seed_fingerprint": self.fingerprint, "session": seed}
        async with self._transaction() as tx:
            await tx.session.execute(insert(SessionRow).values(first).on_conflict_do_nothing())
            row = (await tx.session.scalars(select(SessionRow).with_for_update())).one()
            stored = [self._opened(value) for value in (row.session, row.previous) if value is not None]
            values = [value for value in stored if value is not None]
            is_new_seed = row.seed_fingerprint not in self._fingerprints
            if is_new_seed and values:
                row.seed_fingerprint, row.session, row.previous = self.fingerprint, seed, None
                values = []
            return KnownSessions(
                list(dict.fromkeys([*values, self._seed])), row.session, unreadable=stored[0] is None and not values
            )

    async def replace(self, known: KnownSessions, sent: str, received: str) -> None:
        """Store the value that the site returned for the value that was sent.

        If another replica has stored a value since `known` was read, that one is newer and is kept: this replica lost
        its turn while the request was in progress.
        """
        session, previous = (self._seal.seal(value.encode()) for value in (received, sent))
        new = {"session": session, "previous": previous, "seed_fingerprint": self.fingerprint}
        unchanged = (SessionRow.account == ACCOUNT, SessionRow.session == known.stored)
        async with self._transaction() as tx:
            await tx.session.execute(update(SessionRow).where(*unchanged).values(new))

    def _opened(self, value: bytes) -> str | None:
        try:
            return self._seal.open(value).decode()
        except CannotOpen:
            return None


def _fingerprint_before_derivation(secret: bytes, seed: bytes) -> bytes:
    return sha256(secret + b":" + seed).digest()
