"""The stored pages of searches, and every release as it was last seen."""

from datetime import datetime
from typing import Any

from shared.books.text.identifiers import isbn13
from shared.books.text.search_text import search_text_of
from shared.chassis.database import Transaction, Transactions
from shared.contracts.mam.releases import Release
from shared.contracts.mam.search import FoundPage, MamSearch
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from mam_search.adapters.postgres.tables import ReleaseRow, SearchRow
from mam_search.domain.query import key_of

_COLUMNS = (
    "title", "language", "category_id", "filetype", "is_audio", "freeleech", "vip", "snatched_before", "abridged",
    "size_bytes", "seeders", "snatches", "published_at",
)  # fmt: skip
"""The fields of a release that are columns too."""


class PostgresSearchCache:
    """The stored pages by search."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def recent(self, search: MamSearch, no_older_than: datetime) -> FoundPage | None:
        """The stored page of a search; None if there is none or it is older than that."""
        async with self._transaction() as tx:
            row = await tx.session.get(SearchRow, key_of(search))
            if row is None or row.asked_at < no_older_than:
                return None
            found = await tx.session.scalars(select(ReleaseRow.release).where(ReleaseRow.id.in_(row.release_ids)))
            known = {release.id: release for release in map(Release.model_validate, found)}
        releases = [known[identity] for identity in row.release_ids if identity in known]
        return FoundPage(releases=releases, found=row.found, page=search.page, page_size=search.page_size)

    async def store(self, search: MamSearch, page: FoundPage, now: datetime) -> None:
        """Replace the stored page of a search, and store its releases."""
        row = {
            "text": key_of(search),
            "asked_at": now,
            "release_ids": [each.id for each in page.releases],
            "found": page.found,
        }
        async with self._transaction() as tx:
            if page.releases:
                insertion = insert(ReleaseRow)
                # Sorted, so that two searches with the same releases lock them in the same order.
                rows = sorted((release_row(each, now) for each in page.releases), key=lambda each: str(each["id"]))
                fresh = {name: insertion.excluded[name] for name in rows[0] if name not in ("id", "first_seen_at")}
                await tx.session.execute(insertion.on_conflict_do_update(index_elements=["id"], set_=fresh), rows)
            upsert = insert(SearchRow).values(row)
            newer = {name: upsert.excluded[name] for name in row if name != "text"}
            await tx.session.execute(upsert.on_conflict_do_update(index_elements=["text"], set_=newer))


def release_row(release: Release, now: datetime) -> dict[str, Any]:
    """The row of a release that is seen now."""
    series = [place.name for place in release.series]
    numbers = [isbn13(release.isbn), release.isbn, release.asin]
    return {
        "id": release.id,
        "release": release.model_dump(mode="json"),
        "seen_at": now,
        "first_seen_at": now,
        "search_text": search_text_of([release.title, *release.authors, *release.narrators, *series, *numbers]),
        **{name: getattr(release, name) for name in _COLUMNS},
    }
