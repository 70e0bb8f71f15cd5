"""Downloads in Postgres."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shared.chassis.array_parameters import is_one_of
from shared.contracts.downloads.downloads import DownloadSource, DownloadStatus, ErrorType
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.grabs import MAX_SIZE_RATIO
from shared.contracts.mam.releases import Release
from shared.contracts.message import Command, Event
from sqlalchemy import (
    ColumnElement,
    Result,
    and_,
    case,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from downloader.adapters.postgres.change_reports import ChangeReports
from downloader.adapters.postgres.download_rows import download_of, readable, values_of
from downloader.adapters.postgres.history import MISSING, REQUESTED, History, better_wanted
from downloader.adapters.postgres.import_locks import import_lock_name
from downloader.adapters.postgres.tables import LIVE, UNDESCRIBED, DownloadRow
from downloader.domain.download import Download
from downloader.domain.download_state import BEFORE_THE_CLIENT
from downloader.domain.history import HistoryEvent
from downloader.domain.limits import key_of
from downloader.domain.replacement import wanted_again
from downloader.domain.retry import Ladder, ladder_of
from downloader.domain.upgrade import ENDED_WITHOUT_UPGRADE, Upgrade

_WORKING = (
    DownloadStatus.SEARCHING.value,
    DownloadStatus.COMPLETED.value,
    DownloadStatus.IMPORTING.value,
)
_GRABBED = (
    DownloadStatus.DOWNLOADING.value,
    DownloadStatus.COMPLETED.value,
    DownloadStatus.IMPORTING.value,
    DownloadStatus.IMPORTED.value,
)
_SEARCHABLE = (DownloadStatus.QUEUED.value, DownloadStatus.SEARCHING.value, DownloadStatus.FAILED.value)
_TRANSIT = tuple(each.value for each in ErrorType if ladder_of(each) is Ladder.TRANSIT)
_BATCH_SIZE = 500

_RELEASE_KEY = tuple_(DownloadRow.source, DownloadRow.release_id)


class Downloads:
    """Loads downloads to change them, and queries the others for a decision.

    When a download is saved or removed, `send` and `announce` send what other services must know about it.
    """

    def __init__(
        self, session: AsyncSession, send: Callable[[Command], None], announce: Callable[[Event], None]
    ) -> None:
        self._session = session
        self._reports = ChangeReports(send, announce)
        self._history = History(session)
        self.new_events: list[tuple[str, HistoryEvent]] = []

    async def get(self, download_id: UUID) -> Download | None:
        """One download, locked until the transaction ends."""
        row = (
            await self._session.scalars(select(DownloadRow).where(DownloadRow.id == download_id).with_for_update())
        ).first()
        return None if row is None else self._loaded(row)

    async def save(self, download: Download) -> None:
        """Store the download and its new history events."""
        saved = await self._session.execute(
            update(DownloadRow)
            .where(DownloadRow.id == download.id)
            .values(**values_of(download), updated_at=func.now())
            .returning(func.clock_timestamp())
        )
        self._reports.saved(download, saved.scalar_one())
        await self._history.add(download.id, download.new_events)
        self.new_events += [(download.wanted.title, each) for each in download.new_events]
        download.new_events.clear()

    def _loaded(self, row: DownloadRow) -> Download:
        download = download_of(row)
        self._reports.loaded(download)
        return download

    async def want(self, missing: Sequence[MissingBook], now: datetime) -> list[tuple[UUID, UUID, bool]]:
        """Make a download for each missing book without one. Returns its id, the missing book's, and if it is new."""
        if not missing:
            return []
        rows = [
            {
                "missing_book_id": book.id,
                "title": book.title,
                "priority": book.priority,
                "wanted": book.model_dump(mode="json", exclude={"absence"}),
                "status": DownloadStatus.QUEUED.value,
                "created_at": now,
            }
            for book in missing
        ]
        statement = insert(DownloadRow).values(rows)
        fresh: dict[str, Any] = {name: statement.excluded[name] for name in ("title", "wanted")}
        fresh["priority"] = case(
            (DownloadRow.priority_by_person, DownloadRow.priority), else_=statement.excluded.priority
        )
        is_new: ColumnElement[bool] = literal_column("xmax = 0")
        stored: Result[UUID, UUID, bool, datetime] = await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["missing_book_id"], index_where=text("status <> 'cancelled'"), set_=fresh
            ).returning(DownloadRow.id, DownloadRow.missing_book_id, is_new, func.clock_timestamp())
        )
        wanted = []
        for download_id, missing_book_id, new, at in stored:
            wanted.append((download_id, missing_book_id, new))
            if new:
                self._reports.queued(download_id, missing_book_id, at)
        await self._history.begin([each for each, _, new in wanted if new], MISSING)
        return wanted

    async def make(self, wanted: MissingBook, now: datetime) -> Download:
        """Make a download without a missing book; its id is that of `wanted`."""
        row = DownloadRow(
            id=wanted.id,
            title=wanted.title,
            priority=wanted.priority,
            wanted=wanted.model_dump(mode="json"),
            status=DownloadStatus.QUEUED.value,
            created_at=now,
        )
        self._session.add(row)
        await self._session.flush()
        await self._session.refresh(row)
        await self._history.begin([row.id], REQUESTED)
        return download_of(row)

    async def upgrade_of(self, book_id: UUID) -> Download | None:
        """The download that replaces this owned book, not locked, or None."""
        rows = await self._session.scalars(select(DownloadRow).where(DownloadRow.replaces_book_id == book_id))
        row = rows.first()
        return None if row is None else download_of(row)

    async def want_upgrade(self, upgrade: Upgrade, now: datetime) -> UUID:
        """Make the download that replaces an owned book, or queue the existing one again, and return its id."""
        replaces = upgrade.replaces
        row = {
            "id": upgrade.wanted.id,
            "title": upgrade.wanted.title,
            "priority": upgrade.wanted.priority,
            "wanted": upgrade.wanted.model_dump(mode="json"),
            "replaces": replaces.model_dump(mode="json"),
            "replaces_book_id": replaces.book_id,
            "status": DownloadStatus.QUEUED.value,
            "created_at": now,
        }
        added = await self._session.scalar(
            insert(DownloadRow)
            .values(row)
            .on_conflict_do_nothing(
                index_elements=["replaces_book_id"], index_where=text("replaces_book_id is not null")
            )
            .returning(DownloadRow.id)
        )
        if added is not None:
            await self._history.begin([added], better_wanted(replaces.shortcomings))
            return UUID(str(added))
        rows = await self._session.scalars(
            select(DownloadRow).where(DownloadRow.replaces_book_id == replaces.book_id).with_for_update()
        )
        download = self._loaded(rows.one())
        if download.status in ENDED_WITHOUT_UPGRADE:
            wanted_again(download, upgrade)
            await self.save(download)
            fresh = {"title": download.wanted.title, "wanted": download.wanted.model_dump(mode="json")}
            await self._session.execute(update(DownloadRow).where(DownloadRow.id == download.id).values(fresh))
        return download.id

    async def remove(self, download_id: UUID) -> None:
        """Delete the download and its candidates."""
        deleted = await self._session.execute(
            delete(DownloadRow).where(DownloadRow.id == download_id).returning(func.clock_timestamp())
        )
        for (at,) in deleted:
            self._reports.removed(download_id, at)

    async def to_search(self, ids: Sequence[UUID], now: datetime) -> list[UUID]:
        """Those that may be searched now, the longest unsearched first, then by priority and title."""
        delayed = DownloadRow.next_retry_at == DownloadRow.delayed_until
        due = or_(DownloadRow.next_retry_at.is_(None), DownloadRow.next_retry_at <= now, delayed)
        found = await self._session.scalars(
            select(DownloadRow.id)
            .where(
                is_one_of(DownloadRow.id, ids),
                DownloadRow.status.in_(_SEARCHABLE),
                due,
                DownloadRow.choice_id.is_(None) | _failed(),
            )
            .order_by(
                DownloadRow.searched_at.asc().nulls_first(),
                DownloadRow.priority.desc(),
                DownloadRow.title,
                DownloadRow.missing_book_id,
            )
        )
        return list(found)

    async def of_missing_book(self, missing_book_id: UUID) -> list[Download]:
        """The missing book's downloads that are not cancelled, locked."""
        rows = await self._session.scalars(
            select(DownloadRow)
            .where(DownloadRow.missing_book_id == missing_book_id, DownloadRow.status != DownloadStatus.CANCELLED.value)
            .with_for_update()
        )
        return [self._loaded(row) for row in rows]

    async def announce_absences(self, missing_book_ids: Sequence[UUID]) -> None:
        """Announce again why these missing books are not in the library yet, as far as they have downloads."""
        rows = await self._session.execute(
            select(DownloadRow, func.clock_timestamp())
            .where(is_one_of(DownloadRow.missing_book_id, missing_book_ids))
            .where(DownloadRow.status != DownloadStatus.CANCELLED.value)
            .with_for_update()
        )
        for row, at in rows:
            self._reports.announce_again(download_of(row), at)

    async def running(self) -> tuple[list[Download], int]:
        """The downloads with the status downloading, not locked, and how many of them cannot be read."""
        found = await self._session.scalars(
            select(DownloadRow).where(DownloadRow.status == DownloadStatus.DOWNLOADING.value)
        )
        rows = found.all()
        running = list(readable(rows))
        return running, len(rows) - len(running)

    async def books_before_client(self, excluding: Sequence[UUID]) -> list[UUID]:
        """The other missing books with a download that has no torrent yet, at most 500."""
        found = await self._session.scalars(
            select(DownloadRow.missing_book_id)
            .where(
                DownloadRow.missing_book_id.is_not(None),
                ~is_one_of(DownloadRow.missing_book_id, excluding),
                DownloadRow.status.in_([each.value for each in BEFORE_THE_CLIENT]),
                DownloadRow.info_hash.is_(None),
            )
            .limit(_BATCH_SIZE)
        )
        return [each for each in found if each is not None]

    async def outside_of_search(self, missing_books: Sequence[UUID]) -> list[UUID]:
        """The queued and interrupted downloads of these missing books, and those without a missing book.

        An upgrade that waits is left out: the search for upgrades includes it.
        """
        upgrade_waits = and_(DownloadRow.replaces_book_id.is_not(None), DownloadRow.waiting_for.is_not(None))
        without_book = and_(DownloadRow.missing_book_id.is_(None), ~upgrade_waits)
        found = await self._session.scalars(
            select(DownloadRow.id).where(
                DownloadRow.status.in_([DownloadStatus.QUEUED.value, DownloadStatus.SEARCHING.value]),
                or_(without_book, is_one_of(DownloadRow.missing_book_id, missing_books)),
            )
        )
        return list(found)

    async def cancelled_hashes(self, since: datetime) -> list[str]:
        """The torrents of downloads cancelled since then that no other download has."""
        cancelled = DownloadRow.status == DownloadStatus.CANCELLED.value
        other = aliased(DownloadRow)
        held = exists().where(other.info_hash == DownloadRow.info_hash, other.status != DownloadStatus.CANCELLED.value)
        hashes = await self._session.scalars(
            select(DownloadRow.info_hash)
            .where(cancelled, DownloadRow.info_hash.is_not(None), DownloadRow.updated_at >= since, ~held)
            .distinct()
        )
        return [each for each in hashes if each]

    async def due(self, now: datetime, stuck_after: timedelta, *, in_transit: bool) -> list[UUID]:
        """Failed and deferred downloads whose retry is due, and those that are stuck because their message was lost.

        An imported download is stuck until the metadata service has described its book, and until the files of a book
        that it replaces are moved aside. A download is also stuck while the page of its release is not read.

        With `in_transit` all with a transit error count as due.
        """
        waits, due = DownloadRow.next_retry_at.is_not(None), DownloadRow.next_retry_at <= now
        if in_transit:
            due = or_(due, DownloadRow.error_type.in_(_TRANSIT))
        retry_due = and_(DownloadRow.status.in_(_SEARCHABLE), waits, due)
        stuck = and_(
            DownloadRow.status.in_(_WORKING),
            ~waits,
            or_(DownloadRow.waiting_for.is_(None), DownloadRow.status == DownloadStatus.SEARCHING.value),
            DownloadRow.updated_at < now - stuck_after,
        )
        unfinished = or_(text(UNDESCRIBED), text("awaits_move"))
        announced = and_(unfinished, DownloadRow.updated_at < now - stuck_after)
        unread = and_(
            DownloadRow.page_asked_at < now - stuck_after, DownloadRow.status == DownloadStatus.DOWNLOADING.value
        )
        ids = await self._session.scalars(
            select(DownloadRow.id)
            .where(or_(retry_due, stuck, announced, unread))
            .order_by(DownloadRow.next_retry_at)
            .limit(_BATCH_SIZE)
        )
        return list(ids)

    async def import_is_running(self, download_id: UUID) -> bool:
        """Whether an import holds the download's lock. If not, none can acquire it until this transaction ends."""
        return not await self._session.scalar(
            select(func.downloads.try_lock_for_transaction(import_lock_name(download_id)))
        )

    async def remaining_bytes(self, excluding: UUID) -> int:
        """The bytes that the other running downloads still have to write; without a torrent, the largest estimate."""
        rest = DownloadRow.size_bytes * (1 - DownloadRow.progress)
        rest = rest * case((DownloadRow.info_hash.is_(None), MAX_SIZE_RATIO), else_=1.0)
        total = await self._session.scalar(
            select(func.coalesce(func.sum(rest), 0)).where(
                text(LIVE),
                DownloadRow.choice_id.is_not(None),
                DownloadRow.completed_at.is_(None),
                DownloadRow.id != excluding,
            )
        )
        return int(total or 0)

    async def taken_by(self, releases: Sequence[Release], excluding: UUID) -> dict[tuple[str, str], str]:
        """The title of the other download that has a release, by release."""
        if not releases:
            return {}
        live = or_(text(LIVE), DownloadRow.status == DownloadStatus.IMPORTED.value)
        rows = await self._session.execute(
            select(DownloadRow.source, DownloadRow.release_id, DownloadRow.title).where(
                live, _is_one_of(releases), DownloadRow.id != excluding
            )
        )
        return {(str(row[0]), str(row[1])): row[2] for row in rows}

    async def holder_of_release(self, release: Release) -> tuple[UUID, str, str] | None:
        """Id, title and status of the live or imported download that has a release."""
        live = or_(text(LIVE), DownloadRow.status == DownloadStatus.IMPORTED.value)
        return await self._holder(and_(live, _is_one_of([release])))

    async def holder_of_torrent(self, hashes: Sequence[str]) -> tuple[UUID, str, str] | None:
        """Id, title and status of the live or imported download of a torrent. Its hashes stay locked until the end."""
        await self._lock_hashes(hashes)
        live = or_(text(LIVE), DownloadRow.status == DownloadStatus.IMPORTED.value)
        given = and_(DownloadRow.source == DownloadSource.MANUAL.value, DownloadRow.release_id.in_(hashes))
        return await self._holder(and_(live, or_(_has_hash(hashes), given)))

    async def _lock_hashes(self, hashes: Sequence[str]) -> None:
        """Lock in a fixed order, so that two transactions cannot deadlock."""
        for info_hash in sorted(set(hashes)):
            await self._session.execute(select(func.downloads.lock_for_transaction(f"info hash {info_hash}")))

    async def _holder(self, which: ColumnElement[bool]) -> tuple[UUID, str, str] | None:
        found = await self._session.execute(
            select(DownloadRow.id, DownloadRow.title, DownloadRow.status).where(which).limit(1)
        )
        row = found.first()
        return None if row is None else (row[0], row[1], row[2])

    async def holder_of(self, hashes: Sequence[str], excluding: UUID) -> str | None:
        """The title of another live download that has this torrent. The hashes stay locked until the end."""
        await self._lock_hashes(hashes)
        title: str | None = await self._session.scalar(
            select(DownloadRow.title).where(text(LIVE), _has_hash(hashes), DownloadRow.id != excluding).limit(1)
        )
        return title


def _has_hash(hashes: Sequence[str]) -> ColumnElement[bool]:
    return or_(DownloadRow.info_hash.in_(hashes), DownloadRow.other_hash.in_(hashes))


def _failed() -> ColumnElement[bool]:
    return DownloadRow.status == DownloadStatus.FAILED.value


def _is_one_of(releases: Sequence[Release]) -> ColumnElement[bool]:
    return _RELEASE_KEY.in_([key_of(release) for release in releases])
