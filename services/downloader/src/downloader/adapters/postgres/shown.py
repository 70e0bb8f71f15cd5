"""Downloads, candidates and failures as people are shown them: rows straight into contracts."""

from uuid import UUID

from shared.contracts.downloads import Download, ListDownloads
from shared.contracts.page import Page
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.downloads import download_of
from downloader.adapters.postgres.tables import DownloadRow
from downloader.domain.download import shown
from downloader.domain.refusals import UnknownSort

_SORTABLE = {
    name: getattr(DownloadRow, name)
    for name in ("created_at", "updated_at", "title", "status", "progress", "priority", "next_retry_at", "size_bytes")
}


class ShownDownloads:
    """Lists and single views."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def one(self, download_id: UUID) -> Download | None:
        row = await self._session.get(DownloadRow, download_id)
        return None if row is None else shown(download_of(row))

    async def page(self, query: ListDownloads) -> Page[Download]:
        """Raises `UnknownSort` naming the fields that can be sorted by."""
        field = _SORTABLE.get(query.sort.removeprefix("-"))
        if field is None:
            raise UnknownSort(f"cannot sort by {query.sort!r}: sort by {', '.join(sorted(_SORTABLE))}")
        chosen = select(DownloadRow)
        if query.status is not None:
            chosen = chosen.where(DownloadRow.status == query.status.value)
        if query.missing_book_id is not None:
            chosen = chosen.where(DownloadRow.missing_book_id == query.missing_book_id)
        total = await self._session.scalar(select(func.count()).select_from(chosen.subquery()))
        order = field.desc().nulls_last() if query.sort.startswith("-") else field.asc().nulls_last()
        rows = await self._session.scalars(
            chosen.order_by(order, DownloadRow.id).limit(query.limit).offset(query.offset)
        )
        items = [shown(download_of(row)) for row in rows]
        return Page(items=items, total=total or 0, limit=query.limit, offset=query.offset)
