"""The ledger of everything that was ever spent. Its entries are never deleted."""

from datetime import datetime
from uuid import UUID, uuid4

from shared.contracts.mam.account import Standing
from shared.contracts.mam.spending import Balance, Spending, SpendingKind, SpendingState
from shared.contracts.page import Page
from shared.contracts.translatable import stored_translatables, translatables, with_stored_code
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mam_search.adapters.postgres.account_tables import SpendingRow as Row
from mam_search.domain.account_ports import OpenPurchase
from mam_search.domain.spending import Purchase


class SpendingLedger:
    """The ledger, within one transaction. At most one purchase is open, over all replicas."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def open(self) -> OpenPurchase | None:
        """The purchase whose result is unknown, or None. It is locked until the transaction ends."""
        requested = Row.state == SpendingState.REQUESTED.value
        row = (await self._session.scalars(select(Row).where(requested).with_for_update())).first()
        return None if row is None else OpenPurchase(_spending(row), row.vip_until_before)

    async def begin(self, purchase: Purchase, standing: Standing, now: datetime) -> UUID | None:
        """Store the request before it is sent. None if another purchase is open, or the torrent has a wedge already."""
        values = {
            "id": uuid4(),
            "kind": purchase.kind.value,
            "state": SpendingState.REQUESTED.value,
            "amount": purchase.amount,
            "torrent_id": purchase.torrent_id,
            "why": purchase.why,
            "translatable": stored_translatables([purchase.why]),
            "points_before": standing.bonus_points,
            "wedges_before": standing.wedges,
            "vip_until_before": standing.vip_until,
            "requested_at": now,
        }
        statement = insert(Row).values(values).on_conflict_do_nothing().returning(Row.id)
        stored: UUID | None = await self._session.scalar(statement)
        return stored

    async def end(
        self, entry_id: UUID, state: SpendingState, *, answer: str, after: Balance | None, now: datetime
    ) -> None:
        """Store the result of a purchase, unless it was stored before."""
        values = {
            "state": state.value,
            "answer": answer,
            "translatable": Row.translatable.concat(stored_translatables([answer])),
            "points_after": None if after is None else after.bonus_points,
            "wedges_after": None if after is None else after.wedges,
            "ended_at": now,
        }
        unknown = (Row.id == entry_id, Row.state == SpendingState.REQUESTED.value)
        await self._session.execute(update(Row).where(*unknown).values(values))

    async def spent_since(self, kind: SpendingKind, since: datetime) -> int:
        """The purchases of a kind since then, including one whose result is unknown."""
        counted = (Row.kind == kind.value, Row.state != SpendingState.NOT_SPENT.value, Row.requested_at >= since)
        return await self._session.scalar(select(func.count()).select_from(Row).where(*counted)) or 0

    async def recent(self, since: datetime) -> list[Spending]:
        """The purchases since then that were or may have been made."""
        made = (Row.state != SpendingState.NOT_SPENT.value, Row.requested_at >= since)
        rows = await self._session.scalars(select(Row).where(*made).order_by(Row.requested_at, Row.id))
        return [_spending(row) for row in rows]

    async def has_wedge(self, torrent_id: str) -> bool:
        """Whether a wedge was certainly spent for a torrent."""
        spent = (Row.torrent_id == torrent_id, Row.state == SpendingState.SPENT.value)
        found = await self._session.scalar(select(Row.id).where(Row.kind == SpendingKind.WEDGE.value, *spent))
        return found is not None

    async def get(self, entry_id: UUID) -> Spending:
        """One entry, which exists."""
        return _spending(await self._session.get_one(Row, entry_id, populate_existing=True))

    async def page(self, limit: int, offset: int) -> Page[Spending]:
        """One page, newest first."""
        total = await self._session.scalar(select(func.count()).select_from(Row)) or 0
        rows = await self._session.scalars(
            select(Row).order_by(Row.requested_at.desc(), Row.id).limit(limit).offset(offset)
        )
        return Page(items=[_spending(row) for row in rows], total=total, limit=limit, offset=offset)


def _spending(row: Row) -> Spending:
    known = row.points_after is not None and row.wedges_after is not None
    return Spending(
        id=row.id,
        kind=SpendingKind(row.kind),
        state=SpendingState(row.state),
        amount=row.amount,
        torrent_id=row.torrent_id,
        why=row.why,
        answer=row.answer,
        translatable=translatables(
            why=with_stored_code(row.why, row.translatable), answer=with_stored_code(row.answer, row.translatable)
        ),
        before=Balance(bonus_points=row.points_before, wedges=row.wedges_before),
        after=Balance(bonus_points=row.points_after or 0.0, wedges=row.wedges_after or 0) if known else None,
        requested_at=row.requested_at,
        ended_at=row.ended_at,
    )
