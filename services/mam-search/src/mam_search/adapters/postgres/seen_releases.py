"""Lists the releases that were seen at the tracker."""

from datetime import datetime

from shared.books.text.search_text import words_of_query
from shared.chassis.database import Transaction, Transactions
from shared.chassis.word_search import begins_a_word
from shared.contracts.mam.releases import Release
from shared.contracts.mam.search import ListSeenReleases, SeenRelease
from shared.contracts.page import Page
from sqlalchemy import ColumnElement, false, func, literal, select

from mam_search.adapters.postgres.tables import ReleaseRow


class SeenReleaseList:
    """The seen releases, page by page."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def list(self, request: ListSeenReleases) -> Page[SeenRelease]:
        """A page of the releases that pass every filter of the request."""
        conditions = _conditions(request)
        column = getattr(ReleaseRow, request.sort.removeprefix("-"))
        descending = request.sort.startswith("-")
        order = column.desc().nulls_last() if descending else column.asc().nulls_first()
        rows = (
            select(ReleaseRow.release, ReleaseRow.first_seen_at, ReleaseRow.seen_at)
            .where(*conditions)
            .order_by(order, ReleaseRow.id.desc() if descending else ReleaseRow.id)
            .limit(request.limit)
            .offset(request.offset)
        )
        async with self._transaction() as tx:
            total = await tx.session.scalar(select(func.count()).select_from(ReleaseRow).where(*conditions))
            found = (await tx.session.execute(rows)).all()
        items = [
            SeenRelease(release=Release.model_validate(release), first_seen_at=first, seen_at=last)
            for release, first, last in found
        ]
        return Page(items=items, total=total or 0, limit=request.limit, offset=request.offset)

    async def seen_since(self, release_id: str, since: datetime) -> Release | None:
        """The release as it was last seen; None if it was not seen since then."""
        row = ReleaseRow
        seen = select(row.release).where(row.id == release_id, row.seen_at >= since)
        async with self._transaction() as tx:
            found = await tx.session.scalar(seen)
        return None if found is None else Release.model_validate(found)


def _conditions(request: ListSeenReleases) -> list[ColumnElement[bool]]:
    row = ReleaseRow
    conditions: list[ColumnElement[bool]] = []
    if request.query is not None:
        words = words_of_query(request.query)
        conditions += [begins_a_word(row.search_text.expression, word) for word in words] or [false()]
    if request.language is not None:
        conditions.append(func.lower(row.language) == request.language.lower())
    if request.category_id is not None:
        conditions.append(row.category_id == request.category_id)
    if request.filetype is not None:
        types = literal(" ") + func.coalesce(row.filetype, "") + " "
        conditions.append(types.contains(f" {request.filetype.lower()} ", autoescape=True))
    flags = {
        row.freeleech: request.freeleech,
        row.vip: request.vip,
        row.snatched_before: request.snatched,
        row.is_audio: request.audio,
    }
    conditions += [column.is_(wanted) for column, wanted in flags.items() if wanted is not None]
    if request.abridged is not None:
        conditions.append(row.abridged.is_(True) if request.abridged else row.abridged.is_not(True))
    least = {row.size_bytes: request.min_size_bytes, row.seeders: request.min_seeders, row.seen_at: request.seen_since}
    conditions += [column >= value for column, value in least.items() if value is not None]
    if request.max_size_bytes is not None:
        conditions.append(row.size_bytes <= request.max_size_bytes)
    return conditions
