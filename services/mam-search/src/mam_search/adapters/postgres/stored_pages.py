"""The stored torrent pages, and the pages that could not be read."""

from datetime import datetime

from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import NotFound
from shared.contracts.mam.crawler import UnreadablePage, UnreadablePageText
from shared.contracts.mam.torrent_pages import TorrentPage
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from mam_search.adapters.postgres.page_tables import TorrentPageRow, UnreadablePageRow
from mam_search.domain.refusals import PageChanged

UNREADABLE_KEPT = 20
MAX_PATH = 500


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


class PostgresUnreadablePages:
    """For each selector, the last page in which it did not match. Only the newest `UNREADABLE_KEPT` are kept."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def store(self, page: PageChanged, now: datetime) -> None:
        """Store a page in place of the last one for the same selector."""
        values = {"path": page.path[:MAX_PATH], "html": page.html, "read_at": now}
        upsert = insert(UnreadablePageRow).values(selector=page.selector, **values)
        newest = select(UnreadablePageRow.selector).order_by(UnreadablePageRow.read_at.desc()).limit(UNREADABLE_KEPT)
        async with self._transaction() as tx:
            await tx.session.execute(upsert.on_conflict_do_update(index_elements=["selector"], set_=values))
            await tx.session.execute(delete(UnreadablePageRow).where(UnreadablePageRow.selector.not_in(newest)))

    async def get(self, selector: str) -> UnreadablePageText:
        """The last page in which the selector did not match. Raises `NotFound`."""
        async with self._transaction() as tx:
            row = await tx.session.get(UnreadablePageRow, selector)
        if row is None:
            raise NotFound(f"no page is stored in which {selector!r} did not match")
        return UnreadablePageText(selector=row.selector, path=row.path, html=row.html, read_at=row.read_at)

    async def newest(self) -> list[UnreadablePage]:
        """The stored pages, the newest first."""
        columns = UnreadablePageRow.path, UnreadablePageRow.selector, UnreadablePageRow.read_at
        stored = select(*columns).order_by(UnreadablePageRow.read_at.desc(), UnreadablePageRow.selector)
        async with self._transaction() as tx:
            return [UnreadablePage.model_validate(dict(row)) for row in (await tx.session.execute(stored)).mappings()]
