"""The history of the account's standing."""

from datetime import datetime

from shared.chassis.database import Transaction, Transactions
from shared.contracts.mam.account import Standing, StandingRead
from sqlalchemy import select

from mam_search.adapters.postgres.tables import SnapshotRow


class StandingHistory:
    """The history of the account's standing."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def latest(self, no_older_than: datetime) -> Standing | None:
        """The newest standing; None if it is older than that."""
        newest = (
            select(SnapshotRow)
            .where(SnapshotRow.read_at >= no_older_than)
            .order_by(SnapshotRow.read_at.desc())
            .limit(1)
        )
        async with self._transaction() as tx:
            row = (await tx.session.scalars(newest)).first()
        return None if row is None else Standing.model_validate(row.standing)

    async def add(self, standing: Standing) -> None:
        """Store the standing and announce `StandingRead`."""
        row = SnapshotRow(read_at=standing.read_at, standing=standing.model_dump(mode="json"))
        async with self._transaction() as tx:
            tx.session.add(row)
            tx.announce(StandingRead(standing=standing))
