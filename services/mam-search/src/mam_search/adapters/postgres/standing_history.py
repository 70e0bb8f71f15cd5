"""The history of the account's standing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shared.chassis.database import Transaction, Transactions
from shared.contracts.mam.account import AccountChecked, AccountPoint, AccountWarning, Standing
from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from mam_search.adapters.postgres.tables import SnapshotRow


class StandingHistory:
    """Every standing that was read."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def latest(self, no_older_than: datetime | None = None) -> Standing | None:
        """The newest standing; None if there is none or it is older than that."""
        newest = select(SnapshotRow).order_by(SnapshotRow.read_at.desc(), SnapshotRow.id.desc()).limit(1)
        if no_older_than is not None:
            newest = newest.where(SnapshotRow.read_at >= no_older_than)
        async with self._transaction() as tx:
            row = (await tx.session.scalars(newest)).first()
        return None if row is None else Standing.model_validate(row.standing)

    async def add(self, standing: Standing, warnings: Sequence[AccountWarning] = ()) -> None:
        """Store the standing and announce `AccountChecked`."""
        row = SnapshotRow(read_at=standing.read_at, standing=standing.model_dump(mode="json"))
        async with self._transaction() as tx:
            tx.session.add(row)
            tx.announce(AccountChecked(checked_at=standing.read_at, standing=standing, warnings=list(warnings)))

    async def announce(self, checked_at: datetime, warnings: Sequence[AccountWarning]) -> None:
        """Announce `AccountChecked` without a new standing."""
        async with self._transaction() as tx:
            tx.announce(AccountChecked(checked_at=checked_at, warnings=list(warnings)))

    async def points(self, since: datetime, span: timedelta) -> list[AccountPoint]:
        """The last standing of each span since then, oldest first. Spans without a standing have no point."""
        bucket = func.date_bin(span, SnapshotRow.read_at, text("timestamptz '2000-01-01 00:00:00+00'"))
        last = (
            select(SnapshotRow.standing)
            .ext(distinct_on(bucket))
            .where(SnapshotRow.read_at >= since)
            .order_by(bucket, SnapshotRow.read_at.desc())
        )
        async with self._transaction() as tx:
            rows = (await tx.session.scalars(last)).all()
        return [_point(Standing.model_validate(row)) for row in rows]


def _point(standing: Standing) -> AccountPoint:
    return AccountPoint(at=standing.read_at, **standing.model_dump(include=set(AccountPoint.model_fields) - {"at"}))
