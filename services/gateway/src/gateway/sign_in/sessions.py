"""The sessions of browsers: random values in a cookie, stored as keyed hashes.

A session that is not used for `SESSION_DAYS` ends. A session is remembered for a few seconds, during which another
replica may still accept one that was revoked.
"""

import secrets
import time
from datetime import timedelta
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import NotFound
from shared.chassis.sealing import KeyedHash, SecretKeys
from shared.contracts.gateway.api_keys import Scope
from shared.contracts.gateway.sessions import BrowserSession
from shared.contracts.page import Limit, Offset, Page
from sqlalchemy import ColumnElement, delete, func, insert, or_, select

from gateway.api_keys.keys import REMEMBERED_KEYS, REMEMBERED_SECONDS, Caller
from gateway.postgres.tables import BrowserSessionRow

COOKIE = "gapless_session"
SESSION_DAYS = 30
USE_STORED_EVERY = timedelta(minutes=1)
BROWSER_LENGTH = 300
EVERYTHING = frozenset({Scope.ADMIN})


class BrowserSessions:
    """The browsers that are signed in. Each may do everything, as the person who knows the password may."""

    def __init__(
        self, transaction: Transactions[Transaction], secret_keys: SecretKeys, clock: Clock, openid_rule: str = ""
    ) -> None:
        """`openid_rule` is who may sign in with OpenID Connect now. Sessions under another rule have ended."""
        self._transaction = transaction
        self._hashes = KeyedHash(secret_keys, "browser sessions")
        self._clock = clock
        self._openid_rule = openid_rule
        self._remembered: dict[str, tuple[float, BrowserSession]] = {}

    async def start(self, *, address: str, browser: str, person: str | None = None) -> tuple[str, BrowserSession]:
        """Start a session, and return the value for its cookie and how it is shown.

        `person` is who signed in with OpenID Connect.
        """
        value, now = secrets.token_urlsafe(32), self._clock.now()
        row = {
            "hash": self._hashes.of(value.encode()),
            "address": address,
            "browser": browser[:BROWSER_LENGTH],
            "person": person,
            "openid_rule": self._openid_rule if person is not None else None,
            "created_at": now,
            "last_used_at": now,
        }
        async with self._transaction() as tx:
            stored = await tx.session.scalars(insert(BrowserSessionRow).values(row).returning(BrowserSessionRow))
            return value, _shown(stored.one())

    async def of(self, value: str) -> BrowserSession | None:
        """Return the session with this value in its cookie, or None if it is unknown, revoked or not used for too long.

        A use is stored once a minute.
        """
        remembered = self._remembered.get(value)
        if remembered and time.monotonic() - remembered[0] < REMEMBERED_SECONDS:
            return remembered[1]
        self._remembered.pop(value, None)
        hashes = self._hashes.known(value.encode(errors="surrogatepass"))
        now = self._clock.now()
        fresh = BrowserSessionRow.last_used_at > now - timedelta(days=SESSION_DAYS)
        wanted = select(BrowserSessionRow).where(BrowserSessionRow.hash.in_(hashes), fresh, self._is_allowed())
        async with self._transaction() as tx:
            row = await tx.session.scalar(wanted)
            if row is None:
                return None
            if now - row.last_used_at > USE_STORED_EVERY:
                row.last_used_at, row.hash = now, hashes[0]
            session = _shown(row)
        if len(self._remembered) >= REMEMBERED_KEYS:
            self._remembered.clear()
        self._remembered[value] = (time.monotonic(), session)
        return session

    async def list(self, limit: Limit, offset: Offset) -> Page[BrowserSession]:
        """Return one page of sessions, the last used first."""
        found = select(BrowserSessionRow).where(self._is_allowed())
        newest = found.order_by(BrowserSessionRow.last_used_at.desc(), BrowserSessionRow.id)
        async with self._transaction() as tx:
            rows = (await tx.session.scalars(newest.limit(limit).offset(offset))).all()
            total = await tx.session.scalar(select(func.count()).select_from(found.subquery()))
        return Page(items=[_shown(row) for row in rows], total=total or 0, limit=limit, offset=offset)

    async def revoke(self, session_id: UUID) -> None:
        """End a session: at once on this replica, and within `REMEMBERED_SECONDS` on others. Raises `NotFound`."""
        wanted = delete(BrowserSessionRow).where(BrowserSessionRow.id == session_id).returning(BrowserSessionRow.id)
        async with self._transaction() as tx:
            if await tx.session.scalar(wanted) is None:
                raise NotFound(f"no browser session {session_id}")
        self._remembered.clear()

    async def revoke_others(self, kept: UUID | None) -> None:
        """End all sessions except `kept`."""
        async with self._transaction() as tx:
            await tx.session.execute(delete(BrowserSessionRow).where(BrowserSessionRow.id.is_distinct_from(kept)))
        self._remembered.clear()

    def _is_allowed(self) -> ColumnElement[bool]:
        rule = BrowserSessionRow.openid_rule
        return or_(rule.is_(None), rule == self._openid_rule)


def caller_of(session: BrowserSession) -> Caller:
    """The caller that a browser with this session is, with the name of the person, if it is known."""
    return Caller(session.id, session.person or "a person in a browser", EVERYTHING)


def _shown(row: BrowserSessionRow) -> BrowserSession:
    return BrowserSession(
        id=row.id,
        address=row.address,
        browser=row.browser,
        person=row.person,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
    )
