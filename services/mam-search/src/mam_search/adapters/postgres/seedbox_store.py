"""Our address as the tracker sees it, and its registration: when it was sent last, and what the tracker answered."""

from datetime import datetime

from shared.chassis.database import Transaction, Transactions
from shared.contracts.mam.account import Egress
from shared.contracts.mam.seedbox import Seedbox, SeedboxState
from shared.contracts.translatable import stored_translatables, translatables, with_code, with_stored_code
from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert

from mam_search.adapters.postgres.tables import SeedboxRow
from mam_search.domain.seedbox import INTERVAL

_ONLY = 1


class SeedboxStore:
    """The one row of the registration."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def load(self) -> Seedbox:
        """The registration as it is stored."""
        async with self._transaction() as tx:
            row = await tx.session.scalar(select(SeedboxRow))
        if row is None:
            return Seedbox(state=SeedboxState.NOT_YET)
        return Seedbox(
            state=SeedboxState(row.state),
            address=row.address,
            network=row.network,
            registered_at=row.registered_at,
            sent_at=row.sent_at,
            detail=row.detail,
            translatable=translatables(detail=with_stored_code(row.detail, row.translatable)),
        )

    async def egress(self, no_older_than: datetime) -> Egress | None:
        """Our address as the tracker saw it; None if it was not seen since then."""
        async with self._transaction() as tx:
            row = await tx.session.scalar(select(SeedboxRow).where(SeedboxRow.seen_at >= no_older_than))
        if row is None or row.seen_at is None:
            return None
        return Egress(address=row.seen_address, network=row.seen_network, seen_at=row.seen_at)

    async def save_egress(self, egress: Egress) -> None:
        """Store our address as the tracker saw it."""
        seen = {"seen_address": egress.address, "seen_network": egress.network, "seen_at": egress.seen_at}
        insertion = insert(SeedboxRow).values(id=_ONLY, **seen)
        async with self._transaction() as tx:
            await tx.session.execute(insertion.on_conflict_do_update(index_elements=[SeedboxRow.id], set_=seen))

    async def claim(self, now: datetime) -> bool:
        """Record that the address is sent now. Returns False if it was sent in the last hour, by any replica."""
        due = or_(SeedboxRow.sent_at.is_(None), SeedboxRow.sent_at <= now - INTERVAL)
        claimed = update(SeedboxRow).where(due).values(sent_at=now).returning(SeedboxRow.id)
        async with self._transaction() as tx:
            await tx.session.execute(insert(SeedboxRow).values(id=_ONLY).on_conflict_do_nothing())
            return await tx.session.scalar(claimed) is not None

    async def save(self, seedbox: Seedbox) -> None:
        """Store what the site answered. A failure keeps the address that was registered before."""
        detail = with_code(seedbox.detail, seedbox.translatable.get("detail"))
        values: dict[str, object] = {
            "state": seedbox.state.value,
            "detail": detail,
            "translatable": stored_translatables([detail]),
        }
        if seedbox.state is SeedboxState.REGISTERED:
            values |= {
                "address": seedbox.address,
                "network": seedbox.network,
                "registered_at": seedbox.registered_at,
            }
        async with self._transaction() as tx:
            await tx.session.execute(update(SeedboxRow).values(**values))
