"""The stored responses of the tracker: releases, searches and standings."""

from datetime import datetime

from shared.chassis.database import Transaction, Transactions
from shared.contracts.mam.account import Standing, StandingRead
from shared.contracts.mam.releases import Release
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from mam_search.adapters.postgres.tables import ReleaseRow, SearchRow, SnapshotRow


class PostgresSearchCache:
    """Search results, and every release as it was last seen."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def recent(self, text: str, no_older_than: datetime) -> list[Release] | None:
        """The stored releases of a search text; None if there are none or they are older than that."""
        async with self._transaction() as tx:
            row = await tx.session.get(SearchRow, text)
            if row is None or row.asked_at < no_older_than:
                return None
            found = await tx.session.scalars(select(ReleaseRow).where(ReleaseRow.id.in_(row.release_ids)))
            known = {each.id: Release.model_validate(each.release) for each in found}
        return [known[identity] for identity in row.release_ids if identity in known]

    async def store(self, text: str, releases: list[Release], now: datetime) -> None:
        """Replace the stored result of a search text."""
        rows = [{"id": each.id, "release": each.model_dump(mode="json"), "seen_at": now} for each in releases]
        search = {"text": text, "asked_at": now, "release_ids": [each.id for each in releases]}
        async with self._transaction() as tx:
            if rows:
                insertion = insert(ReleaseRow)
                fresh = {"release": insertion.excluded.release, "seen_at": insertion.excluded.seen_at}
                # Sorted, so that two searches with the same releases lock them in the same order.
                ordered = sorted(rows, key=lambda row: str(row["id"]))
                await tx.session.execute(insertion.on_conflict_do_update(index_elements=["id"], set_=fresh), ordered)
            upsert = insert(SearchRow).values(search)
            newer = {"asked_at": upsert.excluded.asked_at, "release_ids": upsert.excluded.release_ids}
            await tx.session.execute(upsert.on_conflict_do_update(index_elements=["text"], set_=newer))


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
