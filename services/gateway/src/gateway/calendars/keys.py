"""The keys of calendar addresses. A key reads the calendar and nothing else; only its keyed hash is stored."""

import secrets
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import NotFound
from shared.chassis.sealing import KeyedHash, SecretKeys
from shared.contracts.gateway.calendar_keys import CalendarKey, MadeCalendarKey, NewCalendarKey
from shared.contracts.page import Limit, Offset, Page
from sqlalchemy import delete, func, insert, select

from gateway.postgres.tables import CalendarKeyRow

PATH = "/api/calendar.ics"


class CalendarKeys:
    """The calendar keys of this installation. A revoked key is refused at once, on every replica."""

    def __init__(self, transaction: Transactions[Transaction], secret_keys: SecretKeys, clock: Clock) -> None:
        self._transaction = transaction
        self._hashes = KeyedHash(secret_keys, "calendar keys")
        self._clock = clock

    async def list(self, limit: Limit, offset: Offset) -> Page[CalendarKey]:
        """Return one page of keys, newest first."""
        newest = select(CalendarKeyRow).order_by(CalendarKeyRow.created_at.desc(), CalendarKeyRow.id)
        async with self._transaction() as tx:
            rows = (await tx.session.scalars(newest.limit(limit).offset(offset))).all()
            total = await tx.session.scalar(select(func.count()).select_from(CalendarKeyRow))
        items = [CalendarKey(id=row.id, name=row.name, created_at=row.created_at) for row in rows]
        return Page(items=items, total=total or 0, limit=limit, offset=offset)

    async def make(self, new: NewCalendarKey) -> MadeCalendarKey:
        """Create a key. Only the result contains it, in the address of the calendar."""
        key = secrets.token_urlsafe(32)
        values = {"name": new.name, "hash": self._hashes.of(key.encode()), "created_at": self._clock.now()}
        async with self._transaction() as tx:
            row_id = await tx.session.scalar(insert(CalendarKeyRow).values(values).returning(CalendarKeyRow.id))
        assert row_id is not None  # noqa: S101 - a row was inserted
        path = f"{PATH}?key={key}"
        return MadeCalendarKey(id=row_id, name=new.name, created_at=values["created_at"], path=path)

    async def delete(self, key_id: UUID) -> None:
        """Revoke a key. Raises `NotFound`."""
        wanted = delete(CalendarKeyRow).where(CalendarKeyRow.id == key_id).returning(CalendarKeyRow.id)
        async with self._transaction() as tx:
            if await tx.session.scalar(wanted) is None:
                raise NotFound(f"no calendar key {key_id}")

    async def is_known(self, key: str) -> bool:
        """Whether this is a key of a calendar address."""
        hashes = self._hashes.known(key.encode(errors="surrogatepass"))
        async with self._transaction() as tx:
            found = await tx.session.scalar(select(CalendarKeyRow.id).where(CalendarKeyRow.hash.in_(hashes)))
        return found is not None
