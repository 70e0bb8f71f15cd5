"""The stored torrent pages, and the pages that could not be read."""

from datetime import datetime

from shared.chassis.database import Transaction, Transactions
from shared.contracts.mam.torrent_pages import TorrentPage
from sqlalchemy.dialects.postgresql import insert

from mam_search.adapters.postgres.page_tables import ChangedPageRow, TorrentPageRow


class PostgresTorrentPages:
    """Torrent pages as they were last read."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def recent(self, release_id: str, no_older_than: datetime) -> TorrentPage | None:
        """The stored page; None if there is none or it is older than that."""
        async with self._transaction() as tx:
            row = await tx.session.get(TorrentPageRow, release_id)
            return TorrentPage.model_validate(row.page) if row is not None and row.read_at >= no_older_than else None

    async def store(self, page: TorrentPage) -> None:
        """Replace the stored page."""
        fresh = {"page": page.model_dump(mode="json"), "read_at": page.read_at}
        upsert = insert(TorrentPageRow).values(release_id=page.release_id, **fresh)
        async with self._transaction() as tx:
            await tx.session.execute(upsert.on_conflict_do_update(index_elements=["release_id"], set_=fresh))


class PostgresChangedPages:
    """For each selector, the last page in which it did not match."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def store(self, path: str, selector: str, html: str, now: datetime) -> None:
        """Store a page without secrets, in place of the one before it."""
        page = {"path": path, "html": html, "read_at": now}
        upsert = insert(ChangedPageRow).values(selector=selector, **page)
        async with self._transaction() as tx:
            await tx.session.execute(upsert.on_conflict_do_update(index_elements=["selector"], set_=page))
