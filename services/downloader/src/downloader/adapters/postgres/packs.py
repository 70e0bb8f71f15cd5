"""Torrents that several downloads share, in Postgres."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.translatable import stored_translatables, with_stored_code
from sqlalchemy import ColumnElement, String, cast, func, or_, select, text, tuple_
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.download_rows import readable
from downloader.adapters.postgres.downloads import Downloads
from downloader.adapters.postgres.tables import LIVE, DownloadRow, PackBookRow
from downloader.domain.download import Download
from downloader.domain.limits import key_of
from downloader.domain.packs import PackInClient

_OPEN = (DownloadStatus.QUEUED.value, DownloadStatus.SEARCHING.value, DownloadStatus.FAILED.value)
_GONE = (DownloadStatus.CANCELLED.value, DownloadStatus.ABANDONED.value)
_MAX_BOOKS = 100
_MAX_PACKS = 5


class Packs:
    """Finds the downloads that may use a torrent with several books, and those that do."""

    def __init__(self, session: AsyncSession, downloads: Downloads) -> None:
        self._session = session
        self._downloads = downloads

    async def open_books(self, near: MissingBook, release: Release, excluding: UUID) -> list[Download]:
        """Downloads whose books share the series or an author, without another chosen release; not locked.

        Those that replace an owned book are left out.
        """
        key = tuple_(DownloadRow.source, DownloadRow.release_id)
        rows = await self._session.scalars(
            select(DownloadRow)
            .where(
                DownloadRow.status.in_(_OPEN),
                or_(DownloadRow.choice_id.is_(None), key == tuple_(*key_of(release))),
                DownloadRow.info_hash.is_(None),
                DownloadRow.replaces_book_id.is_(None),
                DownloadRow.id != excluding,
                _is_near(near),
            )
            .order_by(DownloadRow.created_at, DownloadRow.id)
            .limit(_MAX_BOOKS)
        )
        return list(readable(rows))

    async def near(self, book: MissingBook) -> list[PackInClient]:
        """The shared torrents that contain books of the same series or author, newest first."""
        rows = await self._session.execute(
            select(DownloadRow.info_hash, DownloadRow.release, DownloadRow.pack_lead_id)
            .where(
                DownloadRow.pack_lead_id.is_not(None),
                DownloadRow.info_hash.is_not(None),
                or_(text(LIVE), DownloadRow.status == DownloadStatus.IMPORTED.value),
                DownloadRow.grabbed_at.is_not(None),
                _is_near(book),
            )
            .order_by(DownloadRow.grabbed_at.desc())
        )
        found: dict[str, PackInClient] = {}
        for info_hash, release, lead_id in rows:
            if info_hash not in found and len(found) < _MAX_PACKS:
                found[info_hash] = PackInClient(Release.model_validate(release), info_hash, lead_id)
        return list(found.values())

    async def sharing(self, info_hash: str, excluding: UUID) -> list[Download]:
        """The other downloads that use a shared torrent, failed ones included, or have imported from it; locked."""
        ids = await self._session.scalars(
            select(DownloadRow.id)
            .where(
                DownloadRow.info_hash == info_hash,
                DownloadRow.pack_lead_id.is_not(None),
                DownloadRow.status.not_in(_GONE),
                DownloadRow.id != excluding,
            )
            .order_by(DownloadRow.id)
        )
        found = [await self._downloads.get(each) for each in ids.all()]
        return [each for each in found if each is not None and each.info_hash == info_hash]

    async def lead_of(self, hashes: Sequence[str]) -> UUID | None:
        """The download that leads a shared torrent, or None if no download shares it."""
        lead_id: UUID | None = await self._session.scalar(
            select(DownloadRow.pack_lead_id)
            .where(
                DownloadRow.info_hash.in_(hashes),
                DownloadRow.pack_lead_id.is_not(None),
                DownloadRow.status.not_in(_GONE),
            )
            .limit(1)
        )
        return lead_id

    async def files(self, info_hash: str) -> frozenset[str]:
        """The files of a shared torrent that any of its downloads uses."""
        rows = await self._session.scalars(
            select(DownloadRow.pack_files).where(
                DownloadRow.info_hash == info_hash,
                DownloadRow.pack_lead_id.is_not(None),
                DownloadRow.status != DownloadStatus.CANCELLED.value,
            )
        )
        return frozenset(path for paths in rows for path in paths)

    async def settled(self, release: Release, items: Sequence[str]) -> frozenset[str]:
        """Those of the items that a release has filled, or that its files turned out not to be."""
        indexer, release_id = key_of(release)
        rows = await self._session.scalars(
            select(PackBookRow.item).where(
                PackBookRow.indexer == indexer, PackBookRow.release_id == release_id, PackBookRow.item.in_(items)
            )
        )
        return frozenset(rows)

    async def refused(self, releases: Sequence[Release], item: str) -> dict[tuple[str, str], str]:
        """Why the files of releases turned out not to be the item, by indexer and id; only those releases."""
        if not releases:
            return {}
        key = tuple_(PackBookRow.indexer, PackBookRow.release_id)
        rows = await self._session.execute(
            select(PackBookRow.indexer, PackBookRow.release_id, PackBookRow.reason, PackBookRow.translatable).where(
                PackBookRow.item == item, ~PackBookRow.filled, key.in_([key_of(release) for release in releases])
            )
        )
        return {(row[0], row[1]): with_stored_code(row[2], row[3]) for row in rows}

    async def settle(self, release: Release, item: str, reason: str, *, filled: bool, now: datetime) -> None:
        """Store that a release has filled an item, or why its files are not the item."""
        indexer, release_id = key_of(release)
        key = {"indexer": indexer, "release_id": release_id, "item": item}
        values = {"filled": filled, "reason": reason, "stored_at": now, "translatable": stored_translatables([reason])}
        statement = insert(PackBookRow).values(key | values)
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["indexer", "release_id", "item"],
                set_=values,
            )
        )


def _is_near(book: MissingBook) -> ColumnElement[bool]:
    """Whether the book of a row shares an author or the series."""
    authors = DownloadRow.wanted["authors"].op("?|")(cast(list(book.authors), ARRAY(String)))
    if not book.series:
        return authors
    return or_(authors, func.lower(DownloadRow.wanted["series"].astext) == book.series.lower())
