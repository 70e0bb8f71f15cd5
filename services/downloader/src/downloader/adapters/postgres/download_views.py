"""Downloads as the API shows them."""

from uuid import UUID

from shared.chassis.array_parameters import is_one_of
from shared.contracts.downloads.downloads import (
    Download,
    DownloadFilters,
    DownloadStatus,
    ListDownloads,
    SearchDownloads,
)
from shared.contracts.downloads.transfers import MAX_TRANSFERS
from shared.contracts.page import Page
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.download_rows import download_of, readable
from downloader.adapters.postgres.tables import DownloadRow
from downloader.domain.download_view import shown
from downloader.domain.refusals import UnknownSort

_SORTABLE = {
    name: getattr(DownloadRow, name)
    for name in ("created_at", "updated_at", "title", "status", "progress", "priority", "next_retry_at", "size_bytes")
}
_MAX_WORDS = 20
_SEARCHED = func.concat_ws(
    " ", DownloadRow.title, DownloadRow.wanted["authors"].astext, DownloadRow.release["title"].astext
)


class ShownDownloads:
    """Lists and single views."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def one(self, download_id: UUID) -> Download | None:
        """One download, or None."""
        row = await self._session.get(DownloadRow, download_id)
        return None if row is None else shown(download_of(row))

    async def page(self, query: ListDownloads) -> Page[Download]:
        """One page. Raises `UnknownSort` with the possible fields."""
        return await self._page(select(DownloadRow).where(*_conditions(query)), query)

    async def ids(self, filters: DownloadFilters, at_most: int) -> tuple[list[UUID], int]:
        """The ids of the downloads that match, the oldest first, and the number of matches."""
        conditions = _conditions(filters)
        order = (DownloadRow.created_at, DownloadRow.id)
        ids = await self._session.scalars(select(DownloadRow.id).where(*conditions).order_by(*order).limit(at_most))
        total = await self._session.scalar(select(func.count()).select_from(DownloadRow).where(*conditions))
        return list(ids), total or 0

    async def running(self) -> list[Download]:
        """The downloads with the status downloading, the newest first, at most `MAX_TRANSFERS`."""
        running = DownloadRow.status == DownloadStatus.DOWNLOADING.value
        order = (DownloadRow.created_at.desc(), DownloadRow.id)
        rows = await self._session.scalars(select(DownloadRow).where(running).order_by(*order).limit(MAX_TRANSFERS))
        return [shown(each) for each in readable(rows)]

    async def matching(self, query: SearchDownloads) -> Page[Download]:
        """One page of those with every word of the query in title, authors or release title. Raises `UnknownSort`."""
        words = query.query.split()[:_MAX_WORDS]
        chosen = select(DownloadRow).where(*(_SEARCHED.icontains(word, autoescape=True) for word in words))
        return await self._page(chosen, query)

    async def _page(self, chosen: Select[DownloadRow], query: ListDownloads | SearchDownloads) -> Page[Download]:
        field = _SORTABLE.get(query.sort.removeprefix("-"))
        if field is None:
            raise UnknownSort(f"cannot sort by {query.sort!r}: sort by {', '.join(sorted(_SORTABLE))}")
        total = await self._session.scalar(select(func.count()).select_from(chosen.subquery()))
        order = field.desc() if query.sort.startswith("-") else field.asc()
        if field.property.columns[0].nullable:  # for other columns it would prevent the use of their index
            order = order.nulls_last()
        rows = await self._session.scalars(
            chosen.order_by(order, DownloadRow.id).limit(query.limit).offset(query.offset)
        )
        items = [shown(download_of(row)) for row in rows]
        return Page(items=items, total=total or 0, limit=query.limit, offset=query.offset)


def _conditions(filters: DownloadFilters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.status:
        conditions.append(DownloadRow.status.in_([each.value for each in filters.status]))
    if filters.missing_book_id:
        conditions.append(is_one_of(DownloadRow.missing_book_id, filters.missing_book_id))
    if filters.source:
        conditions.append(DownloadRow.source.in_([each.value for each in filters.source]))
    if filters.error_type:
        conditions.append(DownloadRow.error_type.in_([each.value for each in filters.error_type]))
    if filters.waiting is not None:
        waits = DownloadRow.waiting_for.is_not(None)
        conditions.append(waits if filters.waiting else ~waits)
    return conditions
