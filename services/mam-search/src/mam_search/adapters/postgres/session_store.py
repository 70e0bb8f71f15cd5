"""A session's value, which the site replaces with every response, and the session's state. Values are encrypted."""

import asyncio
from dataclasses import dataclass, field
from hashlib import sha256

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.sealing import CannotOpen, KeyedHash, Seal, SecretKeys
from shared.contracts.mam.sessions import SessionKind, SessionState
from shared.contracts.translatable import stored_translatables, with_stored_code
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from mam_search.adapters.postgres.tables import SessionRow
from mam_search.domain.session_credentials import SessionCredentials
from mam_search.domain.session_health import MAX_FAILED_LOGINS, SessionHealth

TESTED = "tested"
"""The row of credentials that were tested before they were stored as settings."""


@dataclass(slots=True)
class StoredSession:
    """The session values that the site may accept, the newest first, and the state of the session.

    `stored` identifies the newest stored value. If the stored values were encrypted with an unknown SECRET_KEY, they
    are `unreadable`, and only the value of the setting is left. They are kept until the site has accepted that one.
    """

    values: list[str] = field(repr=False)
    health: SessionHealth
    stored: bytes | None = field(default=None, repr=False)
    unreadable: bool = False
    can_log_in: bool = False

    @property
    def needs_login(self) -> bool:
        """Whether there is no value that the site has not refused, and a name and a password are configured."""
        return self.can_log_in and self.health.refusals >= len(self.values)


class SessionStore:
    """The stored session of one kind. Changed credentials begin a new one.

    Only the holder of the account's turn changes it, except that a person may resume it.
    """

    def __init__(
        self,
        transaction: Transactions[Transaction],
        keys: SecretKeys,
        clock: Clock,
        credentials: SessionCredentials,
        kind: SessionKind = SessionKind.API,
        *,
        tested: bool = False,
    ) -> None:
        """`tested`: credentials that are tried before they are stored as settings. They have a row of their own."""
        self.kind = kind
        self._row = TESTED if tested else kind.value
        self._transaction = transaction
        self._clock = clock
        self._credentials = credentials
        self._seal = Seal(keys, "tracker sessions")
        fingerprints = KeyedHash(keys, "fingerprints of tracker sessions", _fingerprint_before_derivation)
        self._fingerprints = [each.hex() for each in fingerprints.known(credentials.seed)]
        self.fingerprint = self._fingerprints[0]
        """A keyed hash of the credentials."""

    async def load(self) -> StoredSession:
        """The newest value, the one before it, the value of the setting, and the state.

        A crash between the site's response and the end of `replace` loses the newest value, so that an older one must
        be tried.
        """
        async with self._transaction() as tx:
            chosen = select(SessionRow).where(SessionRow.kind == self._row).with_for_update()
            row = (await tx.session.scalars(chosen)).one_or_none()
            if row is None:
                first = insert(SessionRow).values(kind=self._row, **await self._first(tx))
                await tx.session.execute(first.on_conflict_do_nothing())
                row = (await tx.session.scalars(chosen)).one()
            opened = [self._opened(value) for value in (row.session, row.previous) if value is not None]
            values = [value for value in opened if value is not None]
            unreadable = bool(opened) and not values
            if row.seed_fingerprint not in self._fingerprints and not unreadable:
                for name, value in (await self._first(tx)).items():
                    setattr(row, name, value)
                values = [] if row.session is None else [each for each in [self._opened(row.session)] if each]
            given = filter(None, [self._credentials.session])
            return StoredSession(
                list(dict.fromkeys([*values, *given])),
                _health(row, self.kind),
                row.session,
                unreadable,
                self._credentials.can_log_in,
            )

    @property
    def name_and_password(self) -> tuple[str, str]:
        """What the login form needs."""
        return self._credentials.username, self._credentials.password

    async def replace(self, stored: StoredSession, sent: str | None, received: str) -> None:
        """Store the value that the site returned for the value that was sent; `sent` is None after a login.

        If another replica has stored a value since `stored` was read, that one is newer and is kept: this replica lost
        its turn while the request was in progress. A cancellation waits until the value is stored, because the site no
        longer accepts the value that was sent.
        """
        storing = asyncio.create_task(self._replace(stored, sent, received))
        cancelled: asyncio.CancelledError | None = None
        while not storing.done():
            try:
                await asyncio.wait([storing])
            except asyncio.CancelledError as error:
                cancelled = error
        if cancelled is not None:
            raise cancelled from storing.exception()
        storing.result()

    async def _replace(self, stored: StoredSession, sent: str | None, received: str) -> None:
        new = {
            "session": self._seal.seal(received.encode()),
            "previous": None if sent is None else self._seal.seal(sent.encode()),
            "seed_fingerprint": self.fingerprint,
            "rotated_at": self._clock.now(),
        }
        unchanged = SessionRow.session.is_not_distinct_from(stored.stored)
        replaced = update(SessionRow).where(SessionRow.kind == self._row, unchanged).values(new)
        async with self._transaction() as tx:
            found = await tx.session.scalar(replaced.returning(SessionRow.session))
        if found is not None:
            # A page may rotate the value more than once, with a redirect before it.
            stored.stored = found

    async def save(self, health: SessionHealth) -> None:
        """Store the state."""
        values = {
            "state": health.state.value,
            "detail": health.detail,
            "translatable": stored_translatables([health.detail]),
            "refusals": health.refusals,
            "refused_at": health.refused_at,
            "closed_until": health.closed_until,
            "last_success_at": health.last_success_at,
            "failed_logins": health.failed_logins,
        }
        async with self._transaction() as tx:
            await tx.session.execute(update(SessionRow).where(SessionRow.kind == self._row).values(values))

    async def count_login(self) -> bool:
        """Count a login as failed before it is tried. Returns False if no more may be tried until a person acts."""
        counted = (
            update(SessionRow)
            .where(SessionRow.kind == self._row, SessionRow.failed_logins < MAX_FAILED_LOGINS)
            .values(failed_logins=SessionRow.failed_logins + 1)
            .returning(SessionRow.failed_logins)
        )
        async with self._transaction() as tx:
            return (await tx.session.execute(counted)).first() is not None

    async def forget_refusals(self) -> None:
        """Forget refusals and failed logins, because a person says that the cause is fixed."""
        health = (await self.load()).health
        if health.state not in (SessionState.OK, SessionState.NOT_CONFIGURED):
            await self.save(SessionHealth(self.kind, last_success_at=health.last_success_at))

    async def is_in_use(self) -> bool:
        """Whether the stored session began with these credentials."""
        async with self._transaction() as tx:
            begun = select(SessionRow.seed_fingerprint).where(SessionRow.kind == self._row)
            return await tx.session.scalar(begun) in self._fingerprints

    async def _first(self, tx: Transaction) -> dict[str, object]:
        """The row of a session that was not used yet. If the credentials were tested, the test has replaced the value.

        The value that was given does not work any more after a test.
        """
        given = self._credentials.session
        missing = not given and not self._credentials.can_log_in
        tested = select(SessionRow.session).where(
            SessionRow.kind == TESTED, SessionRow.seed_fingerprint.in_(self._fingerprints)
        )
        replaced = await tx.session.scalar(tested) if self._row == SessionKind.API.value else None
        return {
            "seed_fingerprint": self.fingerprint,
            "session": replaced or (self._seal.seal(given.encode()) if given else None),
            "previous": None,
            "state": (SessionState.NOT_CONFIGURED if missing else SessionState.UNTRIED).value,
            "detail": "",
            "translatable": {},
            "refusals": 0,
            "refused_at": None,
            "closed_until": None,
            "began_at": self._clock.now(),
            "rotated_at": None,
            "last_success_at": None,
            "failed_logins": 0,
        }

    def _opened(self, value: bytes) -> str | None:
        try:
            return self._seal.open(value).decode()
        except CannotOpen:
            return None


def _health(row: SessionRow, kind: SessionKind) -> SessionHealth:
    return SessionHealth(
        kind=kind,
        state=SessionState(row.state),
        detail=with_stored_code(row.detail, row.translatable),
        refusals=row.refusals,
        refused_at=row.refused_at,
        closed_until=row.closed_until,
        began_at=row.began_at,
        rotated_at=row.rotated_at,
        last_success_at=row.last_success_at,
        failed_logins=row.failed_logins,
    )


def _fingerprint_before_derivation(secret: bytes, seed: bytes) -> bytes:
    return sha256(secret + b":" + seed).digest()
