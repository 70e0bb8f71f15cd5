"""The stored browser session: its rotating value, encrypted, its state, and the number of failed logins."""

from dataclasses import dataclass, field

from shared.chassis.database import Transaction, Transactions
from shared.chassis.sealing import CannotOpen, KeyedHash, Seal, SecretKeys
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mam_search.adapters.postgres.tables import BrowserSessionRow
from mam_search.domain.browser_session import MAX_FAILED_LOGINS, BrowserSession, BrowserSessionState

ACCOUNT = "default"


@dataclass(frozen=True, slots=True)
class BrowserCredentials:
    """The given session, or the name and password of a login; all may be empty."""

    session: str = field(default="", repr=False)
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def can_log_in(self) -> bool:
        """Whether there is a name and a password."""
        return bool(self.username and self.password)

    @property
    def are_missing(self) -> bool:
        """Whether pages cannot be read at all."""
        return not self.session and not self.can_log_in


@dataclass
class StoredBrowserSession:
    """The session as it is stored. `values` are those that the site may accept, the newest first."""

    session: BrowserSession
    values: list[str] = field(repr=False)
    can_log_in: bool

    @property
    def needs_login(self) -> bool:
        """Whether there is no value that the site has not refused, and a name and a password are configured."""
        return self.can_log_in and self.session.refusals >= len(self.values)


class BrowserSessionStore:
    """The row of the account. Changed credentials start it anew.

    Only the holder of the account's turn changes the row, except that a person may reset it.
    """

    def __init__(
        self, transaction: Transactions[Transaction], keys: SecretKeys, credentials: BrowserCredentials
    ) -> None:
        self._transaction = transaction
        self._credentials = credentials
        self._seal = Seal(keys, "browser sessions")
        given = "\0".join((credentials.session, credentials.username, credentials.password))
        hashes = KeyedHash(keys, "fingerprints of browser sessions").known(given.encode())
        self._fingerprints = [each.hex() for each in hashes]

    @property
    def name_and_password(self) -> tuple[str, str]:
        """What the login form needs."""
        return self._credentials.username, self._credentials.password

    async def load(self) -> StoredBrowserSession:
        """The stored session, created or started anew for changed credentials."""
        async with self._transaction() as tx:
            row = await self._row(tx.session)
            stored = [self._opened(value) for value in (row.session, row.previous) if value is not None]
            values = [value for value in (*stored, self._credentials.session) if value]
            session = BrowserSession(BrowserSessionState(row.state), row.failed_logins, row.refusals, row.paused_until)
            return StoredBrowserSession(session, list(dict.fromkeys(values)), self._credentials.can_log_in)

    async def save(self, session: BrowserSession) -> None:
        """Store the state."""
        state = {
            "state": session.state,
            "failed_logins": session.failed_logins,
            "refusals": session.refusals,
            "paused_until": session.paused_until,
        }
        await self._update(**state)

    async def rotate(self, sent: str | None, received: str) -> None:
        """Store the value that the site returned for the value that was sent; None: for a login."""
        previous = None if sent is None else self._seal.seal(sent.encode())
        await self._update(session=self._seal.seal(received.encode()), previous=previous)

    async def count_login(self) -> bool:
        """Count a failed login before it is tried. Returns False if no more may be tried until a person acts."""
        counted = (
            update(BrowserSessionRow)
            .where(BrowserSessionRow.account == ACCOUNT, BrowserSessionRow.failed_logins < MAX_FAILED_LOGINS)
            .values(failed_logins=BrowserSessionRow.failed_logins + 1)
            .returning(BrowserSessionRow.failed_logins)
        )
        async with self._transaction() as tx:
            return (await tx.session.execute(counted)).first() is not None

    async def reset(self) -> None:
        """Forget all refusals and failed logins, because a person says that the cause is fixed."""
        async with self._transaction() as tx:
            await self._row(tx.session)
        await self.save(BrowserSession(self._first_state))

    @property
    def _first_state(self) -> BrowserSessionState:
        return BrowserSessionState.MISSING if self._credentials.are_missing else BrowserSessionState.READY

    async def _row(self, session: AsyncSession) -> BrowserSessionRow:
        first = {
            "fingerprint": self._fingerprints[0],
            "session": None,
            "previous": None,
            "state": self._first_state,
            "failed_logins": 0,
            "refusals": 0,
            "paused_until": None,
        }
        insertion = insert(BrowserSessionRow).values(account=ACCOUNT, **first)
        await session.execute(
            insertion.on_conflict_do_update(
                index_elements=[BrowserSessionRow.account],
                set_=first,
                where=BrowserSessionRow.fingerprint.not_in(self._fingerprints),
            )
        )
        return (await session.scalars(select(BrowserSessionRow).where(BrowserSessionRow.account == ACCOUNT))).one()

    async def _update(self, **values: object) -> None:
        statement = update(BrowserSessionRow).where(BrowserSessionRow.account == ACCOUNT)
        async with self._transaction() as tx:
            await tx.session.execute(statement.values(**values))

    def _opened(self, value: bytes) -> str | None:
        try:
            return self._seal.open(value).decode()
        except CannotOpen:
            return None
